"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { ExperimentAnalytics, Variant } from "@/server/analytics/experiment";
import { type ExperimentMetric, experimentMetrics, variantLetter } from "@/server/analytics/status";
import { formatCount, formatPercent, nothing } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { pointsBetween, signedPoints } from "./words";

const metrics = (Object.keys(experimentMetrics) as ExperimentMetric[]).map((value) => ({
  value,
  label: experimentMetrics[value].label,
}));

/** Which variant did better, and whether anybody may say so yet; absent where there is one variant. */
export function ExperimentCard({ campaignId, measures }: { campaignId: string; measures: boolean }) {
  const trpc = useTRPC();
  const [metric, setMetric] = useState<ExperimentMetric>(measures ? "conversion" : "click");
  const { data } = useQuery(
    trpc.analytics.experiment.queryOptions({ campaignId, metric }, { placeholderData: keepPreviousData }),
  );
  if (!data) return null;
  const { tone, title, words } = verdictWords(data);
  return (
    <Card
      title="Variants"
      description={`${experimentMetrics[data.metric].label} ÷ delivered. Opens decide nothing: mail programs make them up.`}
    >
      <SegmentedControl
        label="Decided by"
        className="mb-3"
        value={metric}
        options={metrics}
        onValueChange={setMetric}
      />
      <Notice tone={tone} title={title}>
        {words}
      </Notice>
      <Table {...data} />
      <p className="mt-3 text-muted text-sm">
        Intervals are 95 %. p is adjusted for the number of variants (Holm). P(best) is a reading aid, never
        the verdict.
        {data.ratio && ` Split as intended: p = ${formatCount(data.ratio.p, 3)}.`}
      </p>
    </Card>
  );
}

function Table({ metric, variants }: ExperimentAnalytics) {
  const heads = [
    "Targeted",
    "Delivered",
    experimentMetrics[metric].label,
    "Rate",
    "Against A",
    "p",
    "P(best)",
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label="Variants" tabIndex={0} className="mt-3 overflow-x-auto">
      <table className="w-full min-w-160 text-sm">
        <caption className="sr-only">What each variant came to</caption>
        <thead>
          <tr className="border-line border-b text-faint text-xs">
            <th scope="col" className="h-8 text-left font-medium">
              Variant
            </th>
            {heads.map((head) => (
              <th key={head} scope="col" className="pl-4 text-right font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {variants.map((variant) => (
            <Row key={variant.variant} {...variant} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ variant, targeted, seen, interval, against, best }: Variant) {
  const cell = "pl-4 py-2 text-right tabular-nums whitespace-nowrap";
  return (
    <tr className="border-line border-b last:border-b-0">
      <th scope="row" className="py-2 text-left font-medium">
        {variantLetter(variant)}
      </th>
      <td className={cell}>{formatCount(targeted)}</td>
      <td className={cell}>{formatCount(seen.n)}</td>
      <td className={cell}>{formatCount(seen.x)}</td>
      <td className={cell}>
        {formatPercent(seen.n === 0 ? null : seen.x / seen.n, 2)}
        {interval && (
          <span className="block text-faint text-xs">
            {formatPercent(interval[0], 2)} to {formatPercent(interval[1], 2)}
          </span>
        )}
      </td>
      <td className={cell}>
        {against ? signedPoints(against.difference) : nothing}
        {against && <span className="block text-faint text-xs">{pointsBetween(against.interval)}</span>}
      </td>
      <td className={cell}>{against?.p == null ? nothing : formatCount(against.p, 3)}</td>
      <td className={cell}>{formatPercent(best, 0)}</td>
    </tr>
  );
}

/** The verdict in plain words. */
function verdictWords({ verdict, metric, restBegun }: ExperimentAnalytics) {
  if (restBegun)
    return {
      tone: "information" as const,
      title: "The rest got the chosen variant",
      words:
        "The counts below hold customers who were not in the test, so nothing is concluded from them. What the choice was made on stands on Overview.",
    };
  const did = experimentMetrics[metric].did;
  switch (verdict.kind) {
    case "winner":
      return {
        tone: "good" as const,
        title: `${variantLetter(verdict.arm)} has won`,
        words: `More of its customers ${did} than of any other variant’s, and it stays sure however often you look.`,
      };
    case "not_yet":
      return {
        tone: "information" as const,
        title: "No winner yet",
        words:
          verdict.leading === null || verdict.more === null
            ? "The variants are level. Nothing points to either of them."
            : `${variantLetter(verdict.leading)} leads. If the difference stays as it is, about ${formatCount(verdict.more)} more customers in each variant would make it sure.`,
      };
    case "too_few":
      return {
        tone: "information" as const,
        title: "Too early to say",
        words: `Each variant needs 100 delivered messages first: ${formatCount(verdict.more)} more.`,
      };
    case "sample_ratio_mismatch":
      return {
        tone: "danger" as const,
        title: "The split is not as it should be",
        words: `The variants did not get the shares that were meant (p = ${formatCount(verdict.p, 5)}), so nothing can be said about which is better.`,
      };
    case "no_data":
      return { tone: "information" as const, title: "No winner yet", words: "Nothing was delivered so far." };
  }
}
