"use client";

import { useCallback, useMemo, useState } from "react";
import { problemsOf, type Rule } from "@/server/segments/status";
import type { Kit } from "./kit";
import { idAt, ruleOf, type TreeGroup, treeOf } from "./rule-tree";

/** Something to mend, at the node that it belongs to. */
export type NodeProblem = { at: string; message: string };

/** A rule under edit, with what is wrong where: shown at a node once it was left, or when saving was tried. */
export function useRuleTree(rule: Rule, kit: Kit) {
  const [tree, setTree] = useState(() => treeOf(rule));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const current = useMemo(() => ruleOf(tree), [tree]);
  const problems = useMemo(() => {
    const found = new Map<string, NodeProblem[]>();
    for (const { path, at, message } of problemsOf(current, kit.names)) {
      const id = idAt(tree, path);
      found.set(id, [...(found.get(id) ?? []), { at, message }]);
    }
    return found;
  }, [current, tree, kit.names]);
  const change = useCallback((next: (tree: TreeGroup) => TreeGroup) => setTree(next), []);
  const leave = useCallback((id: string) => setLeft((before) => new Set(before).add(id)), []);
  const reset = useCallback((next: Rule) => {
    setTree(treeOf(next));
    setLeft(new Set());
    setTried(false);
  }, []);
  return {
    tree,
    rule: current,
    usable: problems.size === 0,
    /** What is wrong with a node, as far as it is to be said now. */
    problemsAt: (id: string): readonly NodeProblem[] =>
      tried || left.has(id) ? (problems.get(id) ?? []) : [],
    change,
    leave,
    showAll: () => setTried(true),
    reset,
  };
}
export type RuleTree = ReturnType<typeof useRuleTree>;
