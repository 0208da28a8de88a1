"use client";

import { useEffect, useRef } from "react";
import { useBuilding } from "./building";
import { ConditionRow } from "./condition-row";
import { NodeHandle } from "./node-handle";
import { NodeMenu } from "./node-menu";
import { Problems } from "./problems";
import { setCondition, type TreeCondition } from "./rule-tree";
import { kindLabels } from "./words";

/** A condition with its handle, its menu and what is wrong with it. */
export function ConditionBox({ node: { id, condition } }: { node: TreeCondition }) {
  const { change, kit, leave, problemsAt, fresh } = useBuilding();
  const row = useRef<HTMLFieldSetElement>(null);
  const problems = problemsAt(id);
  useEffect(() => {
    if (fresh.current !== id) return;
    fresh.current = null;
    // The value is what is missing; without one, how to compare.
    const parts = row.current?.querySelectorAll<HTMLElement>(
      "[data-parts] input, [data-parts] [role=combobox]",
    );
    parts?.[parts.length - 1]?.focus();
  }, [fresh, id]);
  return (
    <fieldset
      ref={row}
      aria-label={kindLabels[condition.on]}
      className="min-w-0 rounded-md border border-line bg-surface"
      onBlur={(event) => {
        const next = event.relatedTarget;
        // A list that opened outside the row belongs to it; the row is left when the focus goes somewhere else.
        if (next && !row.current?.contains(next) && !next.closest("[data-radix-popper-content-wrapper]"))
          leave(id);
      }}
    >
      <div className="flex items-start gap-1.5 p-1.5">
        <NodeHandle id={id} label={kindLabels[condition.on]} />
        <div data-parts className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5">
          <ConditionRow
            kit={kit}
            condition={condition}
            onChange={(next) => change((tree) => setCondition(tree, id, next))}
            wrong={new Set(problems.map(({ at }) => at))}
          />
        </div>
        <NodeMenu id={id} />
      </div>
      <Problems of={problems} className="px-3 pb-2" />
    </fieldset>
  );
}
