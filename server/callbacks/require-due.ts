import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import type { CallbackRow } from "./change";

/**
 * The time until the next try, or until the promised time, is over (`sla.md`: at most one try an hour). Whoever made a try whose
 * end is not known may have the request before, with `toSay`: to say how it went, not to dial.
 * @throws AppError CONFLICT `not_yet`, with the instant
 */
export async function requireDue(
  tx: Transaction,
  ctx: Context,
  { id, status }: Pick<CallbackRow, "id" | "status">,
  { toSay = false } = {},
): Promise<void> {
  const [early] = await tx.execute<{ at: string }>(sql`
    select to_json(r.not_before) #>> '{}' as at from callback_requests r
    where r.workspace_id = ${ctx.workspaceId} and r.id = ${id} and r.not_before > clock_now()
      and not (${toSay} and exists (select from callback_attempts a where a.workspace_id = r.workspace_id
        and a.callback_id = r.id and a.membership_id = ${ctx.membershipId} and a.started_at = r.last_attempt_at
        and a.outcome is null and a.state = 'unknown'))`);
  if (!early) return;
  throw new AppError(
    "CONFLICT",
    status === "scheduled"
      ? "The customer was promised a later time. Move the time first if they want the call now."
      : "It is too early for the next try. The rules leave time between two calls to the same person.",
    { code: "not_yet", at: early.at },
  );
}
