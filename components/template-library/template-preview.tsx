"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { MailFrame } from "@/components/ui/mail-frame";
import { Notice } from "@/components/ui/notice";
import { PhoneFrame } from "@/components/ui/phone-frame";
import { ThemeSwitch, WidthSwitch } from "@/components/ui/preview-switches";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import { useUrl } from "@/components/ui/use-url";
import { type Channel, channelLabels } from "@/server/channels/status";
import { formatCount } from "@/server/platform/format";
import type { TemplatePreview as Preview } from "@/server/template-library/preview";
import { languageLabel } from "@/server/template-library/status";
import { useTRPC } from "@/server/trpc/react";

type TemplatePreviewProps = {
  id: string;
  version: number;
  channels: readonly Channel[];
  languages: readonly string[];
  company: string;
};

type Theme = "light" | "dark";

/** What the template says by each channel in each language, as an example customer reads it; the choice is in the address. */
export function TemplatePreview({ id, version, channels, languages, company }: TemplatePreviewProps) {
  const trpc = useTRPC();
  const url = useUrl();
  const [theme, setTheme] = useState<Theme>("light");
  const [width, setWidth] = useState<"wide" | "narrow">("wide");
  // A mail says most at one look.
  const first = channels.includes("email") ? "email" : (channels[0] ?? "email");
  const channel = channels.find((each) => each === url.params.get("channel")) ?? first;
  const language = languages.find((each) => each === url.params.get("language")) ?? languages[0] ?? "en";
  const { data, error } = useQuery(
    trpc.templates.preview.queryOptions(
      { id, version, channel, language },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <section aria-label="Preview" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <SegmentedControl
          label="Channel"
          value={channel}
          options={channels.map((value) => ({ value, label: channelLabels[value] }))}
          onValueChange={(value) => url.set({ channel: value === first ? null : value }, { replace: true })}
        />
        {languages.length > 1 && (
          <SegmentedControl
            label="Language"
            value={language}
            options={languages.map((value) => ({ value, label: languageLabel(value) }))}
            onValueChange={(value) =>
              url.set({ language: value === languages[0] ? null : value }, { replace: true })
            }
          />
        )}
        <span className="ml-auto flex gap-2">
          {channel === "email" && <WidthSwitch value={width} onValueChange={setWidth} />}
          <ThemeSwitch value={theme} onValueChange={setTheme} />
        </span>
      </div>
      {error && (
        <Notice tone="danger" title="The preview could not be made">
          {error.message}
        </Notice>
      )}
      {data === undefined ? (
        !error && <Skeleton className="h-96" />
      ) : (
        <Shown preview={data} company={company} theme={theme} narrow={width === "narrow"} />
      )}
      <p className="text-faint text-xs">
        Shown with made-up values. The builder shows it as real customers of your audience read it.
      </p>
    </section>
  );
}

type ShownProps = { preview: Preview; company: string; theme: Theme; narrow: boolean };

function Shown({ preview, company, theme, narrow }: ShownProps) {
  if (!preview) return <Notice title="Nothing is written by this channel in this language." />;
  if (!preview.copy.ok)
    return (
      <Notice tone="attention" title="A tag has neither a value nor words to say instead">
        {`{{${preview.copy.missingTag}}}`}
      </Notice>
    );
  const { content } = preview.copy;
  if (content.channel === "email")
    return (
      <MailFrame
        // Its height is read when it loads.
        key={content.html}
        sender={company}
        address="to asha.rao@example.com"
        subject={content.subject}
        preheader={content.preheader}
        html={content.html}
        theme={theme}
        narrow={narrow}
      />
    );
  const template = content.channel === "whatsapp" ? content.template : null;
  return (
    <div className="flex flex-col items-center gap-3 rounded-md bg-subtle py-6">
      <PhoneFrame
        sender={company}
        theme={theme}
        messages={[
          {
            id: "message",
            body: content.text,
            time: "10:30",
            ...(template?.title ? { title: template.title } : {}),
            ...(template?.footer ? { footer: template.footer } : {}),
            picture: Boolean(template?.header),
            buttons: template?.buttons.map(({ label }) => label) ?? [],
          },
        ]}
      />
      {content.channel === "sms" && (
        <p className="text-muted text-sm">
          {formatCount(content.parts)} {content.parts === 1 ? "part" : "parts"} with these values
        </p>
      )}
    </div>
  );
}
