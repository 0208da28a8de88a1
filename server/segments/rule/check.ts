import { kindOf } from "./kinds";
import { conditionsOf, isGroup, most, type Rule, type RuleNode } from "./model";
import type { Names } from "./world";

/** Something to mend in a rule: the place of the group or condition, the part of it, and what to do. */
export type RuleProblem = { path: readonly number[]; at: string; message: string };

/** What keeps a rule from being used, in its order; empty when nothing does. */
export function problemsOf(rule: Rule, names: Names): RuleProblem[] {
  if (conditionsOf(rule).length > most.conditions)
    return [{ path: [], at: "group", message: `Use at most ${most.conditions} conditions.` }];
  return problemsIn(rule, names, []);
}

function problemsIn(node: RuleNode, names: Names, path: readonly number[]): RuleProblem[] {
  if (!isGroup(node))
    return kindOf(node)
      .problems(node, names)
      .map((problem) => ({ path, ...problem }));
  if (path.length >= most.depth)
    return [{ path, at: "group", message: "These groups are nested too deeply." }];
  // Nothing at all is everybody; an empty group inside a rule is one that somebody has not finished.
  if (node.of.length === 0 && (path.length > 0 || node.match !== "all"))
    return [{ path, at: "group", message: "Add a condition, or remove this group." }];
  return node.of.flatMap((child, index) => problemsIn(child, names, [...path, index]));
}

/** Whether a rule's answer can change at midnight, apart from the segments that it names. */
export const isRelativeRule = (rule: Rule): boolean =>
  conditionsOf(rule).some((condition) => kindOf(condition).relative(condition));
