import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import type { Plan } from "./plan";
import type { ImportConsent } from "./schemas";

type Grant = { id: string; customer_id: string; channel: string; purpose: string };

/**
 * Grants what the file carries to every customer of the chunk who has an address for the channel. Nothing is written where
 * it is granted already, nor where the customer withdrew on the day of the evidence or after it. Returns the customers
 * who were granted something.
 */
export async function grantConsent(
  tx: Transaction,
  ctx: Context,
  at: { importId: string; plan: Plan; consent: ImportConsent },
): Promise<string[]> {
  const { consent } = at;
  if (consent.kind === "none") return [];
  const grants: Grant[] = [];
  for (const { id, statement, known } of at.plan.customers)
    for (const { channel, purpose } of consent.grants) {
      const address =
        channel === "email" ? (statement.email ?? known?.email) : (statement.phone ?? known?.phone);
      if (address) grants.push({ id: newId(), customer_id: id, channel, purpose });
    }
  if (grants.length === 0) return [];
  const granted = await tx.execute<{ customer_id: string }>(sql`
    with offered as (
      select * from jsonb_to_recordset(${JSON.stringify(grants)}::jsonb)
        as r (id uuid, customer_id uuid, channel text, purpose text)),
    moved as (
      insert into consent_states (workspace_id, customer_id, channel, purpose, granted, at)
      select ${ctx.workspaceId}, customer_id, channel, purpose, true, ${consent.date}::date from offered
      order by customer_id, channel, purpose
      on conflict (workspace_id, customer_id, channel, purpose) do update set granted = true, at = excluded.at
      where not consent_states.granted and consent_states.at < excluded.at
      returning customer_id, channel, purpose)
    insert into consents (id, workspace_id, customer_id, channel, purpose, action, source, text_shown, evidence, at,
      actor_kind, actor_id)
    select offered.id, ${ctx.workspaceId}, customer_id, channel, purpose, 'granted', 'import', ${consent.text},
      jsonb_build_object('importId', ${at.importId}::text), ${consent.date}::date, ${ctx.actor.kind}, ${ctx.actor.id}
    from moved join offered using (customer_id, channel, purpose)
    returning customer_id`);
  return [...new Set(granted.map((row) => row.customer_id))];
}
