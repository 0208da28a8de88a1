"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useLive } from "@/components/shell/live";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SplitView } from "@/components/ui/side-panel";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import type { CampaignDetail } from "@/server/campaigns/get";
import { categories } from "@/server/campaigns/status";
import { channelLabels } from "@/server/channels/status";
import type { RunFigures } from "@/server/deliveries";
import { useTRPC } from "@/server/trpc/react";
import { CampaignActs } from "./campaign-acts";
import { CampaignStatusBadge } from "./campaign-status";
import { MessageTab } from "./message-tab";
import { RecipientsTab } from "./recipients-tab";
import { RunOverview } from "./run-overview";
import { scheduleWords } from "./schedule-words";
import { WhyPanel } from "./why-panel";

const AnalyticsTab = dynamic(
  () => import("@/components/analytics/campaign-tab").then((part) => part.CampaignTab),
  { loading: () => <Skeleton className="h-96" /> },
);

const tabs = [
  { value: "overview", label: "Overview" },
  { value: "analytics", label: "Analytics" },
  { value: "recipients", label: "Recipients" },
  { value: "message", label: "Message" },
] as const;

type RunningCampaignProps = {
  /** The workspace's name: whom the messages come from. */
  campaign: CampaignDetail;
  figures: RunFigures;
  zone: string;
  mayEdit: boolean;
  mayReadInbox: boolean;
};

/** A launched campaign: how far, how well, what is wrong, and the button that stops it. Live without a reload. */
export function RunningCampaign(props: RunningCampaignProps) {
  const { zone, mayEdit, mayReadInbox } = props;
  const { id } = props.campaign;
  const trpc = useTRPC();
  const params = useSearchParams();
  const tab = tabs.find(({ value }) => value === params.get("tab"))?.value ?? "overview";
  const open = params.get("open");
  const { data: campaign } = useQuery(
    trpc.campaigns.get.queryOptions({ id }, { initialData: props.campaign }),
  );
  const { data: figures } = useQuery(
    trpc.deliveries.figures.queryOptions({ campaignId: id }, { initialData: props.figures }),
  );
  useLive([`campaign:${id}`]);
  return (
    <>
      <PageHeader
        title={campaign.name}
        status={
          <CampaignStatusBadge
            status={campaign.status}
            resting={isResting(campaign)}
            listening={campaign.schedule.kind === "automated"}
          />
        }
        back={{ href: "/campaigns", label: "Campaigns" }}
        description={<Facts campaign={campaign} zone={zone} />}
        actions={<CampaignActs campaign={campaign} figures={figures} mayEdit={mayEdit} />}
        tabs={
          <LinkTabs
            label="Parts of the campaign"
            tabs={tabs.map(({ value, label }) => ({
              label,
              href: `?tab=${value}`,
              ...(value === "recipients" ? { count: figures.targeted } : {}),
            }))}
          />
        }
      />
      <SplitView
        panel={tab === "recipients" && open && <WhyPanel campaignId={id} customerId={open} zone={zone} />}
      >
        <PageBody>
          {tab === "recipients" && (
            <RecipientsTab campaignId={id} figures={figures} zone={zone} mayEdit={mayEdit} />
          )}
          {tab === "analytics" && (
            <AnalyticsTab campaignId={id} reasons={figures.reasons} mayEdit={mayEdit} />
          )}
          {tab === "message" && <MessageTab campaign={campaign} />}
          {tab === "overview" && <RunOverview {...{ campaign, figures, zone, mayEdit, mayReadInbox }} />}
        </PageBody>
      </SplitView>
    </>
  );
}

/** A recurring campaign between two of its runs. */
const isResting = ({ dueAt, run }: CampaignDetail): boolean =>
  dueAt !== null && run?.status !== "freezing" && run?.status !== "active";

function Facts({ campaign, zone }: { campaign: CampaignDetail; zone: string }) {
  const { category, ownerName, launchedAt, channels, fallBack, schedule, dueAt } = campaign;
  const then =
    fallBack && !channels.includes(fallBack.channel) ? `, then ${channelLabels[fallBack.channel]}` : "";
  return (
    <span className="text-sm">
      {categories[category].label} · {channels.map((channel) => channelLabels[channel]).join(", ")}
      {then}
      {ownerName && ` · ${ownerName}`}
      {launchedAt && (
        <>
          {" · launched "}
          <Time value={launchedAt.toISOString()} zone={zone} />
        </>
      )}
      {(schedule.kind === "recurring" || schedule.kind === "automated") && ` · ${scheduleWords(schedule)}`}
      {dueAt && (
        <>
          {" · goes next "}
          <Time value={dueAt.toISOString()} zone={zone} show="exact" />
        </>
      )}
    </span>
  );
}
