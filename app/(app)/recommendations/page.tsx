import type { Metadata } from "next";
import { CampaignsForbidden } from "@/components/campaigns/campaigns-forbidden";
import { RecommendationList } from "@/components/recommendations/recommendation-list";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { api } from "@/server/trpc/caller";
import { campaignViewer } from "../campaigns/viewer";

export const metadata: Metadata = { title: "Recommendations" };

export default async function RecommendationsPage() {
  const { mayEdit, isAdvisor, currency } = await campaignViewer();
  if (!mayEdit) return <CampaignsForbidden />;
  const initial = await (await api()).recommendations.list();
  return (
    <>
      <PageHeader
        title="Recommendations"
        description={
          isAdvisor
            ? "What the customers of your own book call for today."
            : "What this workspace’s own data calls for today."
        }
      />
      <PageBody width="content">
        <RecommendationList initial={initial} currency={currency} />
      </PageBody>
    </>
  );
}
