import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { namesOf, type Use } from "./dependents";

type Named = { id: string; name: string };

/**
 * Why a segment's membership must stay stored, in words: automations under way that who enters or leaves it starts would hear
 * nothing any more. Null when there is none.
 */
export async function whyTracked(tx: Transaction, ctx: Context, { id, name }: Named): Promise<string | null> {
  const listeners = await tx.execute<Use>(sql`
    select 'campaign' as kind, c.id, c.name, c.status from campaigns c
    where c.workspace_id = ${ctx.workspaceId} and c.status in ('active', 'paused') and c.id in (
      select t.campaign_id from automation_triggers t
      where t.workspace_id = ${ctx.workspaceId} and t.listens = ${`segment:${id}`})
    order by c.name, c.id`);
  if (listeners.length === 0) return null;
  return `Whoever enters or leaves “${name}” may start ${namesOf(listeners)}, so who comes and goes stays remembered. Take that trigger out there first, or cancel the campaign.`;
}

/** Call it under `lockRules`. @throws AppError CONFLICT naming the automations that listen to the segment */
export async function refuseListenedTo(tx: Transaction, ctx: Context, segment: Named): Promise<void> {
  const why = await whyTracked(tx, ctx, segment);
  if (why) throw new AppError("CONFLICT", why, { code: "listened_to" });
}
