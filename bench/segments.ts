import type { Sql } from "postgres";
import { hotSql } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { compileRule } from "@/server/segments/compile";
import { countSegment, estimateSegment } from "@/server/segments/count";
import { loadWorld } from "@/server/segments/load-world";
import { recomputeMembership, reevaluateMemberships } from "@/server/segments/memberships";
import { numbered } from "@/server/segments/rule/fragment";
import type { Rule } from "@/server/segments/rule/model";
import { inLargeWorkspace, timed, WORKSPACE } from "./large-workspace";
import { reachRules, typicalRule } from "./segments-rules";

const rounded = (value: number): number => Math.round(value * 100) / 100;
const at = (values: number[], quantile: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * quantile))] ?? 0;

/** Milliseconds for each of `count` runs, after one that warms up. */
async function times(count: number, work: (nth: number) => Promise<unknown>): Promise<number[]> {
  await work(0);
  const taken: number[] = [];
  for (let nth = 0; nth < count; nth++) taken.push(await timed(() => work(nth)));
  return taken;
}

/** The prepared statement that asks whether one customer is in the segment, for customer after customer. */
async function oneCustomer(ctx: Context, rule: Rule, ids: string[]): Promise<number[]> {
  const world = await withTransaction(ctx, (tx) => loadWorld(tx, ctx, { rules: [rule], shape: "few" }));
  const condition = numbered(compileRule(rule, world), 3);
  const text = `select c.id from customers c where c.workspace_id = $1::uuid and c.id = $2::uuid and ${condition.text}`;
  const taken: number[] = [];
  await hotSql().begin(async (tx) => {
    await tx`select set_config('app.workspace_id', ${ctx.workspaceId}, true)`;
    for (const id of ids)
      taken.push(
        await timed(() =>
          tx.unsafe(text, [ctx.workspaceId, id, ...condition.values] as never[], { prepare: true }),
        ),
      );
  });
  return taken.slice(20);
}

async function trackTypical(owner: Sql, ctx: Context): Promise<string> {
  const id = crypto.randomUUID();
  await owner`insert into segments (id, workspace_id, name, rule, tracked)
    values (${id}, ${WORKSPACE}, ${id}, ${owner.json(typicalRule as never)}, true)`;
  await recomputeMembership(ctx, { segmentId: id, cause: "rule" });
  return id;
}

async function measure(owner: Sql, ctx: Context): Promise<Record<string, number>> {
  const full = await times(5, () => countSegment(ctx, { rule: typicalRule }));
  const { count } = await countSegment(ctx, { rule: typicalRule });
  const ids = await owner<{ id: string }[]>`
    select id from customers where workspace_id = ${WORKSPACE} order by hashint8extended(engagement_score, 7), id desc limit 1020`;
  const one = await oneCustomer(
    ctx,
    typicalRule,
    ids.map((row) => row.id),
  );
  const reach: number[] = [];
  const errors: number[] = [];
  for (const rule of reachRules) {
    reach.push(...(await times(6, () => estimateSegment(ctx, { rule }))));
    const [estimate, exact] = [await estimateSegment(ctx, { rule }), await countSegment(ctx, { rule })];
    errors.push((Math.abs(estimate.count - exact.count) / Math.max(1, exact.count)) * 100);
  }
  const segmentId = await trackTypical(owner, ctx);
  const batch = ids.slice(0, 500).map((row) => row.id);
  const reevaluate = await times(5, () => reevaluateMemberships(ctx, batch));
  const recompute = await times(3, () => recomputeMembership(ctx, { segmentId, cause: "audit" }));
  const [stored] = await owner<{ n: number }[]>`
    select count(*)::int as n from segment_members where segment_id = ${segmentId}`;
  if (stored?.n !== count) throw new Error(`counted ${count}, stored ${stored?.n}`);
  await owner`delete from segments where id = ${segmentId}`;
  await owner`delete from segment_members where segment_id = ${segmentId}`;
  const fullMs = rounded(at(full, 0.5));
  return {
    fullMs,
    fullPerSecond: rounded(1000 / fullMs),
    oneCustomerMs: rounded(at(one, 0.5)),
    oneCustomerP95Ms: rounded(at(one, 0.95)),
    reachP95Ms: rounded(at(reach, 0.95)),
    reachMedianMs: rounded(at(reach, 0.5)),
    estimateErrorPercent: rounded(at(errors, 0.5)),
    reevaluate500Ms: rounded(at(reevaluate, 0.5)),
    recomputeMs: rounded(at(recompute, 0.5)),
    selected: count,
  };
}

/**
 * Segments over a million customers, three million policies and ten million events: one count of a segment of four
 * conditions, one customer, the live estimate over rules of every kind, and stored membership. `--customers=N` makes it
 * smaller; `--dir=PATH` keeps the data there and uses it again.
 */
export const bench = (): Promise<Record<string, number>> => inLargeWorkspace(measure);
