import { createHash } from "node:crypto";
import { instantOn } from "../../days";
import { seedId } from "../../ids";
import type { SeedRow } from "../../insert";

type SeedContext = { workspaceId: string; today: string };

/** The id that `give_channel_defaults` (migration 0012) makes of the workspace's own for its sandbox account. */
function sandboxAccountId(workspaceId: string, channel: "whatsapp"): string {
  const hex = [...createHash("md5").update(`${workspaceId}sandbox${channel}`).digest("hex")];
  hex[12] = "8";
  hex[16] = "8";
  return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

type Words = { name: string; category: "utility" | "marketing"; body: Record<"en" | "hi", string> };

const whatsapp: readonly (Words & {
  footer: Record<"en" | "hi", string>;
  button: Record<"en" | "hi", string>;
})[] = [
  {
    name: "premium_due",
    category: "utility",
    body: {
      en: "Dear {{1}}, the premium of {{2}} for your policy {{3}} is due on {{4}}. Paying on time keeps your cover as it is.",
      hi: "प्रिय {{1}}, आपकी पॉलिसी {{3}} का प्रीमियम {{2}} दिनांक {{4}} को देय है। समय पर भुगतान से आपकी सुरक्षा बनी रहती है।",
    },
    footer: { en: "Suraksha Insurance Advisors", hi: "सुरक्षा इंश्योरेंस एडवाइज़र्स" },
    button: { en: "Pay now", hi: "अभी भुगतान करें" },
  },
  {
    name: "festival_greetings",
    category: "marketing",
    body: {
      en: "Dear {{1}}, we wish you and your family a happy {{2}}. See what is new for you this season.",
      hi: "प्रिय {{1}}, आपको और आपके परिवार को {{2}} की हार्दिक शुभकामनाएँ। देखिए इस बार आपके लिए क्या नया है।",
    },
    footer: { en: "Reply STOP to end offers", hi: "ऑफ़र बंद करने के लिए STOP लिखें" },
    button: { en: "See what is new", hi: "नया क्या है देखें" },
  },
];

/** WhatsApp templates of the demo, approved in English and Hindi. */
export const makeWhatsAppTemplateRows = ({ workspaceId, today }: SeedContext): SeedRow[] =>
  whatsapp.flatMap(({ name, category, body, footer, button }, nth) =>
    (["en", "hi"] as const).map((language, at) => ({
      id: seedId("insurance/whatsapp_templates", nth * 2 + at),
      workspace_id: workspaceId,
      account_id: sandboxAccountId(workspaceId, "whatsapp"),
      name,
      language,
      category,
      parts: {
        header: null,
        body: body[language],
        footer: footer[language],
        buttons: [
          { kind: "url", label: button[language], url: "https://suraksha.example.com/{{1}}" },
          { kind: "quick_reply", label: language === "en" ? "Call me" : "मुझे कॉल करें" },
        ],
      },
      approval: "approved",
      provider_id: `sandbox-${name}-${language}`,
      created_at: instantOn(today, -90 * 1_440),
      updated_at: instantOn(today, -90 * 1_440),
    })),
  );

type Registered = {
  name: string;
  category: "promotional" | "service_explicit" | "service_implicit" | "transactional";
  language: "en" | "hi";
  header: string;
  text: string;
};

const registry: readonly Registered[] = [
  {
    name: "Premium due",
    category: "service_implicit",
    language: "en",
    header: "SURKSH",
    text: "Dear {#var#}, premium of {#var#} for policy {#alphanumeric#} is due on {#var#}. Pay: {#url#} - Suraksha",
  },
  {
    name: "Premium due (Hindi)",
    category: "service_implicit",
    language: "hi",
    header: "SURKSH",
    text: "प्रिय {#var#}, पॉलिसी {#alphanumeric#} का प्रीमियम {#var#} {#var#} को देय है। भुगतान: {#url#} - सुरक्षा",
  },
  {
    name: "Renewal reminder",
    category: "service_implicit",
    language: "en",
    header: "SURKSH",
    text: "Dear {#var#}, your policy {#alphanumeric#} renews on {#var#}. Call {#cbn#} for help. - Suraksha",
  },
  {
    name: "Payment received",
    category: "transactional",
    language: "en",
    header: "SURKSH",
    text: "We received {#var#} for policy {#alphanumeric#} on {#var#}. Thank you. - Suraksha",
  },
  {
    name: "Festival greetings",
    category: "promotional",
    language: "en",
    header: "510112",
    text: "Dear {#var#}, happy {#var#} from all of us. See your offers: {#url#} - Suraksha",
  },
  {
    name: "Festival greetings (Hindi)",
    category: "promotional",
    language: "hi",
    header: "510112",
    text: "प्रिय {#var#}, {#var#} की शुभकामनाएँ। आपके लिए ऑफ़र: {#url#} - सुरक्षा",
  },
];

/** The demo's DLT registry: the only texts that its SMS to Indian numbers may carry. Its numbers are made up. */
export const makeDltRows = ({ workspaceId, today }: SeedContext): SeedRow[] =>
  registry.map((line, nth) => ({
    id: seedId("insurance/dlt_templates", nth),
    workspace_id: workspaceId,
    entity_id: "1101539160000071234",
    template_id: `110716135841160${String(1_000 + nth * 7)}`,
    provider_id: null,
    status: "active",
    imported_at: instantOn(today, -60 * 1_440),
    ...line,
  }));
