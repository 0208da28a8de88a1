import { type SQL, sql } from "drizzle-orm";
import { executePrepared } from "@/db/execute-prepared";
import type { Transaction } from "@/db/transaction";
import { keptContent } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { alone } from "@/server/platform/each-workspace";
import type { Listening } from "./enter";
import { holdBack } from "./hold-back";

type Found = Omit<Listening, "triggers" | "content"> & {
  triggers: Listening["triggers"] | null;
  content: string;
};

/** Automations that let customers in now and listen to any of these words, with the triggers that do. */
export async function listeningTo(
  tx: Transaction,
  ctx: Context,
  words: readonly string[],
): Promise<Listening[]> {
  return read(
    tx,
    ctx,
    sql`a.workspace_id = ${ctx.workspaceId} and a.campaign_id in (
      select t.campaign_id from automation_triggers t
      where t.workspace_id = ${ctx.workspaceId} and t.listens = any(${sql.param([...words])}::text[]))`,
    sql`t.listens = any(${sql.param([...words])}::text[])`,
  );
}

/** Automations that listen to scores and segments, with those triggers. */
export function listeningToChanges(tx: Transaction, ctx: Context): Promise<Listening[]> {
  const changes = sql`(t.listens = 'score' or t.listens like 'segment:%')`;
  return read(
    tx,
    ctx,
    sql`a.workspace_id = ${ctx.workspaceId} and exists (
      select from automation_triggers t where t.campaign_id = a.campaign_id and ${changes})`,
    changes,
  );
}

/** An automation that lets customers in now, with the triggers that days bring about; null when it is not running. */
export async function listeningToDays(
  tx: Transaction,
  ctx: Context,
  campaignId: string,
): Promise<Listening | null> {
  const [found] = await read(
    tx,
    ctx,
    sql`a.workspace_id = ${ctx.workspaceId} and a.campaign_id = ${campaignId}`,
    sql`t.listens = 'date'`,
  );
  return found ?? null;
}

const unreadable =
  "What this automation sends cannot be read any more, so it lets nobody in. Change it, look at each message, publish the changes and resume it.";

/**
 * In the order of their ids, in which the customers of several are locked. One whose content cannot be read is paused and says
 * so: events are stored all the same, and the others let their customers in.
 */
async function read(tx: Transaction, ctx: Context, which: SQL, triggers: SQL): Promise<Listening[]> {
  const rows = await executePrepared<Found>(
    tx,
    sql`
    select a.campaign_id as "campaignId", a.run_number::int as "runNumber", r.part, r.content::text as content, a.audience,
      c.hold_out as "holdOut", a.again_hours as "againHours", a.each_policy as "eachPolicy", a.follows,
      (select jsonb_agg(jsonb_build_object('place', t.place, 'trigger', t.trigger) order by t.place)
        from automation_triggers t where t.campaign_id = a.campaign_id and ${triggers}) as triggers
    from automations a join campaigns c on c.id = a.campaign_id join campaign_runs r on r.number = a.run_number
    where c.status = 'active' and ${which}
    order by a.campaign_id`,
  );
  const listening: Listening[] = [];
  for (const { content: text, triggers: placed, ...row } of rows) {
    const { campaignId, runNumber } = row;
    const whose = { workspaceId: ctx.workspaceId, campaignId, runNumber };
    const content = await alone("read an automation", whose, async () => keptContent(text, 0));
    if (content) listening.push({ ...row, content: content.done, triggers: placed ?? [] });
    else await holdBack(tx, ctx, campaignId, unreadable);
  }
  return listening;
}
