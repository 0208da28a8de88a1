"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChartSpline, Plus } from "lucide-react";
import Link from "next/link";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useUrl } from "@/components/ui/use-url";
import type { PeriodInput } from "@/server/analytics/schemas";
import { periodDays } from "@/server/analytics/status";
import type { WorkspacePeriod } from "@/server/analytics/workspace";
import { useTRPC } from "@/server/trpc/react";
import { AnalyticsTabs } from "./analytics-tabs";
import { DeliverabilityCard } from "./deliverability-card";
import { WorkspaceInsights } from "./insights-card";
import { LoopCard } from "./loop-card";
import { PeriodChart } from "./period-chart";
import { PeriodFigures } from "./period-figures";
import { SharesCard } from "./shares-card";
import { placeLabel } from "./words";

type WorkspaceScreenProps = { input: PeriodInput; initial: WorkspacePeriod };

/** Everything that campaigns did in a period. Live by the workspace's topics; the period stands in the address. */
export function WorkspaceScreen({ input, initial }: WorkspaceScreenProps) {
  const trpc = useTRPC();
  const url = useUrl();
  const { data = initial } = useQuery(
    trpc.analytics.workspace.queryOptions(input, { initialData: initial, placeholderData: keepPreviousData }),
  );
  useLive(["campaigns", "conversions", "callbacks"], trpc.analytics.workspace.queryFilter());
  const label = (at: string) => placeLabel(at, "day");
  return (
    <>
      <PageHeader
        title="Analytics"
        description={`${label(data.from)} to ${label(data.until)}, ${data.zone}.`}
        actions={
          <SegmentedControl
            label="Period"
            value={String(input.days ?? 30)}
            options={periodDays.map((days) => ({
              value: String(days),
              label: days === 365 ? "1 year" : `${days} days`,
            }))}
            onValueChange={(days) => url.set({ days })}
          />
        }
        tabs={<AnalyticsTabs />}
      />
      <PageBody>
        {data.shares.length === 0 && data.callbacks.requested === 0 ? (
          <EmptyState
            icon={ChartSpline}
            title="Nothing was sent in this period"
            action={
              <Button variant="primary" asChild>
                <Link href="/campaigns/new">
                  <Plus aria-hidden />
                  New campaign
                </Link>
              </Button>
            }
          >
            Choose a longer period, or send a campaign: its figures appear here as they come in.
          </EmptyState>
        ) : (
          <>
            <PeriodFigures {...data} />
            <div className="grid gap-5 lg:grid-cols-2">
              <LoopCard {...data} />
              <DeliverabilityCard shares={data.shares} />
            </div>
            <PeriodChart {...data} />
            <WorkspaceInsights input={input} />
            <SharesCard shares={data.shares} currency={data.currency} />
          </>
        )}
      </PageBody>
    </>
  );
}
