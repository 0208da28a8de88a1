"use client";

import { useState } from "react";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { isBlank } from "@/server/campaigns/content";
import type { CampaignDetail } from "@/server/campaigns/get";
import { channelLabels } from "@/server/channels/status";
import { ContentPreview } from "./content/content-preview";
import { languageName } from "./content/languages";
import { usePreview } from "./use-preview";

/** What was sent: a launched campaign's content can no longer change, so it is shown as any of its customers reads it. */
export function MessageTab({ campaign }: { campaign: CampaignDetail }) {
  const { channels, languages, bodies } = campaign;
  const [channel, setChannel] = useState(channels[0] ?? "email");
  const [language, setLanguage] = useState(languages[0] ?? "en");
  const written = languages.filter((each) => !isBlank(bodies, channel, each));
  const preview = usePreview(campaign, { channel, language });
  return (
    <div className="@container flex max-w-3xl flex-col gap-4">
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
