import { type SQL, sql } from "drizzle-orm";
import { callbackNotes } from "@/db/schema/callbacks";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { requireState } from "@/server/platform/state";
import { statusLabels } from "./content";
import { recordActivity } from "./record-activity";
import { type CallbackStatus, type CallbackVerb, callbackTransitions } from "./status";
import { inReach } from "./visible";

/** A request as the verbs read it, locked. */
export type CallbackRow = {
  id: string;
  customerId: string | null;
  campaignId: string | null;
  phone: string;
  requestType: string;
  urgency: "critical" | "high" | "medium" | "low";
  tier: "platinum" | "gold" | "silver" | "bronze";
  source: string;
  tags: string[];
  priority: "high" | "medium" | "low";
  status: CallbackStatus;
  assigneeId: string | null;
  attempts: number;
  cycle: number;
  slots: number;
  contactedAt: string | null;
  slotStart: string | null;
  createdAt: string;
  version: number;
};

/** What `CallbackRow` is read from. */
export const rowColumns = sql`
  id, customer_id as "customerId", campaign_id as "campaignId", phone, request_type as "requestType", urgency, tier, source, tags, priority,
  status, assignee_id as "assigneeId", attempts, cycle, slots, contacted_at::text as "contactedAt",
  slot_start::text as "slotStart", created_at::text as "createdAt", version`;

/** Locks a request whatever its state is; a missing one locks nothing. */
export async function lockRequest(tx: Transaction, ctx: Context, callbackId: string): Promise<void> {
  await tx.execute(sql`
    select 1 from callback_requests where workspace_id = ${ctx.workspaceId} and id = ${parseId(callbackId)} for update`);
}

/**
 * Locks a request in a state that the verb may leave; with a `version`, only while it has that one.
 * @throws AppError NOT_FOUND; CONFLICT `wrong_status`, `stale_version`
 */
export async function lockCallback(
  tx: Transaction,
  ctx: Context,
  { id, verb, version }: { id: string; verb: CallbackVerb; version?: number | null },
): Promise<CallbackRow> {
  const [row] = await tx.execute<CallbackRow>(sql`
    select ${rowColumns}
    from callback_requests r where workspace_id = ${ctx.workspaceId} and id = ${parseId(id)}
      and ${ctx.role === "supervisor" ? inReach(ctx) : sql`true`} for update`);
  if (!row) throw new AppError("NOT_FOUND", "There is no such callback request. It may have been removed.");
  requireState(row.version, version);
  const from: readonly CallbackStatus[] = callbackTransitions[verb].from;
  if (from.includes(row.status)) return row;
  throw new AppError(
    "CONFLICT",
    `This request is ${statusLabels[row.status].toLowerCase()}, so it cannot be changed like this. Reload to see who did that.`,
    { code: "wrong_status", status: row.status },
  );
}

export type Change = {
  id: string;
  kind: string;
  /** Column → new value; written to the row and to its log alike, so that replaying the log rebuilds the row. */
  set: Partial<Record<Column, string | number | boolean | null>>;
  /** Personal or bulky values: written to the row only. */
  setQuietly?: Partial<Record<"resolution" | "description", string | null>>;
  detail?: Record<string, unknown>;
  /** For the next one who has it; kept apart from the log, so that it can be erased. */
  note?: string;
};

/** Columns that verbs change, with the types that the database gives them. */
const columns = {
  customer_id: "uuid",
  status: "text",
  priority: "text",
  urgency: "text",
  request_type: "text",
  tier: "text",
  sum: "int",
  order_key: "float8",
  not_before: "timestamptz",
  slot_start: "timestamptz",
  slot_end: "timestamptz",
  slots: "int",
  assignee_id: "uuid",
  assigned_at: "timestamptz",
  team_id: "uuid",
  attempts: "int",
  last_attempt_at: "timestamptz",
  contacted_at: "timestamptz",
  cycle: "int",
  disposition: "text",
  resolution_category: "text",
  satisfaction: "int",
  conversion_value_micros: "bigint",
  closed_at: "timestamptz",
} as const;
type Column = keyof typeof columns;

/** Changes a locked request, appends the line to its log and raises its topics. */
export async function changeCallback(tx: Transaction, ctx: Context, change: Change): Promise<void> {
  const set = Object.entries(change.set).map(
    ([name, value]): SQL => sql`${sql.identifier(name)} = ${value}::${sql.raw(columns[name as Column])}`,
  );
  const quiet = Object.entries(change.setQuietly ?? {}).map(
    ([name, value]): SQL => sql`${sql.identifier(name)} = ${value}`,
  );
  const [row] = await tx.execute<{ customer: string | null }>(sql`
    update callback_requests
    set ${sql.join([...set, ...quiet, sql`version = version + 1`, sql`updated_at = clock_now()`], sql`, `)}
    where workspace_id = ${ctx.workspaceId} and id = ${change.id} returning customer_id as customer`);
  const activityId = await recordActivity(tx, ctx, {
    callbackId: change.id,
    kind: change.kind,
    changes: change.set,
    detail: change.detail ?? {},
  });
  if (change.note)
    await tx
      .insert(callbackNotes)
      .values({ activityId, workspaceId: ctx.workspaceId, callbackId: change.id, text: change.note });
  const whose = row?.customer ? [`customer:${row.customer}`] : [];
  await bumpTopics(tx, ctx, "callbacks", `callback:${change.id}`, ...whose);
}

/** The request leaves the hands of whoever holds it; a call that nobody told the end of stays `unknown`. */
export async function dropHold(tx: Transaction, ctx: Context, callbackId: string): Promise<void> {
  await tx.execute(sql`
    delete from callback_holds where workspace_id = ${ctx.workspaceId} and callback_id = ${callbackId}`);
  await tx.execute(sql`
    update callback_attempts set state = 'unknown', ended_at = clock_now()
    where workspace_id = ${ctx.workspaceId} and callback_id = ${callbackId} and outcome is null and state <> 'unknown'`);
}
