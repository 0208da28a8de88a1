import type { Metadata } from "next";
import { CampaignsForbidden } from "@/components/campaigns/campaigns-forbidden";
import { NewCampaignForm } from "@/components/campaigns/new-campaign-form";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { campaignViewer } from "../viewer";

export const metadata: Metadata = { title: "New campaign" };

export default async function NewCampaignPage() {
  const { mayEdit } = await campaignViewer();
  if (!mayEdit) return <CampaignsForbidden />;
  return (
    <>
      <PageHeader
        title="New campaign"
        description="Say what it is for. Content and targeting come next; nothing is sent before you launch."
        back={{ href: "/campaigns", label: "Campaigns" }}
      />
      <PageBody width="content">
        <NewCampaignForm />
      </PageBody>
    </>
  );
}
