"use client";

import { useQuery } from "@tanstack/react-query";
import type { PeriodInput } from "@/server/analytics/schemas";
import { useTRPC } from "@/server/trpc/react";
import { InsightList } from "./insight-list";

/** What one campaign teaches. */
export function CampaignInsights({ campaignId }: { campaignId: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.analytics.insights.queryOptions({ campaignId }));
  return data ? <InsightList insights={data} /> : null;
}

/** What the campaigns of a period teach. */
export function WorkspaceInsights({ input }: { input: PeriodInput }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.analytics.workspaceInsights.queryOptions(input));
  return data ? <InsightList insights={data} /> : null;
}
