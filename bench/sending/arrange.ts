import type { Sql } from "postgres";
import { makeWorkspace } from "@/db/testing/factories";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { type LaunchedCampaign, makeLaunchedCampaign } from "@/server/deliveries/testing/campaign";
import { systemContext } from "@/server/platform/context";

/** What both ways send: a renewal reminder with five tags, one link and the branded layout. */
export const message = {
  subject: "{{first_name}}, your policy {{policy_number}} is due",
  body: `Dear {{customer_name}},

Your policy {{policy_number}} ({{product_name}}) is due for renewal on {{renewal_date}}. The premium is {{premium_amount}}.

Pay in two minutes and stay covered without a break: [Renew now](https://example.com/renew)

If you have paid already, thank you: nothing more is needed. Reply to this mail with any question.`,
};

/** A workspace of customers with one policy each, and with consent to service mail. */
export async function arrangeWorkspace(owner: Sql, customers: number): Promise<string> {
  const workspaceId = await makeWorkspace(owner, "Bench");
  await owner`
    insert into customers (id, workspace_id, external_id, name, email)
    select gen_random_uuid(), ${workspaceId}, n::text, 'Asha Rao ' || n, 'customer' || n || '@example.test'
    from generate_series(1, ${customers}::int) n`;
  await owner`
    insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status, premium_micros,
      currency, payment_mode, start_date, renewal_date)
    select gen_random_uuid(), workspace_id, id, 'P' || external_id, 'health', 'Family Health Plus', 'in_force',
      12500000000, 'INR', 'yearly', current_date - 340, current_date + 25
    from customers where workspace_id = ${workspaceId}`;
  await owner`
    insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    select workspace_id, id, 'email', 'service', true from customers where workspace_id = ${workspaceId}`;
  await owner`vacuum analyze customers, policies, consent_states`;
  return workspaceId;
}

/** A frozen campaign to everybody of the workspace that waits for `release`. */
export async function arrangeCampaign(owner: Sql, workspaceId: string): Promise<LaunchedCampaign> {
  const campaign = await makeLaunchedCampaign(owner, workspaceId, {
    bodies: { email: { en: { ...message, preheader: "" } } },
  });
  await owner`update campaigns set status = 'paused' where id = ${campaign.campaignId}`;
  await freezeRun(systemContext(workspaceId), campaign);
  return campaign;
}

/** Lets go; returns the database's time. */
export async function release(owner: Sql, { campaignId }: LaunchedCampaign): Promise<Date> {
  const [row] = await owner<{ at: Date }[]>`
    with released as (update campaigns set status = 'active' where id = ${campaignId})
    select clock_timestamp() as at, pg_notify('ringback_batches', '')`;
  if (!row) throw new Error("no time");
  return row.at;
}
