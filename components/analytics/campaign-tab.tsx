"use client";

import { useQuery } from "@tanstack/react-query";
import { RunReasons } from "@/components/campaigns/run-reasons";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { RunFigures } from "@/server/deliveries";
import { useTRPC } from "@/server/trpc/react";
import { BreakdownCard } from "./breakdown-card";
import { CampaignFigures, CampaignFunnel } from "./campaign-figures";
import { CourseCharts } from "./course-charts";
import { ExperimentCard } from "./experiment-card";
import { HoldOutCard } from "./hold-out-card";
import { HoursCard } from "./hours-card";
import { CampaignInsights } from "./insights-card";
import { MoneyCard } from "./money-card";
import { TakeAway } from "./take-away";

type CampaignTabProps = { campaignId: string; reasons: RunFigures["reasons"]; mayEdit: boolean };

/** A campaign's analytics: how well, at what cost, when, for whom. Live by the campaign's topic. */
export function CampaignTab({ campaignId, reasons, mayEdit }: CampaignTabProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.analytics.campaign.queryOptions({ campaignId }));
  if (query.isError)
    return (
      <ErrorState
        title="The figures could not be read"
        action={<Button onClick={() => void query.refetch()}>Try again</Button>}
      >
        {query.error.message}
      </ErrorState>
    );
  const { data } = query;
  if (!data) return <Skeleton className="h-96" />;
  return (
    <>
      <TakeAway
        campaignId={campaignId}
        mayEdit={mayEdit}
        zone={data.zone}
        recipients={data.counts.targeted}
      />
      <CampaignFigures {...data} />
      <div className="grid gap-5 lg:grid-cols-2">
        <CampaignFunnel counts={data.counts} measures={data.measures} />
        <MoneyCard campaignId={campaignId} analytics={data} mayEdit={mayEdit} />
      </div>
      <ExperimentCard campaignId={campaignId} measures={data.measures} />
      <HoldOutCard campaignId={campaignId} />
      <CourseCharts campaignId={campaignId} economics={data.economics} currency={data.currency} />
      <BreakdownCard campaignId={campaignId} currency={data.currency} zone={data.zone} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <CampaignInsights campaignId={campaignId} />
        <RunReasons reasons={reasons} />
      </div>
      <HoursCard campaignId={campaignId} zone={data.zone} />
    </>
  );
}
