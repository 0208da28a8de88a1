import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { requestIn } from "@/server/callbacks";
import { parsePhone } from "@/server/customers";
import type { Context } from "@/server/platform/context";
import { loggerFor } from "@/server/platform/logger";
import type { InboundCall } from "@/server/telephony";

const log = loggerFor("calls");

/** Nothing says what a missed call was about. */
const TOPIC = "general_inquiry";

type Told = { accountId: string; call: InboundCall };

/**
 * A customer called a line and nobody took it: that is a wish to be called back, merged like any other with what waits for the
 * number and the topic. The same call told again, in whatever order, changes nothing; nor does one after which somebody has
 * talked with them already, or whose number cannot be called.
 */
export async function hearMissedCall(
  tx: Transaction,
  ctx: Context,
  { accountId, call }: Told,
): Promise<void> {
  if (await isOwn(tx, ctx, { accountId, call })) return;
  const phone = parsePhone(call.from ?? "");
  if (!phone.ok) {
    log.info({ accountId, providerCallId: call.providerCallId }, "a missed call has no number to call back");
    return;
  }
  if (call.at && (await wasReached(tx, ctx, { phone: phone.value, since: call.at }))) return;
  await requestIn(
    tx,
    { ...ctx, actor: { kind: "customer", id: null } },
    {
      phone: phone.value,
      requestType: TOPIC,
      description: `Called${call.line ? ` ${call.line.slice(0, 24)}` : ""}, and nobody took the call.`,
      source: "missed_call",
      sourceKey: `${accountId}:${call.providerCallId}`.slice(0, 200),
    },
  );
}

/** A bridged call of ours, or one from a line of ours: providers tell of those in the same way. */
async function isOwn(tx: Transaction, ctx: Context, { accountId, call }: Told): Promise<boolean> {
  const found = await tx.execute(sql`
    select 1 from calls where workspace_id = ${ctx.workspaceId} and account_id = ${accountId}
      and intended_at > clock_now() - interval '1 day' and provider_call_id = ${call.providerCallId}
    union all select 1 from telephony_lines where workspace_id = ${ctx.workspaceId}
      and right(number, 10) = right(regexp_replace(${call.from ?? ""}, '\\D', '', 'g'), 10) limit 1`);
  return found.length > 0;
}

/** Whether somebody has called the number since and talked; a provider is never later than a day. */
async function wasReached(
  tx: Transaction,
  ctx: Context,
  { phone, since }: { phone: string; since: Date },
): Promise<boolean> {
  const found = await tx.execute(sql`
    select 1 from callback_attempts a join callback_requests r on r.workspace_id = a.workspace_id and r.id = a.callback_id
    where a.workspace_id = ${ctx.workspaceId} and r.phone = ${phone} and a.connected_at is not null
      and a.started_at > greatest(${since.toISOString()}::timestamptz, clock_now() - interval '1 day') limit 1`);
  return found.length > 0;
}
