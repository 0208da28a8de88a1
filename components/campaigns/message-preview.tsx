"use client";

import { Monitor, Moon, Shuffle, Smartphone, Sun } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { MailFrame } from "@/components/ui/mail-frame";
import { Notice } from "@/components/ui/notice";
import { PhoneFrame } from "@/components/ui/phone-frame";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import type { Preview } from "@/server/campaigns/preview";
import { tags } from "@/server/templates/schemas";
import type { PreviewQuery } from "./use-preview";

/** The mail as one customer of the audience reads it, on a desk or a phone, by day or by night. */
export function MessagePreview({ preview, company }: { preview: PreviewQuery; company: string }) {
  const [theme, setTheme] = useState<"light" | "dark">("light");
  const [width, setWidth] = useState<"wide" | "narrow">("wide");
  const { data } = preview;
  return (
    <section aria-label="Preview" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 basis-full truncate text-muted text-sm">
          {data?.customer ? (
            <>
              As{" "}
              <span className="font-medium text-ink">
                {data.customer.name || "a customer without a name"}
              </span>
            </>
          ) : (
            "Preview"
          )}
        </p>
        <Button
          className="mr-auto"
          icon={<Shuffle aria-hidden />}
          disabled={!data?.customer}
          onClick={preview.next}
        >
          Another customer
        </Button>
        <SegmentedControl
          label="Width"
          iconsOnly
          value={width}
          onValueChange={setWidth}
          options={[
            { value: "wide", label: "Desk", icon: Monitor },
            { value: "narrow", label: "Phone", icon: Smartphone },
          ]}
        />
        <SegmentedControl
          label="Theme"
          iconsOnly
          value={theme}
          onValueChange={setTheme}
          options={[
            { value: "light", label: "Light", icon: Sun },
            { value: "dark", label: "Dark", icon: Moon },
          ]}
        />
      </div>
      {preview.isError && (
        <Notice tone="danger" title="The preview could not be made">
          {preview.error.message}
        </Notice>
      )}
      {data ? (
        <Shown data={data} company={company} theme={theme} narrow={width === "narrow"} />
      ) : (
        <Skeleton className="h-80" />
      )}
    </section>
  );
}

type ShownProps = { data: Preview; company: string; theme: "light" | "dark"; narrow: boolean };

function Shown({ data: { customer, message }, company, theme, narrow }: ShownProps) {
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
  if (!message.ok) {
    const label = tags.find(({ name }) => name === message.missingTag)?.label.toLowerCase();
    return (
      <Notice tone="attention" title="This customer would not get it">
        {label
          ? `There is no ${label} for this customer, and no words to say instead.`
          : `{{${message.missingTag}}} cannot be filled in.`}
      </Notice>
    );
  }
  const { content } = message;
  if (content.channel !== "email")
    return (
      <PhoneFrame
        sender={company}
        theme={theme}
        messages={[{ id: "preview", body: content.text, time: "now" }]}
      />
    );
  return (
    <MailFrame
      sender={company}
      address={customer.address ? `to ${customer.address}` : "This customer has no e-mail address"}
      subject={content.subject}
      html={content.html}
      theme={theme}
      narrow={narrow}
    />
  );
}
