import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { CampaignList } from "@/components/campaigns/campaign-list";
import { CampaignsForbidden } from "@/components/campaigns/campaigns-forbidden";
import { OnboardingChecklist } from "@/components/onboarding/checklist";
import { Button } from "@/components/ui/button";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { listInputOf } from "@/server/campaigns/schemas";
import { api } from "@/server/trpc/caller";
import { dismissOnboardingAction } from "./actions";
import { campaignViewer } from "./viewer";

export const metadata: Metadata = { title: "Campaigns" };

export default async function CampaignsPage({ searchParams }: PageProps<"/campaigns">) {
  const input = listInputOf(await searchParams);
  const { zone, currency, mayRead, mayEdit } = await campaignViewer();
  if (!mayRead) return <CampaignsForbidden />;
  const caller = await api();
  const [page, checklist] = await Promise.all([caller.campaigns.list(input), caller.onboarding.checklist()]);
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
        {checklist && <OnboardingChecklist checklist={checklist} onDismiss={dismissOnboardingAction} />}
        <CampaignList input={input} initial={page} zone={zone} currency={currency} mayCreate={mayEdit} />
      </PageBody>
    </>
  );
}
