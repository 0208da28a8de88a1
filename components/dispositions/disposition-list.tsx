"use client";

import { Archive, ArrowDown, ArrowUp, Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { IconButton } from "@/components/ui/icon-button";
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
  const move = (from: number, to: number) => {
    const ids = dispositions.map(({ id }) => id);
    const [moved] = ids.splice(from, 1);
    if (!moved) return;
    ids.splice(to, 0, moved);
    act(() => client.dispositions.order.mutate({ dispositionIds: ids }), "Order saved");
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
              <span className="flex shrink-0">
                <IconButton
                  label={`Show ${line.label} earlier`}
                  size="sm"
                  disabled={pending || place === 0}
                  icon={<ArrowUp aria-hidden />}
                  onClick={() => move(place, place - 1)}
                />
                <IconButton
                  label={`Show ${line.label} later`}
                  size="sm"
                  disabled={pending || place === dispositions.length - 1}
                  icon={<ArrowDown aria-hidden />}
                  onClick={() => move(place, place + 1)}
                />
                <IconButton
                  label={`Change ${line.label}`}
                  size="sm"
                  icon={<Pencil aria-hidden />}
                  onClick={() => setOpen(line)}
                />
                <ConfirmDialog
                  title={`Archive “${line.label}”?`}
                  description="Agents do not see it any more. Requests that were closed with it keep it."
                  confirmLabel="Archive"
                  cancelLabel="Keep"
                  trigger={
                    <IconButton label={`Archive ${line.label}`} size="sm" icon={<Archive aria-hidden />} />
                  }
                  onConfirm={async () => {
                    await client.dispositions.archive.mutate({ dispositionId: line.id });
                    act(async () => {}, `“${line.label}” was archived`);
                  }}
                />
              </span>
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
