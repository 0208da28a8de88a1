"use client";

import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { useBuilding } from "./building";
import { moveNode } from "./rule-tree";

type DropPlaceProps = { groupId: string; place: number; word: string | null };

/** Between two nodes: what connects them, and where a dragged one can be put down. */
export function DropPlace({ groupId, place, word }: DropPlaceProps) {
  const { change, dragged, drag } = useBuilding();
  const [over, setOver] = useState(false);
  return (
    <li
      aria-hidden={word === null}
      className={cn("relative flex items-center px-7", word === null ? "h-1.5" : "h-6", dragged && "h-7")}
      onDragOver={(event) => {
        if (!dragged) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (dragged) change((tree) => moveNode(tree, dragged, { groupId, place }));
        drag(null);
      }}
    >
      {word && <span className="text-faint text-xs">{word}</span>}
      {over && dragged && <span className="absolute inset-x-0 h-0.5 rounded-full bg-accent" />}
    </li>
  );
}
