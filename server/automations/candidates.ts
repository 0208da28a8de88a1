import { type SQL, sql } from "drizzle-orm";
import { executePrepared } from "@/db/execute-prepared";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { isId } from "@/server/platform/ids";
import type { PropertyCondition, Trigger } from "./schemas";

/** Somebody whom a trigger would let in: once for the occurrence, which the policy's id leads where it is about one. */
export type Candidate = {
  place: number;
  customerId: string;
  occurrence: string;
  policyId: string | null;
  /** The due date, birthday or other day that it is about, `YYYY-MM-DD`. */
  aboutDate: string | null;
  eventId: string | null;
  /** When it came about, ISO. */
  at: string;
};

/** A trigger of a version, at its place in it. */
export type Placed<T extends Trigger = Trigger> = { place: number; trigger: T };

/**
 * Rows as a candidate has them, of some sources, of one customer where that is asked for. The preview, the play-through and
 * the matcher ask with the same statements.
 */
export async function readCandidates(
  tx: Transaction,
  of: readonly SQL[],
  customerId?: string,
): Promise<Candidate[]> {
  if (of.length === 0) return [];
  const rows = await executePrepared<Omit<Candidate, "at"> & { at: string | Date }>(
    tx,
    sql`
    select place::int as place, customer_id as "customerId", occurrence, policy_id as "policyId", about::text as "aboutDate",
      event_id as "eventId", at from (${sql.join([...of], sql` union all `)}) candidates
    where ${customerId ? sql`customer_id = ${customerId}` : sql`true`}
    order by at, occurrence, place`,
  );
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }));
}

type EventTrigger = Extract<Trigger, { on: "event" }>;

/**
 * Events that fire a trigger, among those that `which` names (over `e`). An event that was told a day late or later fires
 * nothing: its moment is over. Its policy is the one whose number it carries.
 */
export const eventCandidates = (
  ctx: Context,
  { place, trigger }: Placed<EventTrigger>,
  which: SQL,
): SQL => sql`
  select ${place}::int as place, e.customer_id, coalesce(p.id, e.id)::text || '/event/' || e.id::text as occurrence,
    p.id as policy_id, null::date as about, e.id as event_id, e.received_at as at
  from customer_events e
  left join policies p on p.workspace_id = e.workspace_id and p.policy_number = e.properties ->> 'policy_number'
    and p.customer_id = e.customer_id
  where e.workspace_id = ${ctx.workspaceId} and e.name = ${trigger.name} and ${which}
    and e.occurred_at > e.received_at - interval '24 hours'
    ${allOf(trigger.properties.map(propertyHolds))} ${ofType(ctx, trigger.policyTypes, "p.policy_type", "e.customer_id")}`;

type Change = Extract<Trigger, { on: "score" | "segment" }>;

/**
 * Scores that crossed, comings and goings of a tracked segment, that fire a trigger, among those that `which` names (over `h`
 * with `customer_id` and `at`). Whom a changed rule of the segment brings in or out, nothing happened to.
 */
export function changeCandidates(ctx: Context, { place, trigger }: Placed<Change>, which: SQL): SQL {
  const { occurrence, table, fires } = trigger.on === "score" ? crossing(trigger) : membership(trigger);
  return sql`
    select ${place}::int as place, h.customer_id, ${occurrence} || h.id as occurrence, null::uuid as policy_id,
      null::date as about, null::uuid as event_id, h.at
    from ${table} h where h.workspace_id = ${ctx.workspaceId} and ${fires} and ${which}
      ${ofType(ctx, trigger.policyTypes, null, "h.customer_id")}`;
}

const crossing = ({ score, direction }: Extract<Change, { on: "score" }>) => ({
  table: sql`engagement_crossings`,
  occurrence: `score-${score}-${direction}/`,
  fires:
    direction === "rises"
      ? sql`h.before < ${score} and h.after >= ${score}`
      : sql`h.before >= ${score} and h.after < ${score}`,
});

const membership = ({ segment, change }: Extract<Change, { on: "segment" }>) => ({
  table: sql`segment_changes`,
  occurrence: "segment/",
  // A draft may have none chosen yet.
  fires: isId(segment)
    ? sql`h.segment_id = ${segment} and h.change = ${change} and h.cause <> 'rule'`
    : sql`false`,
});

export const isChange = (placed: Placed): placed is Placed<Change> =>
  placed.trigger.on === "score" || placed.trigger.on === "segment";

const allOf = (conditions: readonly SQL[]): SQL =>
  sql.join(
    conditions.map((each) => sql`and ${each}`),
    sql` `,
  );

function propertyHolds({ key, op, value }: PropertyCondition): SQL {
  if (op === "is") return sql`lower(e.properties ->> ${key}) = lower(${value})`;
  if (op === "is_not") return sql`lower(e.properties ->> ${key}) is distinct from lower(${value})`;
  const number = sql`case when jsonb_typeof(e.properties -> ${key}) = 'number' then (e.properties ->> ${key})::numeric end`;
  return op === "at_least" ? sql`${number} >= ${value}::numeric` : sql`${number} <= ${value}::numeric`;
}

/** The policy that it is about, or, where it is about none, any of the customer's, is of one of the types. */
export function ofType(ctx: Context, types: readonly string[], own: string | null, customer: string): SQL {
  if (types.length === 0) return sql``;
  const list = sql`${sql.param([...types])}::text[]`;
  const any = sql`exists (select from policies t where t.workspace_id = ${ctx.workspaceId}
    and t.customer_id = ${sql.raw(customer)} and t.policy_type = any(${list}))`;
  if (own === null) return sql`and ${any}`;
  return sql`and case when ${sql.raw(own)} is null then ${any} else ${sql.raw(own)} = any(${list}) end`;
}
