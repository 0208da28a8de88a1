import type { Column } from "@/components/ui/data-table/types";
import { Time } from "@/components/ui/time";
import type { CampaignLine } from "@/server/campaigns/list";
import { goalLabels, typeLabels } from "@/server/campaigns/status";
import { channelLabels } from "@/server/channels/status";
import { formatCount, formatMoney, formatPercent, nothing } from "@/server/platform/format";
import { CampaignProgress } from "./campaign-progress";
import { CampaignStatusBadge } from "./campaign-status";

const rate = (value: number | null, part: string, whole: string) => (
  <span title={value === null ? `Nothing ${whole} yet` : `${part} of ${whole}`}>{formatPercent(value)}</span>
);

/** A draft has sent nothing: its counts are not zero, they do not exist. */
const sentOrNothing = (line: CampaignLine, count: number) =>
  line.launchedAt === null ? <span className="text-faint">{nothing}</span> : formatCount(count);

/** What the return is reckoned from. */
function roiBasis({ roi, revenue, cost, fixedCost, margin }: CampaignLine, currency: string): string {
  if (roi === null) return "Nothing was charged, or no conversions are measured";
  const spent = formatMoney(BigInt(cost) + BigInt(fixedCost), currency);
  const earned = formatMoney(revenue, currency);
  return margin === null
    ? `On revenue: ${earned} less ${spent} cost, of the cost`
    : `${formatPercent(margin)} of ${earned} revenue less ${spent} cost, of the cost`;
}

/** The columns of the list of campaigns; times are shown in the workspace's zone. */
export const campaignColumns = (zone: string, currency: string): Column<CampaignLine>[] => [
  { id: "name", header: "Campaign", width: 200, cell: (line) => <span title={line.name}>{line.name}</span> },
  {
    id: "status",
    header: "Status",
    width: 128,
    cell: ({ status, approved, resting, listening }) => (
      <CampaignStatusBadge {...{ status, approved, resting, listening }} />
    ),
  },
  {
    id: "progress",
    header: "Progress",
    width: 140,
    // What is always on has no end to be on the way to.
    cell: ({ status, processed, targeted, listening }) =>
      listening || targeted === 0 ? (
        <span className="text-faint">{nothing}</span>
      ) : (
        <CampaignProgress status={status} processed={processed} targeted={targeted} />
      ),
  },
  { id: "sent", header: "Sent", width: 88, align: "end", cell: (line) => sentOrNothing(line, line.sent) },
  {
    id: "delivered",
    header: "Delivered",
    width: 92,
    align: "end",
    shown: "wide",
    cell: (line) =>
      rate(line.deliveryRate, `${formatCount(line.delivered)} delivered`, `${formatCount(line.sent)} sent`),
  },
  {
    id: "opened",
    header: "Opened",
    width: 88,
    align: "end",
    cell: (line) =>
      rate(line.openRate, `${formatCount(line.opened)} opened`, `${formatCount(line.delivered)} delivered`),
  },
  {
    id: "clicked",
    header: "Clicked",
    width: 88,
    align: "end",
    cell: (line) =>
      rate(
        line.clickRate,
        `${formatCount(line.clicked)} clicked`,
        `${formatCount(line.delivered)} delivered`,
      ),
  },
  {
    id: "converted",
    header: "Converted",
    width: 92,
    align: "end",
    cell: (line) =>
      rate(
        line.conversionRate,
        `${formatCount(line.converted)} converted`,
        `${formatCount(line.delivered)} delivered`,
      ),
  },
  {
    id: "cost",
    header: "Cost",
    width: 92,
    align: "end",
    shown: "wide",
    cell: (line) =>
      line.launchedAt === null ? (
        <span className="text-faint">{nothing}</span>
      ) : (
        <span title="What providers charged so far, tax included">{formatMoney(line.cost, currency)}</span>
      ),
  },
  {
    id: "roi",
    header: "ROI",
    // A small cost makes a great rate: "13,20,999%" must not lose its end.
    width: 116,
    align: "end",
    cell: (line) => <span title={roiBasis(line, currency)}>{formatPercent(line.roi, 0)}</span>,
  },
  {
    id: "next",
    header: "Goes next",
    width: 132,
    shown: "chosen",
    cell: (line) => <Time value={line.dueAt?.toISOString() ?? null} zone={zone} show="exact" />,
  },
  {
    id: "channels",
    header: "Channels",
    width: 140,
    shown: "chosen",
    cell: (line) => line.channels.map((channel) => channelLabels[channel]).join(", ") || nothing,
  },
  {
    id: "tags",
    header: "Tags",
    width: 140,
    shown: "chosen",
    cell: (line) => line.tags.join(", ") || nothing,
  },
  { id: "type", header: "Type", width: 116, shown: "chosen", cell: (line) => typeLabels[line.type].label },
  { id: "goal", header: "Goal", width: 132, shown: "chosen", cell: (line) => goalLabels[line.goal].label },
  { id: "owner", header: "Owner", width: 140, shown: "chosen", cell: (line) => line.ownerName ?? nothing },
  {
    id: "changed",
    header: "Changed",
    width: 128,
    shown: "chosen",
    cell: (line) => <Time value={line.updatedAt.toISOString()} zone={zone} />,
  },
];
