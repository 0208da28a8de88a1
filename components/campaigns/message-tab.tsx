"use client";

import type { CampaignDetail } from "@/server/campaigns/get";
import { MessagePreview } from "./message-preview";
import { usePreview } from "./use-preview";

/** What was sent: a launched campaign's content can no longer change, so it is shown as any of its customers reads it. */
export function MessageTab({ campaign, company }: { campaign: CampaignDetail; company: string }) {
  const preview = usePreview(campaign);
  return (
    <div className="max-w-3xl">
      <MessagePreview preview={preview} company={company} />
    </div>
  );
}
