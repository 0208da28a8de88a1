import { Lightbulb } from "lucide-react";
import { Card } from "@/components/ui/card";
import type { Insight } from "@/server/analytics/insights";
import { insightMetrics } from "@/server/analytics/status";
import { type CampaignType, typeLabels } from "@/server/campaigns/status";
import { type Channel, channelLabels } from "@/server/channels/status";
import { formatCount, formatPercent } from "@/server/platform/format";
import { pointsBetween } from "./words";

/** What the figures teach, in sentences: each with its evidence, and only what is significant. */
export function InsightList({ insights }: { insights: readonly Insight[] }) {
  const [first] = insights;
  return (
    <Card
      title="What the figures teach"
      description={
        first
          ? `Significant at 5 % after ${formatCount(first.looked)} comparisons (Holm). They show what went together, not what caused it.`
          : undefined
      }
    >
      {insights.length === 0 ? (
        <p className="text-muted">
          Nothing stands out beyond chance. Differences between groups may be seen with more messages.
        </p>
      ) : (
        <ul className="flex flex-col gap-3">
          {insights.map((insight) => (
            <li key={`${insight.dimension} ${insight.key} ${insight.metric}`} className="flex gap-2.5">
              <Lightbulb aria-hidden className="mt-0.5 size-4 shrink-0 text-accent-ink" />
              <span>
                {sentenceOf(insight)}
                <span className="block text-muted text-sm tabular-nums">{evidenceOf(insight)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const languages = new Intl.DisplayNames("en-IN", { type: "language" });
const isChannel = (word: string | undefined): word is Channel => word !== undefined && word in channelLabels;

function subjectOf({ dimension, key, label }: Insight): string {
  const [kind, channel] = dimension.split(" ");
  const by = isChannel(channel) ? ` by ${channelLabels[channel]}` : "";
  switch (kind) {
    case "channel":
      return `Customers reached by ${isChannel(key) ? channelLabels[key] : label}`;
    case "language":
      return `Customers who read ${languages.of(key) ?? key}`;
    case "tier":
      return `${key[0]?.toUpperCase()}${key.slice(1)} customers`;
    case "city":
      return `Customers in ${label}`;
    case "hour":
      return `Readers of messages sent${by} from ${key.padStart(2, "0")}:00`;
    case "template":
      return `Readers of the template “${label}”${by}`;
    case "type":
      return `Readers of ${typeLabels[key as CampaignType].label.toLowerCase()} campaigns${by}`;
    default:
      return `Readers of “${label}”${by}`;
  }
}

const sentenceOf = (insight: Insight): string =>
  `${subjectOf(insight)} ${insightMetrics[insight.metric].did} ${insight.difference > 0 ? "more" : "less"} often than the others.`;

function evidenceOf({ own, others, interval, p }: Insight): string {
  const rate = ({ x, n }: Insight["own"]) => `${formatPercent(x / n)} of ${formatCount(n)} delivered`;
  const sure = p < 0.001 ? "p < 0.001" : `p = ${formatCount(p, 3)}`;
  return `${rate(own)} against ${rate(others)}; difference ${pointsBetween(interval)}, ${sure}.`;
}
