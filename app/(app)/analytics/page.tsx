import type { Metadata } from "next";
import { WorkspaceScreen } from "@/components/analytics/workspace-screen";
import { CampaignsForbidden } from "@/components/campaigns/campaigns-forbidden";
import { periodInputOf } from "@/server/analytics/schemas";
import { api } from "@/server/trpc/caller";
import { campaignViewer } from "../campaigns/viewer";

export const metadata: Metadata = { title: "Analytics" };

export default async function AnalyticsPage({ searchParams }: PageProps<"/analytics">) {
  const { mayRead } = await campaignViewer();
  if (!mayRead) return <CampaignsForbidden />;
  const input = periodInputOf(await searchParams);
  const { analytics } = await api();
  return <WorkspaceScreen input={input} initial={await analytics.workspace(input)} />;
}
