import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";

type Granted = { customer_id: string; channel: string };

/** Takes back the promotional consents that an import granted, where its grant is still the last word. */
export async function withdrawConsent(
  tx: Transaction,
  ctx: Context,
  at: { importId: string; customerIds: string[] },
): Promise<void> {
  const granted = await tx.execute<Granted>(sql`
    select distinct on (customer_id, channel) customer_id, channel, action, evidence from consents
    where workspace_id = ${ctx.workspaceId} and customer_id = any(${sql.param(at.customerIds)}::uuid[])
      and purpose = 'promotional'
    order by customer_id, channel, id desc`);
  const last = granted as unknown as (Granted & { action: string; evidence: { importId?: string } })[];
  const ours = last
    .filter(({ action, evidence }) => action === "granted" && evidence.importId === at.importId)
    .map(({ customer_id, channel }) => ({ id: newId(), customer_id, channel }));
  if (ours.length === 0) return;
  await tx.execute(sql`
    with taken as (
      select * from jsonb_to_recordset(${JSON.stringify(ours)}::jsonb) as r (id uuid, customer_id uuid, channel text)),
    moved as (
      update consent_states s set granted = false, at = clock_now() from taken
      where s.workspace_id = ${ctx.workspaceId} and s.customer_id = taken.customer_id
        and s.channel = taken.channel and s.purpose = 'promotional')
    insert into consents (id, workspace_id, customer_id, channel, purpose, action, source, evidence)
    select id, ${ctx.workspaceId}, customer_id, channel, 'promotional', 'withdrawn', 'import undone',
      jsonb_build_object('importId', ${at.importId}::text) from taken`);
}
