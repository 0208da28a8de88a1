import { Eye, MousePointerClick } from "lucide-react";
import type { Column } from "@/components/ui/data-table/types";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import type { Recipient } from "@/server/deliveries/list-recipients";
import { executionStateLabels, reasonLabel } from "@/server/deliveries/status";
import { nothing } from "@/server/platform/format";

/** The columns of a campaign's recipients; times are shown in the workspace's zone. */
export const recipientColumns = (zone: string): Column<Recipient>[] => [
  {
    id: "customer",
    header: "Customer",
    width: 190,
    cell: ({ name, erased }) =>
      name || <span className="text-faint">{erased ? "Erased customer" : "No name"}</span>,
  },
  {
    id: "state",
    header: "State",
    width: 150,
    cell: ({ state }) => <StatusBadge {...executionStateLabels[state]} />,
  },
  {
    id: "reason",
    header: "Why",
    width: 260,
    cell: ({ reason, detail }) =>
      reason ? (
        <span title={detail ?? undefined}>{reasonLabel(reason)}</span>
      ) : (
        <span className="text-faint">{nothing}</span>
      ),
  },
  { id: "did", header: "Did", width: 130, cell: (recipient) => <Did {...recipient} /> },
  {
    id: "address",
    header: "Address",
    width: 220,
    shown: "wide",
    cell: ({ address }) => address || <span className="text-faint">{nothing}</span>,
  },
  {
    id: "at",
    header: "When",
    width: 130,
    cell: ({ at, notBefore }) =>
      notBefore ? (
        <>
          again <Time value={notBefore.toISOString()} zone={zone} />
        </>
      ) : (
        <Time value={at?.toISOString() ?? null} zone={zone} />
      ),
  },
];

function Did({ opened, clicked }: Pick<Recipient, "opened" | "clicked">) {
  if (!opened && !clicked) return <span className="text-faint">{nothing}</span>;
  const Icon = clicked ? MousePointerClick : Eye;
  return (
    <span className="flex items-center gap-1.5">
      <Icon aria-hidden className="size-4 shrink-0 text-good" />
      {clicked ? "Clicked" : "Opened"}
    </span>
  );
}
