import { sql } from "drizzle-orm";
import { callbackAsks, callbackRequests } from "@/db/schema/callbacks";
import { type Transaction, withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { attachCustomer } from "./attach-customer";
import type { CallbackRow } from "./change";
import { findPerson, type Person } from "./find-person";
import { recordActivity } from "./record-activity";
import { joinOpen, lockTopic } from "./same-wish";
import { type RequestInput, requestInput } from "./schemas";
import { orderKeyOf, scoreOf } from "./score";
import { startClocks } from "./start-clocks";

/** The open request that stands for this one. `merged`: it was there already, and counts one more ask. */
export type Requested = { id: string; merged: boolean };

type Parsed = ReturnType<typeof requestInput.parse>;

/**
 * A customer wants to be called. Repeats for the same number and topic merge into one open request, however they are
 * spelled and however many arrive at once, unless they are of two customers who share the number; the same `sourceKey` again
 * changes nothing.
 * @throws AppError BAD_INPUT naming the field; NOT_FOUND for a foreign customer
 */
export function requestCallback(ctx: Context, input: RequestInput): Promise<Requested> {
  return withTransaction(ctx, (tx) => requestIn(tx, ctx, input));
}

/** The same in the caller's transaction: what caused the request commits with it. */
export async function requestIn(tx: Transaction, ctx: Context, input: RequestInput): Promise<Requested> {
  const asked = requestInput.parse(input);
  const person = await findPerson(tx, ctx, asked);
  const { phone, customerId, customerName } = person;
  const wish = { phone, requestType: asked.requestType, customerId, customerName };
  await lockTopic(tx, ctx, wish);
  const seen = await findSeen(tx, ctx, asked);
  if (seen) return { id: seen, merged: true };
  const open = await joinOpen(tx, ctx, wish);
  const id = open?.id ?? (await openRequest(tx, ctx, { ...asked, ...person }));
  await recordAsk(tx, ctx, id, asked);
  if (open) await merge(tx, ctx, { open, asked, person });
  await bumpTopics(tx, ctx, "callbacks", `callback:${id}`, ...topicsOf(person));
  return { id, merged: open !== null };
}

const topicsOf = ({ customerId }: Person): string[] => (customerId ? [`customer:${customerId}`] : []);

async function findSeen(
  tx: Transaction,
  ctx: Context,
  { source, sourceKey }: Parsed,
): Promise<string | null> {
  if (!sourceKey) return null;
  const [row] = await tx.execute<{ id: string }>(sql`
    select callback_id as id from callback_asks
    where workspace_id = ${ctx.workspaceId} and source = ${source} and source_key = ${sourceKey}`);
  return row?.id ?? null;
}

/** Remembers the ask itself: its words, its cause, and the key that makes it unique. */
async function recordAsk(tx: Transaction, ctx: Context, callbackId: string, asked: Parsed): Promise<void> {
  await tx.insert(callbackAsks).values({
    id: newId(),
    workspaceId: ctx.workspaceId,
    callbackId,
    source: asked.source,
    sourceKey: asked.sourceKey ?? null,
    description: asked.description,
    ...asked.execution,
  });
}

async function openRequest(tx: Transaction, ctx: Context, asked: Parsed & Person): Promise<string> {
  const now = await readClock(tx);
  const id = newId();
  const { sum, priority } = scoreOf(asked);
  const slot = asked.slot ?? null;
  const stored = {
    requestType: asked.requestType,
    urgency: asked.urgency,
    tier: asked.tier,
    source: asked.source,
    sum,
    priority,
    status: slot ? ("scheduled" as const) : ("pending" as const),
    notBefore: slot?.start ?? now,
    slotStart: slot?.start ?? null,
    slotEnd: slot?.end ?? null,
    slots: slot ? 1 : 0,
    customerId: asked.customerId ?? null,
    campaignId: asked.execution?.campaignId ?? null,
  };
  await tx.insert(callbackRequests).values({
    id,
    workspaceId: ctx.workspaceId,
    ...stored,
    customerName: asked.customerName,
    phone: asked.phone,
    email: asked.email,
    description: asked.description,
    category: asked.category ?? null,
    tags: asked.tags,
    language: asked.language ?? null,
    part: asked.execution?.part ?? null,
    runNumber: asked.execution?.runNumber ?? null,
    seq: asked.execution?.seq ?? null,
    orderKey: orderKeyOf(sum, now),
    createdAt: now,
  });
  await recordActivity(tx, ctx, {
    callbackId: id,
    kind: "created",
    changes: {
      request_type: stored.requestType,
      urgency: stored.urgency,
      tier: stored.tier,
      source: stored.source,
      sum,
      priority,
      order_key: orderKeyOf(sum, now),
      status: stored.status,
      not_before: stored.notBefore,
      slot_start: stored.slotStart,
      slot_end: stored.slotEnd,
      slots: stored.slots,
      customer_id: stored.customerId,
      campaign_id: stored.campaignId,
    },
  });
  await startClocks(tx, ctx, {
    ...stored,
    callbackId: id,
    cycle: 1,
    tags: asked.tags,
    at: stored.notBefore,
    slot,
  });
  return id;
}

/**
 * One more ask of an open request: counted, with its story; nothing that was promised moves. Who asked before and was not known
 * is the customer who asks now.
 */
async function merge(
  tx: Transaction,
  ctx: Context,
  { open, asked, person }: { open: CallbackRow; asked: Parsed; person: Person },
): Promise<void> {
  const [row] = await tx.execute<{ repeats: number }>(sql`
    update callback_requests set repeats = repeats + 1, version = version + 1, updated_at = clock_now()
    where id = ${open.id} and workspace_id = ${ctx.workspaceId} returning repeats`);
  await recordActivity(tx, ctx, {
    callbackId: open.id,
    kind: "repeated",
    changes: { repeats: required(row, "callback").repeats },
    detail: { source: asked.source, campaignId: asked.execution?.campaignId ?? null },
  });
  if (open.customerId === null && person.customerId !== null)
    await attachCustomer(tx, ctx, open, { id: person.customerId, tier: person.tier });
}
