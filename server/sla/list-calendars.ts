import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { isOpen, nextOpen, openSpans } from "./calendar";
import { currentPolicies } from "./choose-policy";
import { type Calendar, calendarSchema } from "./schemas";

/** What a calendar says at this moment; instants as ISO text. */
export type OpenState = { open: boolean; closesAt: string | null; opensAt: string | null };

export type CalendarLine = {
  id: string;
  name: string;
  version: number;
  definition: Calendar;
  now: OpenState;
  /** Names of the policies that count by it. */
  policies: string[];
};

/** The calendars of the workspace by name, each with what it says now and who counts by it. */
export function listCalendars(ctx: Context): Promise<CalendarLine[]> {
  return withTransaction(ctx, async (tx) => {
    // The first look makes the hours that a workspace starts with.
    await currentPolicies(tx, ctx);
    const now = await readClock(tx);
    const rows = await readCalendars(tx, ctx);
    return rows.map(({ definition, ...row }) => {
      const calendar = calendarSchema.parse(definition);
      return { ...row, definition: calendar, now: openState(calendar, now) };
    });
  });
}

type Row = { id: string; name: string; version: number; definition: unknown; policies: string[] };

const readCalendars = (tx: Transaction, ctx: Context) =>
  tx.execute<Row>(sql`
    select c.id, c.name, c.version, v.definition,
      array(select p.name from sla_policies p
        join sla_policy_versions pv on pv.policy_id = p.id and pv.version = p.version
        where p.workspace_id = c.workspace_id and p.archived_at is null and pv.calendar_id = c.id
        order by p.is_default, p.position) as policies
    from calendars c join calendar_versions v on v.calendar_id = c.id and v.version = c.version
    where c.workspace_id = ${ctx.workspaceId} and c.archived_at is null order by c.name, c.id`);

/** "Are we open now, until when, and when again?", by the same walk that counts business time. */
export function openState(calendar: Calendar, now: Date): OpenState {
  const at = now.getTime();
  if (calendar.alwaysOpen) return { open: true, closesAt: null, opensAt: null };
  if (!isOpen(calendar, at)) {
    const next = nextOpen(calendar, at);
    return { open: false, closesAt: null, opensAt: next === null ? null : new Date(next).toISOString() };
  }
  const span = openSpans(calendar, at).next().value;
  return { open: true, closesAt: span ? new Date(span.to).toISOString() : null, opensAt: null };
}
