import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import { type Context, systemContext } from "@/server/platform/context";
import { changeCallback } from "./change";
import { cancelCallback, reopenIn } from "./close";
import { readCustomerToken } from "./links";
import { type OfferedSlots, slotsFor } from "./offer-slots";
import { scheduleIn } from "./schedule";
import { type CustomerWish, customerWish } from "./schemas";
import { type CallbackStatus, openStatuses } from "./status";

/** What the customer of a request sees of it: nothing of the queue, and no address. */
export type CustomerPage = {
  companyName: string;
  requestType: string;
  status: CallbackStatus;
  /** ISO instants; in the customer's zone. */
  slotStart: string | null;
  zone: string;
  open: boolean;
  /** Not reached, and not long ago: a time can be booked, which opens the request again. */
  bookable: boolean;
  /** Somebody may be on the line now: it cannot be moved. */
  inHand: boolean;
  /** Talked to, so that it can be said how it went. */
  talked: boolean;
  satisfaction: number | null;
  slots: OfferedSlots;
};

type Row = Omit<CustomerPage, "open" | "bookable" | "inHand" | "talked" | "slots" | "zone"> & {
  customerId: string | null;
  phone: string;
  contactedAt: string | null;
  bookable: boolean;
};

/** For so long after the end a customer may book again, or say how the call was. */
const LATE_DAYS = 30;

/** The acts of a customer are told apart from those of members by the actor. */
const actorOf = (workspaceId: string): Context => ({
  ...systemContext(workspaceId),
  actor: { kind: "customer", id: null },
});

/** The page behind a signed link; null for a link that is none of ours, or whose request is gone. */
export async function getCustomerPage(token: string): Promise<CustomerPage | null> {
  const link = readCustomerToken(token);
  if (!link) return null;
  const ctx = actorOf(link.workspaceId);
  return withTransaction(ctx, async (tx) => {
    const row = await readRow(tx, ctx, link.callbackId);
    if (!row) return null;
    const { customerId, phone, contactedAt, ...shown } = row;
    const slots = await slotsFor(tx, ctx, { customerId, phone, requestType: row.requestType });
    return {
      ...shown,
      zone: slots.zone,
      open: openStatuses.some((status) => status === row.status),
      inHand: row.status === "in_progress",
      talked: contactedAt !== null,
      slots,
    };
  });
}

async function readRow(tx: Transaction, ctx: Context, callbackId: string): Promise<Row | undefined> {
  const [row] = await tx.execute<Row>(sql`
    select coalesce(nullif(w.branding ->> 'companyName', ''), w.name) as "companyName", r.request_type as "requestType",
      r.status, to_json(r.slot_start) #>> '{}' as "slotStart", r.satisfaction, r.customer_id as "customerId", r.phone,
      r.contacted_at::text as "contactedAt",
      r.status = 'expired' and r.closed_at > (select clock_now()) - ${LATE_DAYS} * interval '1 day' as bookable
    from callback_requests r join workspaces w on w.id = r.workspace_id
    where r.workspace_id = ${ctx.workspaceId} and r.id = ${callbackId}`);
  return row;
}

/**
 * Does what the customer chose: another time, no call any more, or how it went. False for a link that is none of ours, and
 * for what cannot be changed any more. @throws AppError BAD_INPUT for a time that cannot be had; CONFLICT
 */
export async function doCustomerWish(token: string, input: CustomerWish): Promise<boolean> {
  const link = readCustomerToken(token);
  if (!link) return false;
  const ctx = actorOf(link.workspaceId);
  const { callbackId } = link;
  const wish = customerWish.parse(input);
  const page = await getCustomerPage(token);
  if (!page) return false;
  if (wish.do === "rate") return page.talked && rate(ctx, callbackId, wish.satisfaction);
  if (page.inHand || !(page.open || page.bookable)) return false;
  if (wish.do === "cancel") {
    if (!page.open) return false;
    await cancelCallback(ctx, { callbackId, reason: "customer_withdrew" });
    return true;
  }
  const slot = page.slots.days.flatMap((day) => day.slots).find(({ start }) => start === wish.start);
  if (!slot) return false;
  const promised = { start: new Date(slot.start), end: new Date(slot.end) };
  await withTransaction(ctx, async (tx) => {
    if (page.bookable) await reopenIn(tx, ctx, { callbackId });
    await scheduleIn(tx, ctx, { callbackId, slot: promised, fromHand: false });
  });
  return true;
}

/** One answer: the first press is kept, a second one of a slow line changes nothing. */
function rate(ctx: Context, callbackId: string, satisfaction: number): Promise<boolean> {
  return withTransaction(ctx, async (tx) => {
    const now = await readClock(tx);
    const [row] = await tx.execute<{ contacted: string; satisfaction: number | null }>(sql`
      select contacted_at::text as contacted, satisfaction from callback_requests
      where workspace_id = ${ctx.workspaceId} and id = ${callbackId} and contacted_at is not null for update`);
    if (!row || now.getTime() - new Date(row.contacted).getTime() > LATE_DAYS * 86_400_000) return false;
    if (row.satisfaction !== null) return row.satisfaction === satisfaction;
    await changeCallback(tx, ctx, { id: callbackId, kind: "rated", set: { satisfaction } });
    return true;
  });
}
