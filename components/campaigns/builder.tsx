"use client";

import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { RailLayout } from "@/components/ui/rail-layout";
import type { CampaignDetail } from "@/server/campaigns/get";
import type { Preflight } from "@/server/campaigns/preflight";
import { useTRPC } from "@/server/trpc/react";
import { BasicTab } from "./basic-tab";
import { type BuilderTab, builderTabs, parseBuilderTab } from "./builder-tabs";
import { CampaignStatusBadge } from "./campaign-status";
import { CheckDialog } from "./check-dialog";
import { ContentTab } from "./content/content-tab";
import { TestDialog } from "./content/test-dialog";
import { DraftMenu } from "./draft-menu";
import { DraftNotices } from "./draft-notices";
import { SaveNote, SaveProblem } from "./save-note";
import { ScheduleTab } from "./schedule-tab";
import { SendAct } from "./send-act";
import { SummaryRail } from "./summary-rail";
import { TargetingTab } from "./targeting-tab";
import { UndoButtons } from "./undo-buttons";
import { type Draft, useDraft } from "./use-draft";

type BuilderProps = {
  campaign: CampaignDetail;
  preflight: Preflight;
  /** The workspace's. */
  zone: string;
  currency: string;
};

/** The builder of a draft: four tabs by their address, the summary beside them, everything saved by itself. */
export function Builder({ campaign, preflight: initial, zone, currency }: BuilderProps) {
  const trpc = useTRPC();
  const draft = useDraft(campaign);
  const tab = parseBuilderTab(useSearchParams().get("tab"));
  const { id } = campaign;
  const { data: preflight } = useQuery(
    trpc.campaigns.preflight.queryOptions({ id }, { initialData: initial }),
  );
  return (
    <>
      <PageHeader
        title={draft.fields.name || "Campaign without a name"}
        status={<CampaignStatusBadge status="draft" approved={draft.stored.approval.approved} />}
        back={{ href: "/campaigns", label: "Campaigns" }}
        actions={
          <>
            <UndoButtons draft={draft} />
            <SaveNote draft={draft} />
            <TestDialog id={id} draft={draft} />
            <DraftMenu id={id} name={draft.fields.name} mayKeep={campaign.maySaveTemplate} />
            <SendAct campaign={draft.stored} draft={draft} preflight={preflight} zone={zone} />
          </>
        }
        tabs={
          <LinkTabs
            label="Parts of the campaign"
            tabs={builderTabs.map(({ value, label }) => ({ label, href: `?tab=${value}` }))}
          />
        }
      />
      <RailLayout
        label="Summary"
        rail={
          <SummaryRail
            fields={draft.fields}
            preflight={preflight}
            currency={currency}
            action={<CheckDialog id={id} draft={draft} zone={zone} currency={currency} />}
          />
        }
      >
        <SaveProblem draft={draft} />
        <DraftNotices campaign={draft.stored} zone={zone} />
        <TabBody
          key={draft.epoch}
          tab={tab}
          draft={draft}
          preflight={preflight}
          zone={zone}
          currency={currency}
        />
      </RailLayout>
    </>
  );
}

type TabBodyProps = {
  tab: BuilderTab;
  draft: Draft;
  preflight: Preflight;
  zone: string;
  currency: string;
};

function TabBody({ tab, draft, preflight, zone, currency }: TabBodyProps) {
  switch (tab) {
    case "basic":
      return <BasicTab draft={draft} />;
    case "content":
      return <ContentTab draft={draft} preflight={preflight} />;
    case "targeting":
      return <TargetingTab draft={draft} preflight={preflight} />;
    case "schedule":
      return <ScheduleTab draft={draft} preflight={preflight} zone={zone} currency={currency} />;
  }
}
