import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { CampaignList } from "@/components/campaigns/campaign-list";
import { CampaignsForbidden } from "@/components/campaigns/campaigns-forbidden";
import { Button } from "@/components/ui/button";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { listInputOf } from "@/server/campaigns/schemas";
import { api } from "@/server/trpc/caller";
import { campaignViewer } from "./viewer";

export const metadata: Metadata = { title: "Campaigns" };

export default async function CampaignsPage({ searchParams }: PageProps<"/campaigns">) {
  const input = listInputOf(await searchParams);
  const { zone, currency, mayRead, mayEdit } = await campaignViewer();
  if (!mayRead) return <CampaignsForbidden />;
  const page = await (await api()).campaigns.list(input);
  return (
    <>
      <PageHeader
        title="Campaigns"
        actions={
          mayEdit && (
            <Button variant="primary" asChild>
              <Link href="/campaigns/new">
                <Plus aria-hidden />
                New campaign
              </Link>
            </Button>
          )
        }
      />
      <PageBody>
        <CampaignList input={input} initial={page} zone={zone} currency={currency} mayCreate={mayEdit} />
      </PageBody>
    </>
  );
}
