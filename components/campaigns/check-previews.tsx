"use client";

import { useState } from "react";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { Check } from "@/server/campaigns/get-check";
import type { DraftFields } from "@/server/campaigns/schemas";
import type { Channel } from "@/server/channels/status";
import { ContentPreview } from "./content/content-preview";
import { usePreview } from "./use-preview";

/** The message as the first three who get it would read it. */
export function CheckPreviews({ content, check }: { content: DraftFields; check: Check }) {
  const going = check.groups.find(({ verdict }) => verdict === "goes")?.sample.slice(0, 3) ?? [];
  const [nth, setNth] = useState("0");
  const shown = going[Number(nth)] ?? going[0];
  if (!shown) return null;
  return (
    <section aria-label="As they read it" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">As they read it</h3>
        {going.length > 1 && (
          <SegmentedControl
            label="Customer"
            value={nth}
            options={going.map(({ name }, index) => ({
              value: String(index),
              label: name.split(" ")[0] || String(index + 1),
            }))}
            onValueChange={setNth}
          />
        )}
      </div>
      <OnePreview
        key={shown.customerId}
        content={content}
        customerId={shown.customerId}
        channel={shown.channel}
      />
    </section>
  );
}

type OnePreviewProps = { content: DraftFields; customerId: string; channel: Channel };

function OnePreview({ content, customerId, channel }: OnePreviewProps) {
  return <ContentPreview preview={usePreview(content, { channel, customerId })} />;
}
