"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { MailFrame } from "@/components/ui/mail-frame";
import { Notice } from "@/components/ui/notice";
import { ThemeSwitch, WidthSwitch } from "@/components/ui/preview-switches";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import { brandingInput } from "@/server/branding/schemas";
import type { BrandingSettings } from "@/server/campaigns/content";
import { useTRPCClient } from "@/server/trpc/react";

/** A mail as customers would get it with this branding. */
export function BrandingPreview({
  branding,
  fromAddress,
}: {
  branding: BrandingSettings;
  fromAddress: string;
}) {
  const client = useTRPCClient();
  const [theme, setTheme] = useState<"light" | "dark">("light");
  const [width, setWidth] = useState<"wide" | "narrow">("wide");
  const [language, setLanguage] = useState<"en" | "hi">("en");
  // What cannot be saved yet is not shown either: the last good one stays.
  const read = brandingInput.safeParse(useDeferredValue(branding));
  const shown = useQuery({
    queryKey: ["branding.preview", read.data, language],
    queryFn: () => client.branding.preview.mutate({ branding: read.data ?? branding, language }),
    enabled: read.success,
    placeholderData: keepPreviousData,
  });
  return (
    <section aria-label="Preview" className="flex min-w-0 flex-col gap-3 xl:sticky xl:top-5 xl:self-start">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="mr-auto font-medium">How it looks</h2>
        <SegmentedControl
          label="Language"
          value={language}
          onValueChange={setLanguage}
          options={[
            { value: "en", label: "English" },
            { value: "hi", label: "Hindi" },
          ]}
        />
        <WidthSwitch value={width} onValueChange={setWidth} />
        <ThemeSwitch value={theme} onValueChange={setTheme} />
      </div>
      {shown.isError && (
        <Notice tone="danger" title="The preview could not be made">
          {shown.error.message}
        </Notice>
      )}
      {shown.data ? (
        <MailFrame
          sender={shown.data.sender}
          address={fromAddress}
          subject={shown.data.subject}
          preheader={shown.data.preheader}
          html={shown.data.html}
          theme={theme}
          narrow={width === "narrow"}
        />
      ) : (
        !shown.isError && <Skeleton className="h-120" />
      )}
    </section>
  );
}
