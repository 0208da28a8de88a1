"use client";

import { GripVertical } from "lucide-react";
import { useBuilding } from "./building";
import { type Step, stepNode } from "./rule-tree";

const steps: Record<string, Step> = { ArrowUp: "up", ArrowDown: "down" };

/** Takes a condition or a group somewhere else: by dragging it, or by the arrow keys while it has the focus. */
export function NodeHandle({ id, label }: { id: string; label: string }) {
  const { change, drag } = useBuilding();
  return (
    <button
      type="button"
      draggable
      aria-label={`Move: ${label}. Arrow keys move it up and down.`}
      className="flex h-control w-5 shrink-0 cursor-grab items-center justify-center rounded-sm text-faint hover:text-ink active:cursor-grabbing"
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", label);
        const box = event.currentTarget.closest("li");
        if (box) event.dataTransfer.setDragImage(box, 12, 12);
        drag(id);
      }}
      onDragEnd={() => drag(null)}
      onKeyDown={(event) => {
        const step = steps[event.key];
        if (!step) return;
        event.preventDefault();
        const handle = event.currentTarget;
        change((tree) => stepNode(tree, id, step));
        // Between two groups the row is drawn anew: its handle keeps the focus.
        requestAnimationFrame(() => {
          if (!handle.isConnected)
            document.querySelector<HTMLElement>(`[data-handle="${CSS.escape(id)}"]`)?.focus();
        });
      }}
      data-handle={id}
    >
      <GripVertical aria-hidden className="size-4" />
    </button>
  );
}
