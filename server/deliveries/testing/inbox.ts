import type { Sql } from "postgres";

/** What of a campaign lies in the sandbox's inbox, in no order. */
export const inboxOf = (owner: Sql, campaignId: string) =>
  owner<{ customer: string; html: string }[]>`
    select customer_id as customer, html from sandbox_messages where campaign_id = ${campaignId}`;
