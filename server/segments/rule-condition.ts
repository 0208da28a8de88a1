import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { asSql, compileRule } from "./compile";
import { broken, loadWorld } from "./load-world";
import type { Rule } from "./rule/model";
import type { World } from "./rule/world";

type Options = {
  shape: World["shape"];
  /** The customers that are looked at, as a table `c`: a sample or a few. Left out: all. */
  customers?: SQL;
};

/**
 * A rule as a condition over `customers c`, as everything stands in this transaction: run it there.
 * @throws AppError CONFLICT when the rule uses something that is gone
 */
export async function ruleCondition(
  tx: Transaction,
  ctx: Context,
  rule: Rule,
  options: Options,
): Promise<SQL> {
  const world = await loadWorld(tx, ctx, { ...options, rules: [rule] });
  return asSql(compiled(rule, world));
}

/** @throws AppError CONFLICT for a rule whose attributes changed since it was checked */
export function compiled(rule: Rule, world: World): ReturnType<typeof compileRule> {
  try {
    return compileRule(rule, world);
  } catch {
    throw broken("an attribute that does not exist any more, or that is of another type now");
  }
}

/** Customers (`c`) who can be in a segment at all: the workspace's, those who were not erased. */
export const living = (ctx: Context): SQL => sql`c.workspace_id = ${ctx.workspaceId} and c.erased_at is null`;
