"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useLive } from "@/components/shell/live";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Notice } from "@/components/ui/notice";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import type { CampaignDetail } from "@/server/campaigns/get";
import type { Preflight } from "@/server/campaigns/preflight";
import { categories, goalLabels, typeLabels } from "@/server/campaigns/status";
import { formatMoney } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { CampaignStatusBadge } from "./campaign-status";
import { MessageTab } from "./message-tab";
import { ReviewHistory } from "./review-history";
import { dayWords, scheduleWords } from "./schedule-words";
import { SummaryRail } from "./summary-rail";
import { WaitingActs } from "./waiting-acts";

type WaitingCampaignProps = {
  campaign: CampaignDetail;
  preflight: Preflight;
  zone: string;
  currency: string;
};

/** A campaign that waits: for an approver, or for its time. Everything that decides about it stands on one screen. */
export function WaitingCampaign(props: WaitingCampaignProps) {
  const { zone, currency } = props;
  const { id } = props.campaign;
  const trpc = useTRPC();
  const router = useRouter();
  const { data: campaign } = useQuery(
    trpc.campaigns.get.queryOptions({ id }, { initialData: props.campaign }),
  );
  const { data: preflight } = useQuery(
    trpc.campaigns.preflight.queryOptions({ id }, { initialData: props.preflight }),
  );
  useLive([`campaign:${id}`]);
  const waits = campaign.status === "in_review" || campaign.status === "scheduled";
  useEffect(() => {
    if (!waits) router.refresh();
  }, [waits, router]);
  const { approval } = campaign;
  return (
    <>
      <PageHeader
        title={campaign.name}
        status={<CampaignStatusBadge status={campaign.status} />}
        back={{ href: "/campaigns", label: "Campaigns" }}
        description={
          campaign.status === "scheduled" ? (
            <>
              Goes <Time value={campaign.dueAt?.toISOString() ?? null} zone={zone} show="exact" />
            </>
          ) : (
            "Waits for an approver"
          )
        }
        actions={<WaitingActs campaign={campaign} />}
      />
      <PageBody>
        {approval.barred && campaign.verbs.includes("approve") && <Notice>{approval.barred}</Notice>}
        <div className="grid gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_17rem]">
          <div className="flex min-w-0 flex-col gap-5">
            <Card title="What it is">
              <DescriptionList items={factsOf(campaign, currency)} />
            </Card>
            {approval.history.length > 0 && (
              <Card title="Approval">
                <ReviewHistory history={approval.history} zone={zone} />
              </Card>
            )}
            <Card title="The message">
              <MessageTab campaign={campaign} />
            </Card>
          </div>
          <SummaryRail fields={campaign} preflight={preflight} currency={currency} />
        </div>
      </PageBody>
    </>
  );
}

function factsOf(campaign: CampaignDetail, currency: string) {
  const { type, goal, category, schedule, description, ownerName, startsOn, endsOn, budget, ratePerSecond } =
    campaign;
  const period = [startsOn && `from ${dayWords(startsOn)}`, endsOn && `until ${dayWords(endsOn)}`].filter(
    Boolean,
  );
  return [
    { term: "When", value: scheduleWords(schedule) },
    {
      term: "Kind",
      value: `${categories[category].label} · ${typeLabels[type].label} · ${goalLabels[goal].label}`,
    },
    { term: "Owner", value: ownerName },
    { term: "Period", value: period.join(" ") || null },
    { term: "Budget", value: budget === null ? "No limit" : formatMoney(budget, currency) },
    {
      term: "Pace",
      value: ratePerSecond === null ? "As fast as the account allows" : `${ratePerSecond} a second`,
    },
    { term: "Hold-out", value: campaign.holdOut === 0 ? "Nobody" : `${campaign.holdOut}% get nothing` },
    { term: "Description", value: description },
  ];
}
