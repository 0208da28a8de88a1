import { instantOn } from "../../days";
import { seedId } from "../../ids";
import type { SeedRow } from "../../insert";
import { makePremiumDueRow } from "./premium-due";

const body = `Dear {{customer_name}},

Your **{{product_name}}** policy {{policy_number}} is due for renewal on {{renewal_date}}. The premium is {{premium_amount}}.

Renewing on time keeps your cover, your no-claim benefits and your waiting periods as they are. It takes about two minutes.

[Renew my policy](https://suraksha.example.com/renew)

If you have paid already, there is nothing to do. If you would like to talk to a person first, [ask for a call](https://suraksha.example.com/call-me) and we will ring you back at a time that suits you.

Warm regards,
Suraksha Insurance Advisors`;

/** The campaigns of the demo, as drafts: whoever starts the demo launches the first through the product's own verbs. */
export const makeCampaignRows = (context: {
  workspaceId: string;
  ownerId: string;
  today: string;
}): SeedRow[] => [
  {
    id: seedId("insurance/campaigns", 0),
    workspace_id: context.workspaceId,
    name: "Renewal drive",
    type: "retention",
    goal: "renewal_rate",
    description: "Reminds every policyholder of the coming renewal and offers a call.",
    status: "draft",
    category: "renewal_reminder",
    audience: { kind: "all" },
    channels: ["email"],
    languages: ["en"],
    bodies: {
      email: {
        en: { subject: "{{first_name}}, your {{product_name}} is due for renewal", preheader: "", body },
      },
    },
    fallbacks: {
      customer_name: "customer",
      first_name: "Hello",
      product_name: "insurance",
      policy_number: "with us",
      renewal_date: "the date printed on your policy",
      premium_amount: "shown in your renewal notice",
    },
    on_unknown: "hold",
    // What scripted customers reach when they pay: so that revenue and return are counted from rows.
    conversion_event: "premium_paid",
    owner_id: context.ownerId,
    version: 1,
    created_at: instantOn(context.today, -1_440),
    updated_at: instantOn(context.today, -1_440),
  },
  makePremiumDueRow(context),
];
