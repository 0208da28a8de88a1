import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";

type LastWord = {
  customer_id: string;
  channel: string;
  purpose: string;
  action: string;
  evidence: { importId?: string };
};

/** Takes back the consents that an import granted, where its grant is still the last word. */
export async function withdrawConsent(
  tx: Transaction,
  ctx: Context,
  at: { importId: string; customerIds: string[] },
): Promise<void> {
  const last = await tx.execute<LastWord>(sql`
    select distinct on (customer_id, channel, purpose) customer_id, channel, purpose, action, evidence from consents
    where workspace_id = ${ctx.workspaceId} and customer_id = any(${sql.param(at.customerIds)}::uuid[])
    order by customer_id, channel, purpose, id desc`);
  const ours = last
    .filter(({ action, evidence }) => action === "granted" && evidence.importId === at.importId)
    .map(({ customer_id, channel, purpose }) => ({ id: newId(), customer_id, channel, purpose }));
  if (ours.length === 0) return;
  await tx.execute(sql`
    with taken as (
      select * from jsonb_to_recordset(${JSON.stringify(ours)}::jsonb)
        as r (id uuid, customer_id uuid, channel text, purpose text)),
    moved as (
      update consent_states s set granted = false, at = clock_now() from taken
      where s.workspace_id = ${ctx.workspaceId} and s.customer_id = taken.customer_id
        and s.channel = taken.channel and s.purpose = taken.purpose)
    insert into consents (id, workspace_id, customer_id, channel, purpose, action, source, evidence, actor_kind, actor_id)
    select id, ${ctx.workspaceId}, customer_id, channel, purpose, 'withdrawn', 'import undone',
      jsonb_build_object('importId', ${at.importId}::text), ${ctx.actor.kind}, ${ctx.actor.id} from taken`);
}
