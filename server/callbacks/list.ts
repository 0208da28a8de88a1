import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { type KeysetPage, keysetPage } from "@/server/platform/keyset";
import { type CallbackLine, readLines } from "./lines";
import { type ListCallbacksInput, listCallbacksInput } from "./schemas";
import { callbackReaders, type QueueTab } from "./status";
import { heldByMe, inReach, isOverdue } from "./visible";

export type CallbackPage = KeysetPage<CallbackLine>;

/** How a tab is ordered, and how the row `at` of a cursor compares in that order. */
type Order = { by: SQL; against: SQL; after: (at: SQL) => SQL; before: (at: SQL) => SQL };

/** What is called next: the fixed key of the queue (`sla.md`). */
const queueOrder: Order = {
  by: sql`r.order_key desc, r.created_at, r.id`,
  against: sql`r.order_key, r.created_at desc, r.id desc`,
  after: (at) =>
    sql`(r.order_key < ${at}.order_key or (r.order_key = ${at}.order_key and (r.created_at, r.id) > (${at}.created_at, ${at}.id)))`,
  before: (at) =>
    sql`(r.order_key > ${at}.order_key or (r.order_key = ${at}.order_key and (r.created_at, r.id) < (${at}.created_at, ${at}.id)))`,
};
const slotOrder: Order = {
  by: sql`r.slot_start, r.id`,
  against: sql`r.slot_start desc, r.id desc`,
  after: (at) => sql`(r.slot_start, r.id) > (${at}.slot_start, ${at}.id)`,
  before: (at) => sql`(r.slot_start, r.id) < (${at}.slot_start, ${at}.id)`,
};
const closedOrder: Order = {
  by: sql`r.closed_at desc, r.id desc`,
  against: sql`r.closed_at, r.id`,
  after: (at) => sql`(r.closed_at, r.id) < (${at}.closed_at, ${at}.id)`,
  before: (at) => sql`(r.closed_at, r.id) > (${at}.closed_at, ${at}.id)`,
};

/** Each state of an open request has an index of its own: the heads are read apart and merged. */
const openBranches: readonly SQL[] = [
  sql`r.status in ('pending', 'assigned')`,
  sql`r.status = 'in_progress' and r.id in (select callback_id from callback_holds where workspace_id = r.workspace_id)`,
  sql`r.status = 'scheduled'`,
];

/** Callback requests of a tab, a page at a time, in the order in which they are called. @throws AppError FORBIDDEN */
export async function listCallbacks(ctx: Context, given: Partial<ListCallbacksInput>): Promise<CallbackPage> {
  requireRole(ctx, ...callbackReaders);
  const input = listCallbacksInput.parse(given);
  return withTransaction(ctx, async (tx) => {
    const ids = await findIds(tx, ctx, input);
    const page = keysetPage(ids, { size: input.limit, after: input.after, before: input.before });
    const rows = await readLines(
      tx,
      ctx,
      page.rows.map(({ id }) => id),
    );
    return { ...page, rows };
  });
}

async function findIds(tx: Transaction, ctx: Context, input: ListCallbacksInput): Promise<{ id: string }[]> {
  const order = orderOf(input.tab);
  const cursor = input.after ?? input.before;
  const place = input.after ? order.after(sql`at`) : input.before ? order.before(sql`at`) : null;
  const by = input.before ? order.against : order.by;
  const from = cursor
    ? sql`callback_requests r, (select order_key, created_at, slot_start, closed_at, id from callback_requests
        where workspace_id = ${ctx.workspaceId} and id = ${cursor}) at`
    : sql`callback_requests r`;
  const where = sql.join([inReach(ctx), ...conditionsOf(ctx, input), ...(place ? [place] : [])], sql` and `);
  const branches = branchesOf(input.tab).map(
    (branch) => sql`(select r.id, r.order_key, r.created_at, r.slot_start, r.closed_at from ${from}
      where ${branch} and ${where} order by ${by} limit ${input.offset + input.limit + 1})`,
  );
  const rows = await tx.execute<{ id: string }>(sql`
    select r.id from (${sql.join(branches, sql` union all `)}) r order by ${by} limit ${input.limit + 1} offset ${input.offset}`);
  return [...rows];
}

const orderOf = (tab: QueueTab): Order =>
  tab === "scheduled" ? slotOrder : tab === "closed" ? closedOrder : queueOrder;

function branchesOf(tab: QueueTab): readonly SQL[] {
  if (tab === "scheduled") return [sql`r.status = 'scheduled'`];
  if (tab === "closed") return [sql`r.closed_at is not null`];
  return openBranches;
}

function conditionsOf(ctx: Context, input: ListCallbacksInput): SQL[] {
  const { tab, type, source, urgency, tier, priority, status, assignee, search, today } = input;
  const anyOf = (column: SQL, values: readonly string[]) =>
    values.length > 0 ? [sql`${column} = any(${sql.param(values)}::text[])`] : [];
  return [
    ...(tab === "high" || tab === "medium" || tab === "low" ? [sql`r.priority = ${tab}`] : []),
    ...(tab === "mine" ? [sql`(r.assignee_id = ${ctx.membershipId} or ${heldByMe(ctx)})`] : []),
    ...(tab === "overdue" ? [isOverdue] : []),
    ...(tab === "closed" && today
      ? [sql`r.closed_at >= ${todayBegins(ctx)} and r.status = 'completed'`]
      : []),
    ...anyOf(sql`r.request_type`, type),
    ...anyOf(sql`r.source`, source),
    ...anyOf(sql`r.urgency`, urgency),
    ...anyOf(sql`r.tier`, tier),
    ...anyOf(sql`r.priority`, priority),
    ...anyOf(sql`r.status`, status),
    ...(assignee.length > 0
      ? [sql`coalesce(r.assignee_id::text, 'nobody') = any(${sql.param(assignee)}::text[])`]
      : []),
    ...(search ? [matches(ctx, search)] : []),
  ];
}

/** By name, by words of what was asked, and by the end of a number for those who may read numbers. */
function matches(ctx: Context, search: string): SQL {
  const like = `%${search.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const digits = search.replaceAll(/\D/g, "");
  const phone = digits.length >= 4 && ctx.role !== "agent" ? [sql`r.phone like ${`%${digits}%`}`] : [];
  return sql`(${sql.join([sql`r.customer_name ilike ${like}`, sql`r.description ilike ${like}`, ...phone], sql` or `)})`;
}

/** Midnight of the workspace's day. */
export const todayBegins = (
  ctx: Context,
): SQL => sql`(select date_trunc('day', (select clock_now()) at time zone w.time_zone)
  at time zone w.time_zone from workspaces w where w.id = ${ctx.workspaceId})`;
