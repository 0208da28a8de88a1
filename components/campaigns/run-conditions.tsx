"use client";

import { useQuery } from "@tanstack/react-query";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Skeleton } from "@/components/ui/skeleton";
import type { CampaignDetail } from "@/server/campaigns/get";
import { channelLabels } from "@/server/channels/status";
import type { RunConditions as Conditions, RunFigures } from "@/server/deliveries";
import { reasonLabel } from "@/server/deliveries/status";
import { formatCount, formatDateTime, formatMoney, formatPercent } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { LimitsDialog } from "./limits-dialog";
import { useMeasuredPace } from "./use-measured-pace";

type RunConditionsProps = { campaign: CampaignDetail; figures: RunFigures; zone: string; mayEdit: boolean };

/** Pace, cost and what waits for what: the set value beside the measured one, and the way to change it while it runs. */
export function RunConditions({ campaign, figures, zone, mayEdit }: RunConditionsProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.deliveries.conditions.queryOptions({ campaignId: campaign.id }));
  const measured = useMeasuredPace(figures.sent);
  const { verbs } = campaign;
  const mayChange = mayEdit && (verbs.includes("pause") || verbs.includes("resume"));
  if (!data)
    return (
      <Card title="Pace, cost and what waits">
        <Skeleton className="h-24" />
      </Card>
    );
  return (
    <Card
      title="Pace, cost and what waits"
      actions={mayChange && <LimitsDialog campaignId={campaign.id} conditions={data} />}
    >
      <DescriptionList
        items={[
          { term: "Pace", value: paceWords(data, campaign.status === "active" ? measured : null) },
          { term: "Cost", value: costWords(figures, data) },
          ...data.waiting.map(({ state, reason, count, until }) => ({
            term: state === "held" ? "Held" : "Tried again",
            value: `${formatCount(count)} from ${formatDateTime(until.toISOString(), zone, true)}: ${lowerFirst(reasonLabel(reason))}`,
          })),
        ]}
      />
    </Card>
  );
}

const lowerFirst = (words: string): string =>
  /^[A-Z]{2}/.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);

const perSecond = (rate: number): string => `${formatCount(rate, rate < 10 ? 1 : 0)} a second`;

function paceWords({ ratePerSecond, accounts }: Conditions, measured: number | null): string {
  const limited = accounts.filter((account) => account.ratePerSecond !== null);
  const set =
    ratePerSecond !== null
      ? `At most ${perSecond(ratePerSecond)}`
      : limited.length === 0
        ? "As fast as the channel takes it"
        : limited
            .map(
              ({ channel, name, ratePerSecond: rate }) =>
                `${channelLabels[channel]}: at most ${perSecond(rate ?? 0)}, set on “${name}”`,
            )
            .join("; ");
  return measured === null ? set : `${set} · ${perSecond(measured)} measured now`;
}

function costWords(figures: RunFigures, { budget, reserved, currency }: Conditions): string {
  const spent = formatMoney(figures.cost, currency);
  if (budget === null) return `${spent}, no budget is set`;
  const used = BigInt(reserved) > BigInt(figures.cost) ? BigInt(reserved) : BigInt(figures.cost);
  const share = BigInt(budget) === 0n ? 1 : Number((used * 10_000n) / BigInt(budget)) / 10_000;
  const words = `${spent} of ${formatMoney(budget, currency)}`;
  return used > BigInt(figures.cost)
    ? `${words} · ${formatMoney(used, currency)} with what is on its way (${formatPercent(share, 0)})`
    : `${words} (${formatPercent(share, 0)})`;
}
