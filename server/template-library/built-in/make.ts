import { purposeOf } from "@/server/campaigns/status";
import { channels } from "@/server/channels/status";
import { BUTTON_ADDRESS, placeholderOf } from "../compilable";
import { numbered } from "../content";
import type { TemplateFields, WhatsAppContent } from "../schemas";
import type { BuiltIn, Words } from "./words";

const languages = ["en", "hi"] as const;
type Language = (typeof languages)[number];

const phrases = {
  en: {
    greeting: "Dear {{customer_name}},",
    farewell: "Warm regards,\n{{company_name}}",
    callMe: "Please call me",
    stop: "Reply STOP to end offers.",
  },
  hi: {
    greeting: "प्रिय {{customer_name}},",
    farewell: "सादर,\n{{company_name}}",
    callMe: "कृपया मुझे कॉल करें",
    stop: "ऑफ़र बंद करने के लिए STOP लिखें।",
  },
} as const;

/** What is said where a customer has no value. Every sentence of the library reads well with these. */
const fallbacks: Record<string, string> = {
  customer_name: "customer",
  first_name: "friend",
  policy_number: "with us",
  policy_type: "insurance",
  product_name: "insurance",
  premium_amount: "as stated in your premium notice",
  renewal_date: "the date in your renewal notice",
  due_date: "the date in your premium notice",
  next_due_date: "the date in your premium schedule",
  agent_name: "your advisor",
  "hi/customer_name": "ग्राहक",
  "hi/first_name": "मित्र",
  "hi/policy_number": "(नंबर दस्तावेज़ में)",
  "hi/policy_type": "बीमा",
  "hi/product_name": "बीमा",
  "hi/premium_amount": "नोटिस में दी गई राशि",
  "hi/renewal_date": "नोटिस में दी गई तारीख",
  "hi/due_date": "नोटिस में दी गई तारीख",
  "hi/next_due_date": "प्रीमियम तालिका की अगली तारीख",
  "hi/agent_name": "हमारे सलाहकार",
};

/** The content of a built-in template, as every workspace begins with it. */
export function makeTemplate(built: BuiltIn): TemplateFields & { key: string } {
  const { key, name, description, category, type, goal, channels: order, words } = built;
  const of = <Made>(make: (words: Words, language: Language) => Made): Record<string, Made> =>
    Object.fromEntries(languages.map((language) => [language, make(words[language], language)]));
  const content = {
    email: of((said, language) => ({
      subject: said.subject,
      preheader: said.preheader,
      body: emailBody(said, language, built),
    })),
    sms: of((said) => ({ text: said.sms.replace("{link}", placeholderOf(built.link)) })),
    whatsapp: of((said, language) => whatsappBody(said, language, built)),
  };
  const used = JSON.stringify(content);
  return {
    key,
    name,
    description,
    category,
    type,
    goal,
    channels: [...(order ?? channels)],
    languages: [...languages],
    content: { ...content, fallbacks: fallbacksOf(used) },
  };
}

function emailBody({ email, button }: Words, language: Language, { link }: BuiltIn): string {
  const { greeting, farewell } = phrases[language];
  const body = email.replace("{button}", `[${button}](${placeholderOf(link)})`);
  return [greeting, body, farewell].join("\n\n");
}

function whatsappBody({ whatsapp, button }: Words, language: Language, built: BuiltIn): WhatsAppContent {
  const { greeting, callMe, stop } = phrases[language];
  const { text, variables } = numbered(`${greeting}\n\n${whatsapp}`);
  return {
    parts: {
      header: null,
      body: text,
      footer: purposeOf(built.category) === "promotional" ? stop : null,
      buttons: [
        { kind: "url", label: button, url: BUTTON_ADDRESS },
        ...(built.callMe ? [{ kind: "quick_reply" as const, label: callMe }] : []),
      ],
    },
    variables,
    buttonUrls: [placeholderOf(built.link)],
    headerFileId: null,
  };
}

/** Those that the content has a tag for. */
function fallbacksOf(content: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fallbacks).filter(([key]) =>
      new RegExp(`\\{\\{\\s*${key.split("/").at(-1)}\\b`).test(content),
    ),
  );
}
