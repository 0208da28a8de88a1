import { sql } from "drizzle-orm";
import { Temporal } from "temporal-polyfill";
import { type Transaction, withTransaction } from "@/db/transaction";
import { parsePhone } from "@/server/customers";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { type workingHours as hours, workingHours } from "@/server/sla";
import type { DialWindow } from "@/server/telephony";
import { type Called, readDialHours } from "./dial-window";
import type { SlotsInput } from "./schemas";
import { inReach } from "./visible";

/** Times that can be promised, day by day in the customer's zone; instants are ISO text. */
export type OfferedSlots = {
  zone: string;
  days: { date: string; slots: { start: string; end: string; time: string; working: boolean }[] }[];
};

const DAYS = 7;
const SLOT_MINUTES = 30;
/** Nobody can be promised a call at once. */
const AHEAD_MS = 15 * 60_000;

/**
 * Half hours of the next days in which the customer may be called, in their own zone; `working`: somebody is there then by
 * the calendar of the policy. What lies outside of the legal hours is not offered; where topic and number are not known yet
 * (nothing written, or half of a number), those of a call that the customer asked for.
 * @throws AppError NOT_FOUND for a request that is none of the caller's
 */
export function offerSlots(ctx: Context, asked: SlotsInput): Promise<OfferedSlots> {
  return withTransaction(ctx, async (tx) => slotsFor(tx, ctx, await calledBy(tx, ctx, asked)));
}

async function calledBy(tx: Transaction, ctx: Context, asked: SlotsInput): Promise<Called> {
  if (asked.callbackId === undefined) {
    const { customerId, phone = "", requestType = "" } = asked;
    const written = parsePhone(phone);
    return {
      customerId: customerId ? parseId(customerId) : null,
      phone: written.ok ? written.value : null,
      requestType,
    };
  }
  const [row] = await tx.execute<Called>(sql`
    select r.customer_id as "customerId", r.phone, r.request_type as "requestType" from callback_requests r
    where ${inReach(ctx)} and r.id = ${parseId(asked.callbackId)}`);
  return required(row, "callback request");
}

/** The same in the caller's transaction. */
export async function slotsFor(tx: Transaction, ctx: Context, called: Called): Promise<OfferedSlots> {
  const { zone, window } = await readDialHours(tx, ctx, called);
  const now = (await readClock(tx)).getTime();
  const facts = { requestType: "", urgency: "medium", tier: "bronze", source: "manual", tags: [] };
  const working = await workingHours(tx, ctx, facts);
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const days = Array.from({ length: DAYS }, (_, nth) =>
    dayOf(today.add({ days: nth }), { zone, window, now, working }),
  );
  return { zone, days: days.filter(({ slots }) => slots.length > 0) };
}

type Given = { zone: string; window: DialWindow; now: number; working: Awaited<ReturnType<typeof hours>> };

function dayOf(
  date: Temporal.PlainDate,
  { zone, window, now, working }: Given,
): OfferedSlots["days"][number] {
  const beginnings = (window.days[date.dayOfWeek] ?? []).flatMap(([opens, closes]) =>
    Array.from(
      { length: Math.floor((closes - opens) / SLOT_MINUTES) },
      (_, nth) => opens + nth * SLOT_MINUTES,
    ),
  );
  const slots = beginnings.map((minutes) => {
    const time = Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
    const start = date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
    const end = start + SLOT_MINUTES * 60_000;
    return {
      at: start,
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
      time: time.toString({ smallestUnit: "minute" }),
      working: working(start, end),
    };
  });
  return {
    date: date.toString(),
    slots: slots.filter(({ at }) => at > now + AHEAD_MS).map(({ at: _, ...slot }) => slot),
  };
}
