import { type SQL, sql } from "drizzle-orm";
import { executePrepared } from "@/db/execute-prepared";
import type { Transaction } from "@/db/transaction";
import { suppressedAddresses } from "@/server/consent";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { conditionsOf, type Rule, segmentsIn } from "./rule/model";
import type { Attribute, Runs, World } from "./rule/world";

export type Loading = {
  shape: World["shape"];
  /** Which customers are looked at, as a condition over `customers`. Left out: all. */
  among?: SQL;
};

/**
 * Everything that rules are compiled against, as it stands in this transaction. Compile with it and run in the same one.
 * @throws AppError CONFLICT when a rule names a segment or an attribute that is gone
 */
export async function loadWorld(
  tx: Transaction,
  ctx: Context,
  { rules, shape, among = sql`true` }: Loading & { rules: readonly Rule[] },
): Promise<World> {
  // Sent one behind the other, without waiting for the first answer.
  const [[local], segments, attributes] = await Promise.all([
    executePrepared<{ today: string; zone: string }>(
      tx,
      sql`
      select (clock_now() at time zone time_zone)::date::text as today, time_zone as zone
      from workspaces where id = ${ctx.workspaceId}`,
    ),
    namedSegments(tx, ctx, rules),
    attributesOf(tx, ctx),
  ]);
  const conditions = [...rules, ...segments.values()].flatMap(conditionsOf);
  const campaigns = conditions.flatMap((one) => (one.on === "campaign" ? (one.campaign ?? []) : []));
  const channels = new Set(conditions.flatMap((one) => (one.on === "reach" ? one.channel : [])));
  const suppressed = new Map<string, string[]>();
  const within = sql`customers.workspace_id = ${ctx.workspaceId} and ${among}`;
  for (const channel of channels)
    suppressed.set(channel, await suppressedAddresses(tx, ctx, { channel, within, purpose: "promotional" }));
  return {
    ...required(local, "workspace"),
    workspaceId: ctx.workspaceId,
    shape,
    segments,
    suppressed,
    attributes,
    runs: campaigns.length > 0 ? await runsOf(tx, ctx, campaigns) : new Map(),
  };
}

/** The rules of the segments that are named, and of those that they name. @throws AppError CONFLICT when one is gone */
export async function namedSegments(
  tx: Transaction,
  ctx: Context,
  rules: readonly Rule[],
): Promise<Map<string, Rule>> {
  const found = new Map<string, Rule>();
  let wanted = [...new Set(rules.flatMap(segmentsIn))];
  while (wanted.length > 0) {
    const rows = await tx.execute<{ id: string; rule: Rule }>(sql`
      select id, rule from segments
      where workspace_id = ${ctx.workspaceId} and deleted_at is null and id = any(${sql.param(wanted)}::uuid[])`);
    for (const { id, rule } of rows) found.set(id, rule);
    if (wanted.some((id) => !found.has(id))) throw broken("a segment that does not exist any more");
    wanted = [...new Set(rows.flatMap(({ rule }) => segmentsIn(rule)))].filter((id) => !found.has(id));
  }
  return found;
}

/** A rule that names something that is gone means nobody knows whom; better no one than the wrong ones. */
export const broken = (what: string): AppError =>
  new AppError("CONFLICT", `This segment uses ${what}. Open it and choose something else.`, {
    code: "broken_segment",
  });

/** The workspace's own attributes; archived ones too, which rules that were saved earlier may still use. */
export async function attributesOf(tx: Transaction, ctx: Context): Promise<Map<string, Attribute>> {
  const rows = await executePrepared<Attribute & { key: string }>(
    tx,
    sql`
    select key, label, type, options from attribute_definitions where workspace_id = ${ctx.workspaceId}`,
  );
  return new Map(rows.map(({ key, ...attribute }) => [key, attribute]));
}

async function runsOf(tx: Transaction, ctx: Context, campaigns: string[]): Promise<Map<string, Runs>> {
  const rows = await tx.execute<Runs & { id: string }>(sql`
    select campaign_id as id, array_agg(part) as parts, array_agg(number::int) as runs from campaign_runs
    where workspace_id = ${ctx.workspaceId} and campaign_id = any(${sql.param(campaigns)}::uuid[]) and part is not null
    group by 1`);
  const never: Runs = { parts: [], runs: [] };
  return new Map([
    ...campaigns.map((id) => [id, never] as const),
    ...rows.map((row) => [row.id, row] as const),
  ]);
}
