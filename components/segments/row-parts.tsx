"use client";

import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { Condition } from "@/server/segments/status";
import type { Kit } from "./kit";

export type Of<On extends Condition["on"]> = Extract<Condition, { on: On }>;
export type RowProps<C extends Condition = Condition> = {
  kit: Kit;
  condition: C;
  onChange: (condition: C) => void;
  /** Parts with something to mend. */
  wrong: ReadonlySet<string>;
};

export const Word = ({ children }: { children: ReactNode }) => <span className="text-muted">{children}</span>;

/** A part of a row on a line of its own, with what takes it away. */
export function Part({ onRemove, children }: { onRemove: () => void; children: ReactNode }) {
  return (
    <span className="flex w-full flex-wrap items-center gap-1.5 pl-3">
      {children}
      <IconButton
        label="Remove this part"
        size="sm"
        icon={<X aria-hidden />}
        onClick={onRemove}
        className="text-faint"
      />
    </span>
  );
}

export function AddPart({ onAdd, children }: { onAdd: () => void; children: ReactNode }) {
  return (
    <Button size="sm" variant="ghost" icon={<Plus aria-hidden />} onClick={onAdd}>
      {children}
    </Button>
  );
}
