import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { asSql, compileRule, type Over } from "./compile";
import { broken, type Loading, loadWorld } from "./load-world";
import type { Rule } from "./rule/model";
import type { World } from "./rule/world";

/**
 * A rule as a condition over customers (`c`, unless said otherwise), as everything stands in this transaction: run it
 * there. @throws AppError CONFLICT when the rule uses something that is gone
 */
export async function ruleCondition(
  tx: Transaction,
  ctx: Context,
  rule: Rule,
  { over = "c", ...loading }: Loading & { over?: Over },
): Promise<SQL> {
  const world = await loadWorld(tx, ctx, { ...loading, rules: [rule] });
  return asSql(compiled(rule, world), over);
}

/** @throws AppError CONFLICT for a rule whose attributes changed since it was checked */
export function compiled(rule: Rule, world: World): ReturnType<typeof compileRule> {
  try {
    return compileRule(rule, world);
  } catch {
    throw broken("an attribute that does not exist any more, or that is of another type now");
  }
}

/** Customers who can be in a segment at all: the workspace's, without whoever was or will be erased. */
export function living(ctx: Context, over: Over = "c"): SQL {
  const of = sql.raw(over);
  return sql`${of}.workspace_id = ${ctx.workspaceId} and ${of}.erased_at is null and ${of}.erase_after is null`;
}
