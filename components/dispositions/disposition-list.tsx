"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { LineActions, movedBy } from "@/components/ui/line-actions";
import { useAct } from "@/components/workspaces/use-act";
import type { DispositionLine } from "@/server/dispositions/list";
import { dispositionEnds } from "@/server/dispositions/schemas";
import { useTRPCClient } from "@/server/trpc/react";
import { DispositionDialog } from "./disposition-dialog";

type DispositionListProps = { dispositions: readonly DispositionLine[]; mayEdit: boolean };

/** The ways to close a call, in the order in which agents see them. */
export function DispositionList({ dispositions, mayEdit }: DispositionListProps) {
  const client = useTRPCClient();
  const { act, pending } = useAct();
  const [open, setOpen] = useState<DispositionLine | "new" | null>(null);
  const move = (place: number, by: -1 | 1) => {
    const dispositionIds = movedBy(
      dispositions.map(({ id }) => id),
      place,
      by,
    );
    act(() => client.dispositions.order.mutate({ dispositionIds }), "Order saved");
  };
  return (
    <div className="flex flex-col gap-4">
      {mayEdit && (
        <Button
          className="self-end"
          variant="primary"
          icon={<Plus aria-hidden />}
          onClick={() => setOpen("new")}
        >
          New disposition
        </Button>
      )}
      <ol className="divide-y divide-line rounded-md border border-line bg-surface">
        {dispositions.map((line, place) => (
          <li key={line.id} className="flex items-center gap-3 px-4 py-2">
            <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-0.5">
              <span className="min-w-0 truncate sm:w-64">{line.label}</span>
              <span className="text-muted text-sm">{dispositionEnds[line.ends]}</span>
              {line.resolved && <Badge tone="good">Counts as resolved</Badge>}
            </span>
            {mayEdit && (
              <LineActions
                name={line.label}
                onChange={() => setOpen(line)}
                archive={{
                  title: `Archive “${line.label}”?`,
                  description: "Agents do not see it any more. Requests that were closed with it keep it.",
                  confirmLabel: "Archive",
                  run: async () => {
                    await client.dispositions.archive.mutate({ dispositionId: line.id });
                    act(async () => {}, `“${line.label}” was archived`);
                  },
                }}
                order={{
                  verb: "Show",
                  first: place === 0,
                  last: place === dispositions.length - 1,
                  pending,
                  move: (by) => move(place, by),
                }}
              />
            )}
          </li>
        ))}
      </ol>
      {dispositions.length === 0 && (
        <p className="text-muted">Agents close a call without saying how it went.</p>
      )}
      {open && <DispositionDialog disposition={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </div>
  );
}
