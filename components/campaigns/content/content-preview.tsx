"use client";

import { Monitor, Smartphone } from "lucide-react";
import { useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { MailFrame } from "@/components/ui/mail-frame";
import { Notice } from "@/components/ui/notice";
import { ThemeSwitch } from "@/components/ui/preview-switches";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import type { Preview } from "@/server/campaigns/preview";
import type { PreviewQuery } from "../use-preview";
import { languageName } from "./languages";
import { PhonePreview } from "./phone-preview";
import { PreviewCustomer } from "./preview-customer";
import { tagLabel, useTags } from "./use-tags";

type View = "wide" | "narrow" | "text";
type Theme = "light" | "dark";

type ContentPreviewProps = {
  preview: PreviewQuery;
  /** The language that is being written: another one is shown where nothing is written in it. */
  language?: string;
};

/** The message as one customer of the audience reads it: on a desk, a phone or as text, by day or by night. */
export function ContentPreview({ preview, language }: ContentPreviewProps) {
  const [theme, setTheme] = useState<Theme>("light");
  const [view, setView] = useState<View>("wide");
  const { data } = preview;
  const mail = data?.channel === "email";
  return (
    <section
      aria-label="Preview"
      className="flex min-w-0 flex-col gap-3 @3xl:sticky @3xl:top-5 @3xl:self-start"
    >
      <PreviewCustomer preview={preview} />
      <div className="flex flex-wrap items-center justify-between gap-2">
        {mail ? (
          <SegmentedControl
            label="Shown"
            value={view}
            onValueChange={setView}
            options={[
              { value: "wide", label: "Desk", icon: Monitor },
              { value: "narrow", label: "Phone", icon: Smartphone },
              { value: "text", label: "Text part" },
            ]}
          />
        ) : (
          <span />
        )}
        {(!mail || view !== "text") && <ThemeSwitch value={theme} onValueChange={setTheme} />}
      </div>
      {preview.isError && (
        <Notice tone="danger" title="The preview could not be made">
          {preview.error.message}
        </Notice>
      )}
      {data && language && data.language !== null && data.language !== language && (
        <p className="text-muted text-sm">
          Nothing is written in {languageName(language)} yet. Its readers get this, in{" "}
          {languageName(data.language)}.
        </p>
      )}
      {data ? (
        <Shown data={data} theme={theme} view={view} />
      ) : (
        !preview.isError && <Skeleton className="h-80" />
      )}
      {data && data.instead.length > 0 && (
        <p className="text-muted text-sm">
          Without a value of this customer, it says:{" "}
          {data.instead.map((words) => (
            <mark key={words} className="mr-1 rounded-sm bg-attention-soft px-1 text-attention">
              {words}
            </mark>
          ))}
        </p>
      )}
    </section>
  );
}

type ShownProps = { data: Preview; theme: Theme; view: View };

function Shown({ data: { customer, sender, message }, theme, view }: ShownProps) {
  const tags = useTags();
  if (!customer)
    return (
      <EmptyState title="Nobody to preview as" className="rounded-md border border-line">
        This audience holds no customers. Choose another one under Targeting.
      </EmptyState>
    );
  if (!message)
    return (
      <EmptyState title="Nothing to show yet" className="rounded-md border border-line">
        Write the message, and it is shown here as a customer reads it.
      </EmptyState>
    );
  if (!message.ok)
    return (
      <Notice tone="attention" title="This customer would not get it">
        {/^[#]\d+$/.test(message.missingTag)
          ? `Nothing stands in place ${message.missingTag.slice(1)}.`
          : `There is no ${tagLabel(tags, message.missingTag).toLowerCase()} for this customer, and no words to say instead.`}
      </Notice>
    );
  const { content } = message;
  if (content.channel !== "email") return <PhonePreview content={content} sender={sender} theme={theme} />;
  if (view === "text")
    return (
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach what is below
        tabIndex={0}
        className="max-h-144 overflow-auto whitespace-pre-wrap break-words rounded-md border border-line bg-canvas px-4 py-3 font-mono text-sm"
      >
        {content.text}
      </pre>
    );
  return (
    <MailFrame
      sender={sender}
      address={customer.address ? `to ${customer.address}` : "This customer has no e-mail address"}
      subject={content.subject}
      preheader={content.preheader}
      html={content.html}
      theme={theme}
      narrow={view === "narrow"}
    />
  );
}
