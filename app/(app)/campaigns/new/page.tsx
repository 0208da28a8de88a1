import { LibraryBig } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { CampaignsForbidden } from "@/components/campaigns/campaigns-forbidden";
import { NewCampaignForm } from "@/components/campaigns/new-campaign-form";
import { Button } from "@/components/ui/button";
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
        actions={
          <Button asChild>
            <Link href="/templates">
              <LibraryBig aria-hidden />
              Start from a template
            </Link>
          </Button>
        }
      />
      <PageBody width="content">
        <NewCampaignForm />
      </PageBody>
    </>
  );
}
