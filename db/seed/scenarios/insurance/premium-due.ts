import { instantOn } from "../../days";
import { seedId } from "../../ids";
import type { SeedRow } from "../../insert";

const body = {
  en: `Dear {{customer_name}},

The premium of **{{premium_amount}}** for your {{policy_type}} policy {{policy_number}} is due on **{{due_date}}**.

[Pay the premium](https://suraksha.example.com/pay)

Paying on time keeps your cover and your waiting periods as they are. If you have paid already, there is nothing to do.

Would you like to talk to a person first? [Ask for a call](https://suraksha.example.com/call-me), and {{agent_name | default: "one of us"}} rings you back.

Warm regards,
{{company_name}}`,
  hi: `प्रिय {{customer_name}},

आपकी पॉलिसी {{policy_number}} का प्रीमियम **{{premium_amount}}** दिनांक **{{due_date}}** को देय है।

[प्रीमियम भरें](https://suraksha.example.com/pay)

समय पर भुगतान से आपकी सुरक्षा और प्रतीक्षा अवधि बनी रहती है। यदि आपने भुगतान कर दिया है तो कुछ करने की आवश्यकता नहीं है।

पहले किसी से बात करना चाहेंगे? [कॉल का अनुरोध करें](https://suraksha.example.com/call-me)।

सादर,
{{company_name}}`,
} as const;

const pay = "https://suraksha.example.com/pay";

/** A draft that speaks by WhatsApp, SMS and e-mail, in English and Hindi. */
export const makePremiumDueRow = (context: {
  workspaceId: string;
  ownerId: string;
  today: string;
}): SeedRow => ({
  id: seedId("insurance/campaigns", 1),
  workspace_id: context.workspaceId,
  name: "Premium due, three channels",
  type: "retention",
  goal: "renewal_rate",
  description:
    "Reminds customers of the coming premium by WhatsApp, else by SMS, else by e-mail, in their language.",
  status: "draft",
  category: "renewal_reminder",
  audience: { kind: "tier", tiers: ["platinum", "gold"] },
  channels: ["whatsapp", "sms", "email"],
  languages: ["en", "hi"],
  bodies: {
    whatsapp: Object.fromEntries(
      (["en", "hi"] as const).map((language, nth) => [
        language,
        {
          templateId: seedId("insurance/whatsapp_templates", nth),
          text: "",
          variables: ["{{customer_name}}", "{{premium_amount}}", "{{policy_number}}", "{{due_date}}"],
          headerFileId: null,
          buttonUrls: [pay],
        },
      ]),
    ),
    sms: {
      en: {
        text: "",
        dltTemplateId: seedId("insurance/dlt_templates", 0),
        variables: ["{{first_name}}", "{{premium_amount}}", "{{policy_number}}", "{{due_date}}", pay],
      },
      hi: {
        text: "",
        dltTemplateId: seedId("insurance/dlt_templates", 1),
        variables: ["{{first_name}}", "{{policy_number}}", "{{premium_amount}}", "{{due_date}}", pay],
      },
    },
    email: {
      en: {
        subject: "{{first_name}}, your premium is due on {{due_date}}",
        preheader: "{{premium_amount}} for policy {{policy_number}}: pay in two minutes",
        body: body.en,
      },
      hi: {
        subject: "{{first_name}}, आपका प्रीमियम {{due_date}} को देय है",
        preheader: "पॉलिसी {{policy_number}}: {{premium_amount}}",
        body: body.hi,
      },
    },
  },
  fallbacks: {
    customer_name: "customer",
    first_name: "Customer",
    "hi/customer_name": "ग्राहक",
    "hi/first_name": "ग्राहक",
    due_date: "the due date",
    "hi/due_date": "देय तिथि",
  },
  on_unknown: "hold",
  owner_id: context.ownerId,
  version: 1,
  created_at: instantOn(context.today, -720),
  updated_at: instantOn(context.today, -720),
});
