import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CampaignsForbidden } from "@/components/campaigns/campaigns-forbidden";
import { RunningCampaign } from "@/components/campaigns/running-campaign";
import { WaitingCampaign } from "@/components/campaigns/waiting-campaign";
import { api } from "@/server/trpc/caller";
import { campaignViewer } from "../viewer";

export const metadata: Metadata = { title: "Campaign" };

export default async function CampaignPage({ params }: PageProps<"/campaigns/[id]">) {
  const { id } = await params;
  const { zone, currency, mayRead, mayEdit, mayReadInbox } = await campaignViewer();
  if (!mayRead) return <CampaignsForbidden />;
  const { campaigns, deliveries } = await api();
  const campaign = await campaigns.get({ id });
  if (campaign.verbs.includes("update")) redirect(`/campaigns/${id}/edit`);
  if (campaign.status === "in_review" || campaign.status === "scheduled") {
    const preflight = await campaigns.preflight({ id });
    return <WaitingCampaign key={id} {...{ campaign, preflight, zone, currency }} />;
  }
  const figures = await deliveries.figures({ campaignId: id });
  return <RunningCampaign key={id} {...{ campaign, figures, zone, mayEdit, mayReadInbox }} />;
}
