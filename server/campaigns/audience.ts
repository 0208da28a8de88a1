import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { living, missingSegments, ruleCondition } from "@/server/segments";
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
  const ids = customerIds && sql`${sql.param([...customerIds])}::uuid[]`;
  const among = ids && sql`customers.id = any(${ids})`;
  const condition = await ruleCondition(tx, ctx, audienceRule(audience), {
    over: "customers",
    ...(among ? { shape: "few", among } : { shape: "many" }),
  });
  const narrowed = narrowing({ ...audience, ctx, among: ids });
  const further = [...narrowed, ...(among ? [among] : [])].map((each) => sql` and ${each}`);
  return sql`${living(ctx, "customers")} and ${condition}${sql.join(further, sql``)}`;
}

type Narrowing = Audience & { ctx: Context; among: SQL | undefined };

/** Whose book, how engaged, and how long ago something was last heard from the customer. */
function narrowing({ ctx, among, book, minEngagement, quietDays, recentDays }: Narrowing): SQL[] {
  const heard = (days: number) => heardFrom(ctx, days, among);
  return [
    ...(book === undefined ? [] : [sql`customers.advisor_id = ${book}`]),
    ...(minEngagement === undefined ? [] : [sql`customers.engagement_score >= ${minEngagement}`]),
    // Each an anti-join of its own: one list of everybody heard from would be searched anew for each customer.
    ...(quietDays === undefined
      ? []
      : heard(quietDays).map(
          (by) => sql`not exists (select from (${by}) heard where heard.id = customers.id)`,
        )),
    ...(recentDays === undefined
      ? []
      : [sql`customers.id in (${sql.join(heard(recentDays), sql` union `)})`]),
  ];
}

/** Customers who opened, clicked or wrote something, or to whom an event happened, in the last so many days, by source. */
function heardFrom(ctx: Context, days: number, among: SQL | undefined): SQL[] {
  const since = sql`clock_now() - ${days} * interval '1 day'`;
  const only = (column: string) =>
    among === undefined ? sql`` : sql` and ${sql.raw(column)} = any(${among})`;
  return [
    among === undefined ? anyEvent(ctx, since) : eventOf(ctx, among, days),
    sql`
    select x.customer_id as id from delivery_events d
    join executions x on x.part = d.part and x.run_number = d.run_number and x.seq = d.seq
    where d.workspace_id = ${ctx.workspaceId} and d.kind in ('opened', 'read', 'clicked') and not d.machine
      and d.occurred_at > ${since}${only("x.customer_id")}`,
    sql`
    select r.customer_id as id from responses r
    where r.workspace_id = ${ctx.workspaceId} and r.customer_id is not null
      and r.received_at > ${since}${only("r.customer_id")}`,
  ];
}

const anyEvent = (ctx: Context, since: SQL): SQL => sql`
    select i.customer_id as id from customer_event_stats i
    where i.workspace_id = ${ctx.workspaceId} and i.last_at > ${since}`;

/** The same of some customers: the roll-up has no index by customer alone, the events have; one look for each. */
const eventOf = (ctx: Context, among: SQL, days: number): SQL => sql`
    select a.id from unnest(${among}) as a (id) cross join lateral (
      select from customer_events e where e.workspace_id = ${ctx.workspaceId} and e.customer_id = a.id
        and e.occurred_at > (select clock_now()) - ${days} * interval '1 day' limit 1) e`;

/** What is wrong with an audience beyond its own fields: a segment of it that does not exist any more. */
export async function audienceProblems(
  tx: Transaction,
  ctx: Context,
  audience: Audience,
): Promise<LaunchProblem[]> {
  if (audience.kind !== "segments") return [];
  const gone = await missingSegments(tx, ctx, [...audience.include, ...audience.exclude]);
  if (gone.size === 0) return [];
  const message = "A segment of this audience does not exist any more. Take it out, or choose another one.";
  return [{ tab: "targeting", field: "audience", message }];
}
