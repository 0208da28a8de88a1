"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { useUrl } from "@/components/ui/use-url";
import type { BreakdownRow } from "@/server/analytics/breakdown";
import { type Dimension, dimensionLabels, dimensions, variantLetter } from "@/server/analytics/status";
import { channelLabels, channels } from "@/server/channels/status";
import { formatTime } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { RateTable } from "./rate-table";

const choices = dimensions.map((value) => ({ value, label: dimensionLabels[value] }));

const RECOUNT_MS = 2_000;

type BreakdownCardProps = { campaignId: string; currency: string; zone: string };

/** The same figures by channel, variant, segment, language, city or tier; the choice stands in the address. */
export function BreakdownCard({ campaignId, currency, zone }: BreakdownCardProps) {
  const trpc = useTRPC();
  const url = useUrl();
  const by = dimensions.find((each) => each === url.params.get("by")) ?? "channel";
  const { data, error } = useQuery(
    trpc.analytics.breakdown.queryOptions(
      { campaignId, by },
      {
        placeholderData: keepPreviousData,
        // What moved a moment ago is counted a moment later, also when nothing moves any more.
        refetchInterval: ({ state }) => (state.data?.current === false ? RECOUNT_MS : false),
      },
    ),
  );
  return (
    <Card
      title="By part"
      description={
        data && data.by !== "channel" && data.by !== "variant"
          ? `Customers as they were at ${formatTime(data.countedAt.toISOString(), zone)}.`
          : "Each with its own denominators."
      }
      actions={
        <Select
          label="Part by"
          className="w-36"
          value={by}
          options={choices}
          onValueChange={(value) => url.set({ by: value }, { replace: true })}
        />
      }
      flush
    >
      {error ? (
        <p className="px-4 pb-4 text-danger">{error.message}</p>
      ) : !data ? (
        <div className="px-4 pb-4">
          <Skeleton className="h-40" />
        </div>
      ) : data.rows.length === 0 ? (
        <EmptyState title={emptyWords(data.by)}>
          {data.by === "segment"
            ? "Aim a campaign at segments, or track a segment, and it appears here."
            : "The audience is parted as soon as it is fixed."}
        </EmptyState>
      ) : (
        <RateTable
          caption={`By ${dimensionLabels[data.by].toLowerCase()}`}
          header={dimensionLabels[data.by]}
          lines={data.rows.map((row) => ({ ...row, label: labelOf(data.by, row) }))}
          shown={["delivery", "open", "click", "conversion"]}
          currency={currency}
        />
      )}
      {data?.cut && <p className="px-4 py-2 text-muted text-sm">The 50 largest are listed.</p>}
    </Card>
  );
}

const emptyWords = (by: Dimension) => (by === "segment" ? "No segment to look by" : "Nobody is targeted yet");

const languages = new Intl.DisplayNames("en-IN", { type: "language" });

function labelOf(by: Dimension, { key, label }: BreakdownRow): string {
  if (by === "variant") return `Variant ${variantLetter(Number(key))}`;
  if (key === "") return "Not known";
  if (by === "channel") return channelLabels[channels.find((each) => each === key) ?? "email"];
  if (by === "language") return languages.of(key) ?? key;
  return by === "tier" ? `${key[0]?.toUpperCase()}${key.slice(1)}` : label;
}
