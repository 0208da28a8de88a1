"use client";

import { Redo2, Undo2 } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { useShortcuts } from "@/components/ui/shortcuts";
import type { Draft } from "./use-draft";

/** Takes edits of the draft back, one by one, and does them again; what is on screen is saved each time. */
export function UndoButtons({ draft: { undo, redo } }: { draft: Draft }) {
  useShortcuts([
    { keys: "mod+z", label: "Take the last edit back", group: "Builder", run: () => undo?.() },
    { keys: "mod+y", label: "Do it again", group: "Builder", run: () => redo?.() },
  ]);
  return (
    <span className="flex max-sm:-ml-2.5">
      <IconButton label="Undo" icon={<Undo2 aria-hidden />} disabled={!undo} onClick={() => undo?.()} />
      <IconButton label="Redo" icon={<Redo2 aria-hidden />} disabled={!redo} onClick={() => redo?.()} />
    </span>
  );
}
