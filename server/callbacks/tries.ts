import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import type { CallbackRow } from "./change";
import type { Tried } from "./next-attempt";
import type { Outcome } from "./status";

/** `known`: somebody said how it went, or the bridge did; else it counts as one that nobody answered. */
type Try = Tried & { known: boolean };

/** What was tried for a request since it was opened, or opened again, the oldest first. */
export const readTries = (tx: Transaction, ctx: Context, { id }: Pick<CallbackRow, "id">): Promise<Try[]> =>
  read(
    tx,
    sql`a.workspace_id = ${ctx.workspaceId} and a.callback_id = ${id}
      and a.started_at >= coalesce((select max(at) from callback_activities where workspace_id = ${ctx.workspaceId}
        and callback_id = ${id} and kind = 'reopened'), '-infinity')`,
  );

/**
 * What was tried in vain in the last day for other requests of the same number, open or not, the oldest first: a talk, or a
 * stranger who answered, tires nobody who does not. Found by the indexes of open requests by number, and of closed ones by
 * the time: one that was tried in that day ended after it.
 */
export const readTriesBeside = (
  tx: Transaction,
  ctx: Context,
  { id, phone }: Pick<CallbackRow, "id" | "phone">,
  now: Date,
): Promise<Try[]> =>
  read(
    tx,
    sql`a.workspace_id = ${ctx.workspaceId} and a.callback_id <> ${id}
      and (a.outcome is null or a.outcome not in ('connected', 'wrong_number'))
      and a.started_at > ${now.toISOString()}::timestamptz - interval '1 day' and a.callback_id in (
        select r.id from callback_requests r where r.workspace_id = ${ctx.workspaceId} and r.phone = ${phone}
          and r.status in ('pending', 'assigned', 'in_progress', 'scheduled')
        union all
        select r.id from callback_requests r where r.workspace_id = ${ctx.workspaceId} and r.phone = ${phone}
          and r.closed_at > ${now.toISOString()}::timestamptz - interval '1 day')`,
  );

async function read(tx: Transaction, which: SQL): Promise<Try[]> {
  const rows = await tx.execute<{ at: string; outcome: Outcome | null }>(sql`
    select a.started_at::text as at, a.outcome from callback_attempts a
    where ${which} and (a.outcome is not null or a.state = 'unknown')
      and not (a.via <> 'tel' and a.state = 'failed') -- the bridge never rang the customer
    order by a.started_at`);
  return rows.map(({ at, outcome }) => ({
    at: new Date(at).getTime(),
    outcome: outcome ?? "no_answer",
    known: outcome !== null,
  }));
}
