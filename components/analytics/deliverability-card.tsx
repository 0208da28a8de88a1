import { Card } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import { type Counts, rateOf, rates, sumShares, thresholds } from "@/server/analytics/status";
import type { CampaignShare } from "@/server/analytics/workspace";
import { channelLabels } from "@/server/channels/status";
import { formatPercent } from "@/server/platform/format";
import { basisOf } from "./words";

type Threshold = keyof typeof thresholds;
const shown: readonly Threshold[] = ["bounce", "complaint", "optOut"];

/** Bounces, complaints and opt-outs of each channel against the limits that mailbox providers set. */
export function DeliverabilityCard({ shares }: { shares: readonly CampaignShare[] }) {
  const channels = sumShares(shares, ({ channel }) => ({ key: channel, label: channelLabels[channel] }));
  return (
    <Card title="Deliverability" description="Each channel against the limits of good senders." flush>
      <ul className="border-line border-t">
        {channels.map((channel) => (
          <li
            key={channel.key}
            className="flex flex-col gap-1.5 border-line border-b px-4 py-3 last:border-b-0"
          >
            <span className="font-medium">{channel.label}</span>
            <dl className="grid grid-cols-[minmax(6.5rem,1fr)_4.5rem_auto] items-center gap-x-4 gap-y-1.5 text-sm">
              {shown.map((name) => (
                <Line key={name} name={name} counts={channel} />
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Line({ name, counts }: { name: Threshold; counts: Counts }) {
  const rate = rateOf(name, counts);
  const { attention, danger } = thresholds[name];
  const limit = `limit ${formatPercent(attention, 2)}`;
  const look =
    rate === null
      ? ({ tone: "neutral", label: "Nothing sent" } as const)
      : rate >= danger
        ? ({ tone: "danger", label: `Too high, ${limit}` } as const)
        : rate >= attention
          ? ({ tone: "attention", label: `High, ${limit}` } as const)
          : ({ tone: "good", label: `Good, ${limit}` } as const);
  return (
    <>
      <dt className="text-muted">{rates[name].label}</dt>
      <dd className="text-right tabular-nums" title={basisOf(name, counts)}>
        {formatPercent(rate, 2)}
      </dd>
      <dd>
        <StatusBadge {...look} />
      </dd>
    </>
  );
}
