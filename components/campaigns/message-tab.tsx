"use client";

import { useState } from "react";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { isBlank } from "@/server/campaigns/content";
import type { CampaignDetail } from "@/server/campaigns/get";
import { channelLabels } from "@/server/channels/status";
import { saidBy } from "@/server/variants/content";
import { variantName } from "@/server/variants/status";
import { ContentPreview } from "./content/content-preview";
import { languageName } from "./content/languages";
import { usePreview } from "./use-preview";

/** What was sent: a launched campaign's content can no longer change, so it is shown as any of its customers reads it. */
export function MessageTab({ campaign }: { campaign: CampaignDetail }) {
  const [variant, setVariant] = useState("0");
  const { languages, abTest } = campaign;
  const own = abTest ? saidBy(campaign, abTest, Number(variant)) : campaign;
  const { channels, bodies } = own;
  const [channel, setChannel] = useState(campaign.channels[0] ?? "email");
  const [language, setLanguage] = useState(languages[0] ?? "en");
  const written = languages.filter((each) => !isBlank(bodies, channel, each));
  const preview = usePreview({ ...campaign, ...own }, { channel, language });
  return (
    <div className="@container flex max-w-2xl flex-col gap-4">
      {abTest && (
        <SegmentedControl
          label="Variant"
          value={variant}
          options={abTest.variants.map((_, nth) => ({
            value: String(nth),
            label: `Variant ${variantName(nth)}`,
          }))}
          onValueChange={(next) => {
            setVariant(next);
            setChannel(saidBy(campaign, abTest, Number(next)).channels[0] ?? "email");
          }}
        />
      )}
      {(channels.length > 1 || written.length > 1) && (
        <div className="flex flex-wrap gap-3">
          {channels.length > 1 && (
            <SegmentedControl
              label="Channel"
              value={channel}
              options={channels.map((value) => ({ value, label: channelLabels[value] }))}
              onValueChange={setChannel}
            />
          )}
          {written.length > 1 && (
            <SegmentedControl
              label="Language"
              value={language}
              options={written.map((value) => ({ value, label: languageName(value) }))}
              onValueChange={setLanguage}
            />
          )}
        </div>
      )}
      <ContentPreview preview={preview} />
    </div>
  );
}
