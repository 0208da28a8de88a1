import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import { tiers } from "@/server/customers/schemas";
import { withoutUndefined } from "@/server/platform/changes";
import type { Context } from "@/server/platform/context";
import { appendClockEvents, choosePolicy } from "@/server/sla";
import { type CallbackRow, changeCallback, lockCallback } from "./change";
import { requireLead, requireOnlyOpen } from "./close";
import { orderKeyOf, scoreOf } from "./score";
import { type Urgency, urgencies } from "./status";

const urgencyKeys = Object.keys(urgencies) as [Urgency, ...Urgency[]];
export const editInput = z.object({
  callbackId: z.string(),
  requestType: z.string().trim().min(1).max(60).optional(),
  urgency: z.enum(urgencyKeys).optional(),
  tier: z.enum(tiers).optional(),
});
export type EditInput = z.input<typeof editInput>;

/** Changes what the score is made of. A new category has new targets: elapsed time is kept, what is left is recomputed. */
export function editCallback(ctx: Context, input: EditInput): Promise<void> {
  const { callbackId, ...changed } = editInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    requireLead(ctx);
    const row = await lockCallback(tx, ctx, { id: callbackId, verb: "edit" });
    const edited = { ...row, ...withoutUndefined(changed) };
    if (edited.requestType !== row.requestType) await requireOnlyOpen(tx, ctx, edited);
    const { sum, priority } = scoreOf(edited);
    await changeCallback(tx, ctx, {
      id: row.id,
      kind: "edited",
      set: {
        request_type: edited.requestType,
        urgency: edited.urgency,
        tier: edited.tier,
        sum,
        priority,
        order_key: orderKeyOf(sum, new Date(row.createdAt)),
      },
    });
    await retarget(tx, ctx, { ...edited, priority });
  });
}

async function retarget(tx: Transaction, ctx: Context, row: CallbackRow): Promise<void> {
  const policy = await choosePolicy(tx, ctx, row);
  const targets = policy.definition.targets[row.priority];
  const { policyId, policyVersion, calendarId, calendarVersion } = policy;
  const clocks = await tx.execute<{
    metric: "first_attempt" | "first_contact" | "resolution";
    at: string;
  }>(sql`
    select metric, greatest(started_at, clock_now())::text as at from sla_clocks
    where workspace_id = ${ctx.workspaceId} and callback_id = ${row.id} and cycle = ${row.cycle} and status <> 'stopped'
      and metric <> 'promise' order by metric`);
  await appendClockEvents(tx, ctx, {
    callbackId: row.id,
    cycle: row.cycle,
    events: clocks.map(({ metric, at }) => ({
      metric,
      kind: "retarget",
      at: new Date(at),
      targetMs: 60_000 * (metric === "resolution" ? targets.resolutionMinutes : targets.firstAttemptMinutes),
      policyId,
      policyVersion,
      calendarId,
      calendarVersion,
    })),
  });
}
