import type { Metadata } from "next";
import { CompareTable } from "@/components/analytics/compare-table";
import { CampaignsForbidden } from "@/components/campaigns/campaigns-forbidden";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { comparedOf } from "@/server/analytics/schemas";
import { api } from "@/server/trpc/caller";
import { campaignViewer } from "../../campaigns/viewer";

export const metadata: Metadata = { title: "Compare campaigns" };

export default async function ComparePage({ searchParams }: PageProps<"/analytics/compare">) {
  const { mayRead } = await campaignViewer();
  if (!mayRead) return <CampaignsForbidden />;
  const { analytics } = await api();
  const compared = await analytics.compare(comparedOf(await searchParams));
  return (
    <>
      <PageHeader
        title="Compare campaigns"
        description="The same figures side by side, each with its own denominators on hover."
        back={{ href: "/campaigns", label: "Campaigns" }}
      />
      <PageBody>
        <CompareTable compared={compared} />
      </PageBody>
    </>
  );
}
