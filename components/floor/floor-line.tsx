"use client";

import Link from "next/link";
import { typeLabel } from "@/components/sla/policy-words";
import { Combobox } from "@/components/ui/combobox";
import { DueClock } from "@/components/ui/due-clock";
import { Select } from "@/components/ui/select";
import { StatusBadge } from "@/components/ui/status-badge";
import { useAct } from "@/components/workspaces/use-act";
import { type Urgency, urgencies } from "@/server/callbacks/status";
import type { FloorAgent } from "@/server/floor/board";
import type { FloorRow } from "@/server/floor/rows";
import { formatDateTime } from "@/server/platform/format";
import { useTRPCClient } from "@/server/trpc/react";
import { presenceLabels } from "./words";

type FloorLineProps = { row: FloorRow; zone: string; agents: readonly FloorAgent[] };

const urgencyOptions = (Object.keys(urgencies) as Urgency[]).map((value) => ({
  value,
  // Beside "low priority" a bare "Medium" would read as another priority.
  label: `${urgencies[value].label} urgency`,
}));

/** One request of the floor, with the two things that a supervisor changes about it. */
export function FloorLine({ row, zone, agents }: FloorLineProps) {
  const client = useTRPCClient();
  const { act, pending } = useAct();
  const who = row.customerName || `Caller …${row.phoneEnd}`;
  const facts = [
    typeLabel(row.requestType),
    `${row.priority} priority`,
    row.attempts > 0 ? `${row.attempts} ${row.attempts === 1 ? "attempt" : "attempts"}` : "",
  ];
  // In an agent's hands it is theirs until they give it back.
  const free = row.status !== "in_progress";
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
      <Link href={`/callbacks/${row.id}`} className="min-w-0 flex-1 basis-52 rounded-sm">
        <span className="block truncate font-medium">{who}</span>
        <span className="block truncate text-muted text-sm">{facts.filter(Boolean).join(" · ")}</span>
      </Link>
      <span className="shrink-0 sm:w-32">
        <Due row={row} zone={zone} />
      </span>
      <span className="flex min-w-0 basis-full gap-2 max-sm:flex-col sm:basis-auto">
        <span className="shrink-0 sm:w-42">
          <Select
            label={`Urgency of ${who}`}
            options={urgencyOptions}
            value={row.urgency}
            disabled={pending}
            onValueChange={(urgency) =>
              urgency !== row.urgency &&
              act(
                () => client.floor.reprioritise.mutate({ callbackId: row.id, urgency }),
                `${who} is of ${urgencies[urgency].label.toLowerCase()} urgency now`,
              )
            }
          />
        </span>
        <span className="min-w-0 sm:w-44">
          <Combobox
            label={`Who has ${who}`}
            placeholder={free ? "Anybody" : (row.assigneeName ?? "In hand")}
            searchLabel="Find an agent"
            clearable={row.assigneeId !== null}
            disabled={pending || !free}
            options={optionsOf(row, agents)}
            value={row.assigneeId}
            onValueChange={(membershipId) =>
              membershipId !== row.assigneeId &&
              act(
                () => client.floor.reassign.mutate({ callbackId: row.id, membershipId }),
                membershipId === null
                  ? `${who} waits for anybody`
                  : `${who} was given to ${nameOf(agents, membershipId)}`,
              )
            }
          />
        </span>
      </span>
    </li>
  );
}

const nameOf = (agents: readonly FloorAgent[], id: string): string =>
  agents.find(({ membershipId }) => membershipId === id)?.name ?? "them";

/** Those at work first, each with what they have; whoever has it now is among them. */
function optionsOf({ assigneeId, assigneeName }: FloorRow, agents: readonly FloorAgent[]) {
  const options = agents.map(({ membershipId, name, presence, open, capacity }) => ({
    value: membershipId,
    label: name,
    description: `${presenceLabels[presence]} · has ${open} of ${capacity}`,
  }));
  const known = assigneeId === null || options.some(({ value }) => value === assigneeId);
  return known
    ? options
    : [{ value: assigneeId ?? "", label: assigneeName ?? "", description: "" }, ...options];
}

function Due({ row, zone }: { row: FloorRow; zone: string }) {
  if (!row.untried) return <StatusBadge tone="neutral" label="Tried" />;
  if (row.dueAt === null && row.breachedAt === null)
    return <span className="text-muted text-sm">from {formatDateTime(row.notBefore, zone)}</span>;
  return (
    <DueClock promise="First attempt" due={row.breachedAt ?? row.dueAt} warnAt={row.warnAt} zone={zone} />
  );
}
