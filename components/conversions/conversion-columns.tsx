import type { Column } from "@/components/ui/data-table/types";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { channelLabels } from "@/server/channels/status";
import type { ConversionRow } from "@/server/conversions/browse";
import { discountLabels, sourceLabels, touchLabels } from "@/server/conversions/status";
import { formatCount, formatMoney, nothing } from "@/server/platform/format";

/** How a conversion stands, as a badge. */
export function StateBadge({
  campaignId,
  discountedFor,
}: Pick<ConversionRow, "campaignId" | "discountedFor">) {
  if (discountedFor) return <StatusBadge tone="danger" label={discountLabels[discountedFor]} />;
  return campaignId ? (
    <StatusBadge tone="good" label="Credited" />
  ) : (
    <StatusBadge tone="neutral" label="No message before it" />
  );
}

/** The columns of the list; times are shown in the workspace's zone. */
export const conversionColumns = (zone: string): readonly Column<ConversionRow>[] => [
  {
    id: "customer",
    header: "Customer",
    width: 180,
    cell: ({ customerName }) =>
      customerName === null ? <span className="text-faint">Erased</span> : customerName || "Without a name",
  },
  {
    id: "value",
    header: "Value",
    align: "end",
    width: 112,
    cell: ({ value, currency, discountedFor }) => (
      <span className={discountedFor ? "text-faint line-through" : undefined}>
        {formatMoney(value, currency, 0)}
      </span>
    ),
  },
  { id: "state", header: "State", width: 190, cell: (row) => <StateBadge {...row} /> },
  {
    id: "campaign",
    header: "Credited to",
    width: 200,
    shown: "wide",
    cell: ({ campaignName }) => campaignName ?? <span className="text-faint">{nothing}</span>,
  },
  {
    id: "touch",
    header: "Last touch",
    width: 150,
    shown: "wide",
    cell: ({ touchKind, channel, touches }) =>
      touchKind && channel ? (
        <span title={`${formatCount(touches)} messages in whose window it lies`}>
          {touchLabels[touchKind]}, {channelLabels[channel]}
        </span>
      ) : (
        <span className="text-faint">{nothing}</span>
      ),
  },
  { id: "name", header: "Event", width: 120, shown: "wide", cell: ({ name }) => name ?? nothing },
  { id: "source", header: "Told by", width: 92, shown: "wide", cell: ({ source }) => sourceLabels[source] },
  {
    id: "at",
    header: "When",
    width: 112,
    align: "end",
    cell: ({ occurredAt }) => <Time value={occurredAt} zone={zone} />,
  },
];
