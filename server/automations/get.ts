import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { getCampaign } from "@/server/campaigns";
import type { Context } from "@/server/platform/context";
import type { EntryStatus } from "./status";

/** A running automation as its screen shows it. */
export type AutomationView = {
  version: number;
  /** Since when it listens: the launch, or the last resumption. */
  listensSince: string;
  /** Days of date triggers that were given up because the product was off. */
  skippedDays: number;
  /** Customers let in: ever, and in the last 24 hours. */
  entries: number;
  today: number;
  /** By the trigger's place in the current version. */
  byTrigger: { place: number; entries: number }[];
  /** Where those of the current version are who go on after the first message: how many wait at each step, from 1. */
  steps: { step: number; inside: number }[];
  /** How those of all versions ended, by the reason where there is one. */
  ends: { status: EntryStatus; reason: string | null; entries: number }[];
  latest: {
    customerId: string;
    name: string;
    place: number;
    at: string;
    status: EntryStatus;
    step: number;
    reason: string | null;
  }[];
};

const MOST_SHOWN = 10;

/** What an automated campaign does; null for one that was never switched on. @throws AppError FORBIDDEN, NOT_FOUND */
export async function getAutomation(ctx: Context, input: { id: string }): Promise<AutomationView | null> {
  const { id } = await getCampaign(ctx, input);
  return withTransaction(ctx, async (tx) => {
    const [row] = await tx.execute<Omit<AutomationView, "byTrigger" | "latest" | "steps" | "ends">>(sql`
      select a.version, to_json(a.listens_since) #>> '{}' as "listensSince", a.skipped_days as "skippedDays",
        count(e.*)::int as entries,
        (count(e.*) filter (where e.entered_at > (select clock_now()) - interval '24 hours'))::int as today
      from automations a left join automation_entries e on e.campaign_id = a.campaign_id
      where a.campaign_id = ${id} and a.workspace_id = ${ctx.workspaceId} group by a.campaign_id`);
    if (!row) return null;
    const byTrigger = await tx.execute<{ place: number; entries: number }>(sql`
      select e.place::int as place, count(*)::int as entries from automation_entries e
      join automations a on a.campaign_id = e.campaign_id and a.run_number = e.run_number
      where e.campaign_id = ${id} and e.workspace_id = ${ctx.workspaceId} group by 1 order by 1`);
    const steps = await tx.execute<AutomationView["steps"][number]>(sql`
      select e.step::int as step, count(*)::int as inside from automation_entries e
      join automations a on a.campaign_id = e.campaign_id and a.run_number = e.run_number
      where e.campaign_id = ${id} and e.workspace_id = ${ctx.workspaceId} and e.status = 'inside' group by 1 order by 1`);
    const ends = await tx.execute<AutomationView["ends"][number]>(sql`
      select status, reason, count(*)::int as entries from automation_entries
      where campaign_id = ${id} and workspace_id = ${ctx.workspaceId} and status <> 'inside' group by 1, 2 order by 3 desc`);
    const latest = await tx.execute<AutomationView["latest"][number]>(sql`
      select e.customer_id as "customerId", c.name, e.place::int as place, to_json(e.entered_at) #>> '{}' as at,
        e.status, e.step::int as step, e.reason
      from automation_entries e join customers c on c.id = e.customer_id
      where e.campaign_id = ${id} and e.workspace_id = ${ctx.workspaceId} and e.run_number = (
        select run_number from automations where campaign_id = ${id})
      order by e.seq desc limit ${MOST_SHOWN}`);
    return { ...row, byTrigger: [...byTrigger], steps: [...steps], ends: [...ends], latest: [...latest] };
  });
}
