"use client";

import { useMemo, useRef, useState } from "react";
import { BuildingContext } from "./building";
import { GroupBox } from "./group-box";
import type { Kit } from "./kit";
import type { RuleTree } from "./use-rule-tree";

/** Conditions and groups of a rule: added, moved by drag, menu or keys, and checked where they stand. */
export function RuleBuilder({ kit, rule }: { kit: Kit; rule: RuleTree }) {
  const [dragged, drag] = useState<string | null>(null);
  const fresh = useRef<string | null>(null);
  const building = useMemo(() => ({ ...rule, kit, dragged, drag, fresh }), [rule, kit, dragged]);
  return (
    <BuildingContext value={building}>
      <section aria-label="Rule">
        <GroupBox group={rule.tree} depth={0} />
      </section>
    </BuildingContext>
  );
}
