import { midnight } from "./columns";
import { type ConditionProblem, testProblems, testWords } from "./condition";
import { type Fragment, joined, q } from "./fragment";
import type { Test } from "./model";
import type { Say } from "./operator";
import { dateOperators, pastOperators, type Span, spanOf } from "./operators-date";
import type { World } from "./world";

/** The operators that a window in time can be said with. */
export const whenOperators = Object.fromEntries(pastOperators.map((op) => [op, dateOperators[op]]));

/** What is wrong with a window in time, in words; nothing for a good one, or for none. */
export function whenProblems(when: Test | null): ConditionProblem[] {
  if (when === null) return [];
  if (!Object.hasOwn(whenOperators, when.op)) return [{ at: "when", message: "Choose when." }];
  return testProblems("date", when, "when");
}

/** The window's days; null is ever. @throws Error for an operator that is no window */
export function windowOf(when: Test | null, { today }: Pick<World, "today">): Span | null {
  if (when === null) return null;
  const operator = whenOperators[when.op];
  if (!operator) throw new Error(`“${when.op}” is no window`);
  return spanOf(operator, when.value, today);
}

/** An instant inside a window, whose days begin at midnight in the workspace's zone. */
export function insideWindow(
  instant: Fragment,
  window: Span | null,
  { zone }: Pick<World, "zone">,
): Fragment {
  const parts: Fragment[] = [];
  if (window?.from) parts.push(q`${instant} >= ${midnight(window.from, zone)}`);
  if (window?.before) parts.push(q`${instant} < ${midnight(window.before, zone)}`);
  return joined(parts, "and", q`true`);
}

/** " in the last 30 days"; nothing for ever. */
export function whenWords(when: Test | null, say: Say): string {
  if (when === null) return "";
  return ` ${testWords("date", when, say).replace(/^(is|was) /, "")}`;
}
