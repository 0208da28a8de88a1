import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Builder } from "@/components/campaigns/builder";
import { CampaignsForbidden } from "@/components/campaigns/campaigns-forbidden";
import { api } from "@/server/trpc/caller";
import { campaignViewer } from "../../viewer";

export const metadata: Metadata = { title: "Edit campaign" };

export default async function EditCampaignPage({ params }: PageProps<"/campaigns/[id]/edit">) {
  const { id } = await params;
  const { mayEdit, zone, currency } = await campaignViewer();
  if (!mayEdit) return <CampaignsForbidden />;
  const { campaigns } = await api();
  const campaign = await campaigns.get({ id });
  if (!campaign.verbs.includes("update")) redirect(`/campaigns/${id}`);
  const preflight = await campaigns.preflight({ id });
  return <Builder key={id} campaign={campaign} preflight={preflight} zone={zone} currency={currency} />;
}
