import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { addressHash } from "@/server/consent";
import { touchCustomers } from "@/server/events";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { erasedPolicyNumber, externalIdHash } from "./hashes";
import { places } from "./places";
import { type Words, wordsOf } from "./words";

type Due = { suppress: boolean; done: boolean };

/**
 * Removes what the workspace holds of a customer whose erasure is due, in one transaction: all of it, or nothing. Again for
 * one who was erased already, it takes away what came in between. False when nothing is due: done, taken back, or too early.
 */
export function erasePerson(ctx: Context, customerId: string): Promise<boolean> {
  return withTransaction(ctx, async (tx) => {
    const due = await lockDue(tx, ctx, customerId);
    if (!due) return false;
    const words = await wordsOf(tx, ctx, [customerId]);
    if (due.suppress && !due.done) await keepOut(tx, ctx, { words, customerId });
    const removed: Record<string, number> = { policies: await renumberPolicies(tx, ctx, words) };
    for (const [place, statement] of Object.entries(places))
      removed[place] = (await tx.execute(statement(ctx, words))).length;
    Object.assign(removed, await eraseLedgers(tx, ctx, customerId));
    await finish(tx, ctx, { customerId, first: !due.done, removed });
    return true;
  });
}

/** The customer first, then the erasure: the order in which a request locks them. */
async function lockDue(tx: Transaction, ctx: Context, customerId: string): Promise<Due | null> {
  await tx.execute(sql`
    select from customers where workspace_id = ${ctx.workspaceId} and id = ${customerId} for update`);
  const [row] = await tx.execute<Due>(sql`
    select suppress, done_at is not null as done from erasures
    where workspace_id = ${ctx.workspaceId} and customer_id = ${customerId} and cancelled_at is null and checked_at is null
      and due_at <= clock_now() and (done_at is null or done_at <= clock_now() - interval '10 minutes') for update`);
  return row ?? null;
}

/** Keyed hashes of whoever is not to come back; what stood on the list for the address is this now, without a hint. */
async function keepOut(
  tx: Transaction,
  ctx: Context,
  { words, customerId }: { words: Words; customerId: string },
): Promise<void> {
  const rows = [
    ...words.phones.flatMap((phone) =>
      (["sms", "whatsapp", "call"] as const).map((channel) => ({
        channel,
        hash: addressHash(channel, phone),
      })),
    ),
    ...words.emails.map((email) => ({ channel: "email", hash: addressHash("email", email) })),
  ].map((entry) => ({ id: newId(), ...entry }));
  await tx.execute(sql`
    insert into suppressions (id, workspace_id, channel, address_hash, address_hint, reason, origin)
    select id, ${ctx.workspaceId}, channel, hash, '•••', 'erased', 'erasure'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, channel text, hash text)
    order by channel, hash
    on conflict (workspace_id, channel, address_hash)
    do update set reason = 'erased', origin = 'erasure', address_hint = '•••', added_by = null, file_id = null`);
  const [externalId] = words.externalIds;
  if (externalId)
    await tx.execute(sql`
      update erasures set external_id_hash = ${externalIdHash(externalId)}
      where workspace_id = ${ctx.workspaceId} and customer_id = ${customerId} and cancelled_at is null`);
}

/** A policy's number leads to the person: a keyed hash stands in its place. */
async function renumberPolicies(tx: Transaction, ctx: Context, { policyNumbers }: Words): Promise<number> {
  if (policyNumbers.length === 0) return 0;
  const rows = policyNumbers.map((number) => ({ number, erased: erasedPolicyNumber(number) }));
  const changed = await tx.execute(sql`
    update policies p set policy_number = r.erased, updated_at = clock_now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (number text, erased text)
    where p.workspace_id = ${ctx.workspaceId} and p.policy_number = r.number returning 1`);
  return changed.length;
}

async function eraseLedgers(
  tx: Transaction,
  ctx: Context,
  customerId: string,
): Promise<Record<string, number>> {
  const [row] = await tx.execute<{ counts: Record<string, number> }>(sql`
    select erase_from_ledgers(${ctx.workspaceId}, array[${customerId}]::uuid[]) as counts`);
  return row?.counts ?? {};
}

type Finished = { customerId: string; first: boolean; removed: Record<string, number> };

/** Who was erased for the first time is audited and told; who was looked at again is done for good. */
async function finish(
  tx: Transaction,
  ctx: Context,
  { customerId, first, removed }: Finished,
): Promise<void> {
  const counts = JSON.stringify(Object.fromEntries(Object.entries(removed).filter(([, count]) => count > 0)));
  await tx.execute(sql`
    update erasures set ${first ? sql`done_at = clock_now(), removed = ${counts}::jsonb` : sql`checked_at = clock_now()`}
    where workspace_id = ${ctx.workspaceId} and customer_id = ${customerId} and cancelled_at is null`);
  if (!first) return;
  await recordAudit(tx, ctx, { action: "customer.erased", subjectType: "customer", subjectId: customerId });
  await touchCustomers(tx, ctx, [customerId], ["profile"]);
  const shown = ["customers", "erasures", "suppressions", "responses", "callbacks", "inbox"];
  await bumpTopics(tx, ctx, ...shown, `customer:${customerId}`);
}
