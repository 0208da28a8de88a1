import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-table/types";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { formatCount, nothing } from "@/server/platform/format";
import type { Estimate } from "@/server/segments/count";
import type { SegmentLine } from "@/server/segments/list";
import { SegmentMenu } from "./segment-menu";

type Counts = Readonly<Record<string, Estimate | null>> | undefined;
type Columns = { zone: string; counts: Counts; mayEdit: boolean };

function Count({ counts, id }: { counts: Counts; id: string }) {
  if (!counts || !(id in counts)) return <Skeleton className="ml-auto h-4 w-14" />;
  const found = counts[id];
  if (!found)
    return <span title="This segment uses something that is gone. Open it to see what.">{nothing}</span>;
  return <span>{`${found.exact ? "" : "about "}${formatCount(found.count)}`}</span>;
}

/** The columns of the list of segments; counts come a moment after the rows. */
export const segmentColumns = ({ zone, counts, mayEdit }: Columns): Column<SegmentLine>[] => [
  {
    id: "name",
    header: "Segment",
    width: 220,
    cell: ({ name, tracked }) => (
      <span className="flex items-center gap-1.5" title={name}>
        <span className="truncate">{name}</span>
        {tracked && <Badge>Tracked</Badge>}
      </span>
    ),
  },
  {
    id: "customers",
    header: "Customers",
    width: 112,
    align: "end",
    cell: ({ id }) => <Count counts={counts} id={id} />,
  },
  {
    id: "rule",
    header: "Who is in it",
    width: 380,
    shown: "wide",
    cell: ({ sentence }) => (
      <span className="text-muted" title={sentence}>
        {sentence}
      </span>
    ),
  },
  {
    id: "uses",
    header: "Used by",
    width: 88,
    align: "end",
    shown: "wide",
    cell: ({ uses }) => (uses === 0 ? <span className="text-faint">{nothing}</span> : formatCount(uses)),
  },
  {
    id: "owner",
    header: "Owner",
    width: 140,
    shown: "wide",
    cell: ({ ownerName }) => ownerName ?? <span className="text-faint">Ringback</span>,
  },
  {
    id: "updated",
    header: "Changed",
    width: 128,
    shown: "wide",
    cell: ({ updatedAt }) => <Time value={updatedAt.toISOString()} zone={zone} />,
  },
  ...(mayEdit
    ? [
        {
          id: "acts",
          header: "",
          width: 64,
          align: "end" as const,
          cell: ({ id, name, archived }: SegmentLine) => (
            <SegmentMenu id={id} name={name} archived={archived} />
          ),
        },
      ]
    : []),
];
