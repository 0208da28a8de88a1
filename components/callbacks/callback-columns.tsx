import type { Column } from "@/components/ui/data-table/types";
import { Time } from "@/components/ui/time";
import { requestTypeLabel, sourceLabels, statusLabels } from "@/server/callbacks/content";
import type { CallbackLine } from "@/server/callbacks/lines";
import { urgencies } from "@/server/callbacks/status";
import { tierLabels } from "@/server/customers/schemas";
import { CallbackDue, dueReason } from "./callback-due";
import { PriorityBadge } from "./priority-badge";

/** Who wants the call: the name, else the number. */
export const callerName = ({ name, phone }: Pick<CallbackLine, "name" | "phone">): string => name || phone;

export const callbackColumns = (zone: string): readonly Column<CallbackLine>[] => [
  { id: "who", header: "Customer", width: 190, cell: callerName },
  {
    id: "due",
    header: "Due",
    width: 150,
    cell: (line) => <CallbackDue line={line} zone={zone} />,
  },
  {
    id: "for",
    header: "For",
    width: 116,
    shown: "wide",
    cell: (line) => dueReason(line) || (line.closedAt && <Time value={line.closedAt} zone={zone} />),
  },
  {
    id: "priority",
    header: "Priority",
    width: 104,
    cell: (line) => <PriorityBadge priority={line.priority} score={line.score} />,
  },
  {
    id: "topic",
    header: "About",
    width: 250,
    cell: (line) => (
      <span title={line.description || undefined}>
        {requestTypeLabel(line.requestType)}
        {line.repeats > 0 && <span className="text-faint"> · asked {line.repeats + 1} times</span>}
        {line.description && <span className="text-faint"> · {line.description}</span>}
      </span>
    ),
  },
  {
    id: "status",
    header: "Status",
    width: 160,
    shown: "wide",
    cell: (line) => (
      <>
        {line.status === "completed" ? (line.disposition ?? "Completed") : statusLabels[line.status]}
        {(line.holderName ?? line.assigneeName) && (
          <span className="text-faint"> · {line.holderName ?? line.assigneeName}</span>
        )}
      </>
    ),
  },
  {
    id: "waited",
    header: "Asked",
    width: 116,
    shown: "wide",
    align: "end",
    cell: (line) => <Time value={line.createdAt} zone={zone} />,
  },
  { id: "phone", header: "Number", width: 140, shown: "chosen", cell: (line) => line.phone },
  { id: "source", header: "From", width: 116, shown: "chosen", cell: (line) => sourceLabels[line.source] },
  {
    id: "urgency",
    header: "Urgency",
    width: 100,
    shown: "chosen",
    cell: (line) => urgencies[line.urgency].label,
  },
  { id: "tier", header: "Tier", width: 100, shown: "chosen", cell: (line) => tierLabels[line.tier] },
  {
    id: "attempts",
    header: "Tries",
    width: 70,
    shown: "chosen",
    align: "end",
    cell: (line) => line.attempts,
  },
];
