"use client";

import { Archive, ArrowDown, ArrowUp, Pencil } from "lucide-react";
import { ConfirmDialog } from "./confirm-dialog";
import { IconButton } from "./icon-button";

type LineActionsProps = {
  /** What the line is about, for the labels: "Change Premium desk". */
  name: string;
  onChange: () => void;
  /** Absent where it has to stay. */
  archive?: {
    title: string;
    description: string;
    confirmLabel: string;
    run: () => Promise<void>;
  };
  /** Absent where there is no order. `verb`: "Show", "Try". */
  order?: { verb: string; first: boolean; last: boolean; pending: boolean; move: (by: -1 | 1) => void };
};

/** What can be done with a line of a settings list, at its end: its place, change, archive. */
export function LineActions({ name, onChange, archive, order }: LineActionsProps) {
  return (
    <span className="ml-auto flex shrink-0">
      {order && (
        <>
          <IconButton
            label={`${order.verb} ${name} earlier`}
            size="sm"
            disabled={order.pending || order.first}
            icon={<ArrowUp aria-hidden />}
            onClick={() => order.move(-1)}
          />
          <IconButton
            label={`${order.verb} ${name} later`}
            size="sm"
            disabled={order.pending || order.last}
            icon={<ArrowDown aria-hidden />}
            onClick={() => order.move(1)}
          />
        </>
      )}
      <IconButton label={`Change ${name}`} size="sm" icon={<Pencil aria-hidden />} onClick={onChange} />
      {archive && (
        <ConfirmDialog
          title={archive.title}
          description={archive.description}
          confirmLabel={archive.confirmLabel}
          cancelLabel="Keep"
          trigger={<IconButton label={`Archive ${name}`} size="sm" icon={<Archive aria-hidden />} />}
          onConfirm={archive.run}
        />
      )}
    </span>
  );
}

/** The ids with the one at a place moved by one; the same list where it cannot move. */
export function movedBy(ids: readonly string[], place: number, by: -1 | 1): string[] {
  const moved = ids[place];
  const to = place + by;
  if (moved === undefined || to < 0 || to >= ids.length) return [...ids];
  return ids.toSpliced(place, 1).toSpliced(to, 0, moved);
}
