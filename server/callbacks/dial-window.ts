import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { countryOfLocale, countryOfPhone } from "@/server/platform/country";
import { AppError, required } from "@/server/platform/errors";
import { type CallPurpose, type DialWindow, dialOpensAt, dialWindowOf, readTopic } from "@/server/telephony";
import type { CallbackRow } from "./change";

/** Whom, and about what. Without a number: the customer's own. */
export type Called = Pick<CallbackRow, "customerId" | "requestType"> & { phone: string | null };

/** Where a customer is, and when they may be called about a topic. */
export type DialHours = { zone: string; purpose: CallPurpose; window: DialWindow };

/** The hours of the number's country for the topic's purpose, in the customer's zone, else the workspace's. */
export async function readDialHours(tx: Transaction, ctx: Context, called: Called): Promise<DialHours> {
  const [row] = await tx.execute<{ zone: string; locale: string; phone: string | null }>(sql`
    select coalesce(c.time_zone, w.time_zone) as zone, w.locale, c.phone from workspaces w
    left join customers c on c.workspace_id = w.id and c.id = ${called.customerId}::uuid where w.id = ${ctx.workspaceId}`);
  const { zone, locale, phone } = required(row, "workspace");
  const { purpose } = await readTopic(tx, ctx, called.requestType);
  return {
    zone,
    purpose,
    window: dialWindowOf([countryOfPhone(called.phone ?? phone), countryOfLocale(locale)], purpose),
  };
}

/** Whether the customer may be called now, and else when. Only the database's time counts. */
export async function readDial(tx: Transaction, ctx: Context, called: Called) {
  const { zone, window } = await readDialHours(tx, ctx, called);
  const now = (await readClock(tx)).getTime();
  const at = dialOpensAt(window, now, zone);
  return { zone, dial: at === now ? { open: true, nextAt: null } : { open: false, nextAt: isoOf(at) } };
}

const isoOf = (at: number): string => new Date(at).toISOString();

/** "Tue, 18 Aug, 09:00 (Asia/Kolkata)". */
export const momentIn = (zone: string, at: number | string): string =>
  `${new Intl.DateTimeFormat("en-IN", {
    ...{ timeZone: zone, weekday: "short", day: "numeric", month: "short" },
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  }).format(new Date(at))} (${zone})`;

/** @throws AppError CONFLICT `outside_dial_window`, which says when the window opens for this customer */
export async function requireDialWindow(tx: Transaction, ctx: Context, called: Called): Promise<void> {
  const { zone, dial } = await readDial(tx, ctx, called);
  if (dial.open || dial.nextAt === null) return;
  throw new AppError(
    "CONFLICT",
    `It is outside the hours in which this customer may be called. They open at ${momentIn(zone, dial.nextAt)}.`,
    { code: "outside_dial_window", nextAt: dial.nextAt },
  );
}
