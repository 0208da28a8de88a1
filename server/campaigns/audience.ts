import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { living, ruleCondition } from "@/server/segments";
import type { Rule } from "@/server/segments/rule/model";
import type { LaunchProblem } from "./problems";
import type { Audience } from "./schemas";

/**
 * Who an audience holds, as the rule of a segment: the one meaning of an audience, for the freeze, the pre-flight, the
 * preview and "why did she not get it?". No tier chosen is nobody, and so is no segment to include.
 */
export function audienceRule(audience: Audience): Rule {
  switch (audience.kind) {
    case "all":
      return { match: "all", of: [] };
    case "tier":
      return audience.tiers.length === 0
        ? { match: "any", of: [] }
        : { match: "all", of: [{ on: "customer", field: "tier", op: "one_of", value: [...audience.tiers] }] };
    case "segments": {
      const among = (ids: readonly string[]) =>
        ids.map((segment) => ({ on: "segment", segment, in: true }) as const);
      return {
        match: "all",
        of: [
          { match: "any", of: among(audience.include) },
          { match: "none", of: among(audience.exclude) },
        ],
      };
    }
  }
}

/**
 * The audience as a condition over `customers`, inside the workspace, without whoever was or will be erased; as everything
 * stands in this transaction. `customerIds`: only of these it is asked. @throws AppError CONFLICT when a segment is gone
 */
export async function audienceOf(
  tx: Transaction,
  ctx: Context,
  audience: Audience,
  customerIds?: readonly string[],
): Promise<SQL> {
  const among = customerIds && sql`customers.id = any(${sql.param([...customerIds])}::uuid[])`;
  const condition = await ruleCondition(tx, ctx, audienceRule(audience), {
    over: "customers",
    ...(among ? { shape: "few", among } : { shape: "many" }),
  });
  return sql`${living(ctx, "customers")} and ${condition} ${among ? sql`and ${among}` : sql``}`;
}

/** What is wrong with an audience beyond its own fields: a segment of it that does not exist any more. */
export async function audienceProblems(
  tx: Transaction,
  ctx: Context,
  audience: Audience,
): Promise<LaunchProblem[]> {
  if (audience.kind !== "segments") return [];
  const ids = [...new Set([...audience.include, ...audience.exclude])];
  const rows = await tx.execute<{ id: string }>(sql`
    select id from segments
    where workspace_id = ${ctx.workspaceId} and deleted_at is null and id = any(${sql.param(ids)}::uuid[])`);
  if (rows.length === ids.length) return [];
  const message = "A segment of this audience does not exist any more. Take it out, or choose another one.";
  return [{ tab: "targeting", field: "audience", message }];
}
