import { sql } from "drizzle-orm";
import { hotSql } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import { notify } from "@/server/notifications";
import type { Context } from "@/server/platform/context";
import { eachWorkspace } from "@/server/platform/each-workspace";
import { sendCallbackMessage } from "./send";
import { readMessageSettings } from "./settings";

const MOST_WORKSPACES = 100;
const MOST_AT_ONCE = 200;

/**
 * Reminds customers and agents of promised times in every workspace; one that breaks holds up no other. Returns how many
 * promises it looked at.
 */
export async function remindEverywhere(): Promise<number> {
  const due = await hotSql()<{ workspaceId: string }[]>`
    select workspace_id as "workspaceId" from workspaces_with_calls_to_remind(${MOST_WORKSPACES})`;
  return (await eachWorkspace("reminders", due, remindOfCalls)).done;
}

type Due = {
  callbackId: string;
  customerId: string | null;
  assigneeId: string | null;
  slots: number;
  fresh: boolean;
};

/**
 * The same for one workspace: each promise once, so many minutes before it as the setting says. Who was promised a time that is
 * nearer than that has just heard it, and is not reminded.
 */
export function remindOfCalls(ctx: Context): Promise<number> {
  return withTransaction(ctx, async (tx) => {
    const lead =
      (await readMessageSettings(tx, ctx)).find(({ kind }) => kind === "reminder")?.leadMinutes ?? 60;
    const before = sql`${lead} * interval '1 minute'`;
    const rows = await tx.execute<Due>(sql`
      with due as (
        select id from callback_requests
        where workspace_id = ${ctx.workspaceId} and status = 'scheduled' and reminded_slot < slots
          and slot_start > (select clock_now()) and slot_start <= (select clock_now()) + ${before}
        order by slot_start limit ${MOST_AT_ONCE} for update skip locked)
      update callback_requests r set reminded_slot = r.slots from due
      where r.workspace_id = ${ctx.workspaceId} and r.id = due.id
      returning r.id as "callbackId", r.customer_id as "customerId", r.assignee_id as "assigneeId", r.slots::int as slots,
        coalesce((select max(a.at) from callback_activities a where a.workspace_id = r.workspace_id and a.callback_id = r.id
          and a.kind in ('created', 'scheduled', 'rescheduled')) > r.slot_start - ${before}, false) as fresh`);
    for (const { callbackId, customerId, assigneeId, slots, fresh } of rows) {
      if (!fresh) await sendCallbackMessage(tx, ctx, "reminder", { callbackId, customerId, nth: slots });
      await notify(tx, ctx, assigneeId === null ? [] : [assigneeId], {
        kind: "callback_reminder",
        subjectType: "callback",
        subjectId: callbackId,
        text: "A call that you have was promised for a time that is near.",
        key: `${callbackId}:reminder:${slots}`,
      });
    }
    return rows.length;
  });
}
