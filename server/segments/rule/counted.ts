import type { ConditionProblem } from "./condition";
import { column, type Fragment, param, q } from "./fragment";
import { type Count, most } from "./model";
import type { World } from "./world";

/** Rows of a customer: a table with `workspace_id` and `customer_id`, and what a row must be. */
export type Rows = { from: Fragment; alias: string; where: Fragment };

/** What is wrong with a count, in words; nothing for a good one. */
export function countProblems({ op, n }: Count): ConditionProblem[] {
  if (op === "some" || op === "none") return [];
  const good = Number.isInteger(n) && Number(n) >= 0 && Number(n) <= most.count;
  return good ? [] : [{ at: "count", message: `Give a whole number from 0 to ${most.count}.` }];
}

/** The least and the most that a count allows; null is no end. */
export function boundsOf({ op, n = 0 }: Count): [least: number, most: number | null] {
  switch (op) {
    case "some":
      return [1, null];
    case "none":
      return [0, 0];
    case "at_least":
      return [n, null];
    case "at_most":
      return [0, n];
    case "exactly":
      return [n, n];
  }
}

type Where = { world: World; negated: boolean };

/**
 * Customers (`c`) who have as many of these rows as the count allows. Written with EXISTS as long as one row decides,
 * which becomes a semi-join; otherwise as one pass that groups (many), or a count for each customer (few).
 */
export function countedSql(rows: Rows, count: Count, { world, negated }: Where): Fragment {
  const [least, top] = boundsOf(count);
  const atLeast = (n: number, not: boolean): Fragment => {
    if (n <= 0) return not ? q`false` : q`true`;
    return not ? q`not ${haveAtLeast(rows, n, world)}` : haveAtLeast(rows, n, world);
  };
  if (top === null) return atLeast(least, negated);
  if (least === 0) return atLeast(top + 1, !negated);
  return negated
    ? q`(${atLeast(least, true)} or ${atLeast(top + 1, false)})`
    : q`(${atLeast(least, false)} and ${atLeast(top + 1, true)})`;
}

function haveAtLeast({ from, alias, where }: Rows, n: number, { shape, workspaceId }: World): Fragment {
  const customer = column(alias, "customer_id");
  const own = q`${column(alias, "workspace_id")} = c.workspace_id and ${customer} = c.id`;
  if (n === 1) return q`exists (select from ${from} where ${own} and ${where})`;
  const number = param(n, "bigint");
  if (shape === "few")
    return q`(select count(*) from (select from ${from} where ${own} and ${where} limit ${number}) found) >= ${number}`;
  const inWorkspace = q`${column(alias, "workspace_id")} = ${param(workspaceId, "uuid")}`;
  return q`exists (select from (
    select ${customer} from ${from} where ${inWorkspace} and ${where} group by 1 having count(*) >= ${number}
  ) counted where counted.customer_id = c.id)`;
}

/** "have a policy", "have no policy", "have at least 2 policies" */
export function countWords({ op, n = 0 }: Count, one: string, many: string): string {
  const noun = n === 1 ? one.replace(/^an? /, "") : many;
  switch (op) {
    case "some":
      return `have ${one}`;
    case "none":
      return `have no ${one.replace(/^an? /, "")}`;
    case "at_least":
      return `have at least ${n} ${noun}`;
    case "at_most":
      return `have at most ${n} ${noun}`;
    case "exactly":
      return `have exactly ${n} ${noun}`;
  }
}
