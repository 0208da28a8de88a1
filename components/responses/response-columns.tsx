import { CircleCheck, CircleDot } from "lucide-react";
import type { Column } from "@/components/ui/data-table/types";
import { Time } from "@/components/ui/time";
import { channelLabels } from "@/server/channels/status";
import type { ResponseLine } from "@/server/responses/list";
import { followUpLabels } from "@/server/responses/status";
import { ClassBadge } from "./class-badge";

/** Who wrote: the customer's name, else the address, else nobody any more. */
export const senderName = (line: Pick<ResponseLine, "customerName" | "from">): string =>
  line.customerName || line.from || "Erased";

export const responseColumns = (zone: string): readonly Column<ResponseLine>[] => [
  {
    id: "who",
    header: "From",
    width: 180,
    cell: (line) => (
      <span className={line.followUp === "open" ? "font-medium" : undefined}>{senderName(line)}</span>
    ),
  },
  {
    id: "class",
    header: "Class",
    width: 116,
    cell: (line) => (
      <span title={line.because}>
        <ClassBadge value={line.class} />
      </span>
    ),
  },
  {
    id: "text",
    header: "Reply",
    width: 320,
    cell: (line) => <span title={line.text}>{line.text || "–"}</span>,
  },
  { id: "channel", header: "Channel", width: 96, shown: "wide", cell: (line) => channelLabels[line.channel] },
  {
    id: "campaign",
    header: "Campaign",
    width: 170,
    shown: "wide",
    cell: (line) => line.campaignName ?? "–",
  },
  {
    id: "state",
    header: "State",
    width: 118,
    shown: "wide",
    cell: (line) => (
      <span className="flex items-center gap-1.5">
        {line.followUp === "open" && <CircleDot aria-hidden className="size-3.5 text-accent-ink" />}
        {line.followUp === "done" && <CircleCheck aria-hidden className="size-3.5 text-good" />}
        <span className={line.followUp === "open" ? undefined : "text-muted"}>
          {followUpLabels[line.followUp]}
        </span>
      </span>
    ),
  },
  {
    id: "assignee",
    header: "With",
    width: 120,
    shown: "wide",
    cell: (line) => line.assigneeName ?? "–",
  },
  {
    id: "at",
    header: "When",
    width: 112,
    align: "end",
    cell: (line) => <Time value={line.at} zone={zone} />,
  },
];
