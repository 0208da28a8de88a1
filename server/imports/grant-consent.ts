import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import type { ImportConsent } from "./schemas";
import type { Plan } from "./write-rows";

type Grant = { id: string; customer_id: string; channel: string };

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
  const offer = (id: string, email: string | null, phone: string | null) => {
    for (const channel of consent.channels)
      if ((channel === "email" ? email : phone) !== null)
        grants.push({ id: newId(), customer_id: id, channel });
  };
  for (const { id, row } of at.plan.created) offer(id, row.email, row.phone);
  for (const { customer, row } of [...at.plan.updates.map(({ decision }) => decision), ...at.plan.unchanged])
    offer(customer.id, row.email ?? customer.email, row.phone ?? customer.phone);
  if (grants.length === 0) return [];
  const granted = await tx.execute<{ customer_id: string }>(sql`
    with offered as (
      select * from jsonb_to_recordset(${JSON.stringify(grants)}::jsonb) as r (id uuid, customer_id uuid, channel text)),
    moved as (
      insert into consent_states (workspace_id, customer_id, channel, purpose, granted, at)
      select ${ctx.workspaceId}, customer_id, channel, 'promotional', true, ${consent.date}::date from offered
      on conflict (workspace_id, customer_id, channel, purpose) do update set granted = true, at = excluded.at
      where not consent_states.granted and consent_states.at < excluded.at
      returning customer_id, channel)
    insert into consents (id, workspace_id, customer_id, channel, purpose, action, source, text_shown, evidence, at)
    select offered.id, ${ctx.workspaceId}, customer_id, channel, 'promotional', 'granted', 'import', ${consent.text},
      jsonb_build_object('importId', ${at.importId}::text), ${consent.date}::date
    from moved join offered using (customer_id, channel)
    returning customer_id`);
  return [...new Set(granted.map((row) => row.customer_id))];
}
