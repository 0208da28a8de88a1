import { describe, expect, test } from "vitest";
import { categories, purposeOf } from "@/server/campaigns/status";
import { type Channel, channels } from "@/server/channels/status";
import { tagValues } from "@/server/deliveries";
import { countSms } from "@/server/platform/sms";
import type { Renderer } from "@/server/templates";
import { tags } from "@/server/templates/schemas";
import { target } from "@/server/templates/testing/mail";
import { compileTemplate, linksIn, templateCategoryOf } from "../compilable";
import { templateFields } from "../schemas";
import { builtInTemplates } from ".";

const languages = ["en", "hi"] as const;

/** Somebody of whom everything is known, with a long name; and somebody of whom nothing is. */
const full = {
  name: "Venkataraghavan Subramaniam",
  externalId: "C-10482",
  city: "Pune",
  tier: "gold",
  policyNumber: "HLT-2026-00417",
  productName: "Arogya Family Floater",
  premium: "12500000000",
  currency: "INR",
  renewalDate: "2026-12-14",
  extras: {
    email: "asha@example.test",
    phone: "+919820012345",
    policyType: "health",
    dueDate: "2026-12-14",
    dueAmount: null,
    dueCurrency: null,
    duePolicies: [],
    nextDueDate: "2027-03-14",
    advisorName: "Rohan Mehta",
    callTopic: "policy_issue",
    callAt: "2026-12-14T10:00:00Z",
    timeZone: "Asia/Kolkata",
    attributes: {},
  },
};

type Key = { key: string; channel: Channel; language: string };
const made = new Map<string, Promise<{ render: Renderer; promotional: boolean }>>();

async function makeRenderer({ key, channel, language }: Key) {
  const template = builtInTemplates.find((each) => each.key === key);
  const body = template && compileTemplate(template).body(channel, language);
  if (!template || !body) throw new Error(`${key} says nothing by ${channel} in ${language}`);
  return { render: await body.renderer(), promotional: purposeOf(template.category) === "promotional" };
}

async function render(of: Key, known: boolean) {
  const place = Object.values(of).join(" ");
  const making = made.get(place) ?? makeRenderer(of);
  made.set(place, making);
  const { render: say, promotional } = await making;
  const copy = say(known ? tagValues(full, `${of.language}-IN`) : {}, {
    ...target,
    shortUrl: () => "https://rb.example.in/s/aB3dE6gH9jK2",
    unsubscribeUrl: promotional ? target.unsubscribeUrl : null,
  });
  if (!copy.ok) throw new Error(`${place} lacks ${copy.missingTag}`);
  return copy.content;
}

/** Every text of a template, as it is written. */
const textsOf = ({ content }: (typeof builtInTemplates)[number], language: string): string[] => {
  const { email, sms, whatsapp } = content;
  const mail = email?.[language];
  const chat = whatsapp?.[language];
  return [
    mail?.subject,
    mail?.preheader,
    mail?.body,
    sms?.[language]?.text,
    chat?.parts.body,
    chat?.parts.footer,
  ]
    .concat(chat?.parts.buttons.map(({ label }) => label))
    .filter((text): text is string => typeof text === "string");
};

test("there are at least thirty purposes, each with a name and key of its own, over every category but newsletters", () => {
  expect(builtInTemplates.length).toBeGreaterThanOrEqual(30);
  expect(new Set(builtInTemplates.map(({ key }) => key)).size).toBe(builtInTemplates.length);
  expect(new Set(builtInTemplates.map(({ name }) => name.toLowerCase())).size).toBe(builtInTemplates.length);
  const used = new Set(builtInTemplates.map(({ category }) => category));
  expect(
    Object.keys(categories).filter((category) => !used.has(category as keyof typeof categories)),
  ).toEqual(["newsletter"]);
});

describe.each(builtInTemplates.map((template) => [template.key, template] as const))(
  "%s",
  (key, template) => {
    test("is well formed, speaks both languages on all channels, and has nothing to mend", () => {
      expect(templateFields.safeParse(template).error).toBeUndefined();
      expect(template.languages).toEqual([...languages]);
      const compiled = compileTemplate(template);
      expect(compiled.problems).toEqual([]);
      expect(compiled.tags(channels).required).toEqual([]);
      expect(linksIn(template.content).length).toBe(1);
      const known = new Set<string>(tags.map(({ name }) => name));
      expect(compiled.tags(channels).used.filter((tag) => !known.has(tag))).toEqual([]);
    });

    test.each(languages)(
      "can be sent in %s to whom everything is known of, and to whom nothing is",
      async (language) => {
        for (const channel of channels)
          for (const known of [true, false]) {
            const content = await render({ key, channel, language }, known);
            const words = content.channel === "email" ? `${content.subject} ${content.text}` : content.text;
            expect(words, `${channel} ${known}`).not.toMatch(
              /\{\{|\}\}|\{%|undefined|null|\{button\}|\{link\}/,
            );
            expect(words).not.toMatch(/ {2}|\s[,.।]/);
          }
      },
    );

    test("is short enough as an SMS, without characters that cost twice in English", async () => {
      const english = await render({ key, channel: "sms", language: "en" }, true);
      const hindi = await render({ key, channel: "sms", language: "hi" }, true);
      if (english.channel !== "sms" || hindi.channel !== "sms") throw new Error("not an SMS");
      expect(countSms(english.text).encoding, english.text).toBe("GSM-7");
      expect(english.parts, english.text).toBeLessThanOrEqual(2);
      expect(hindi.parts, hindi.text).toBeLessThanOrEqual(4);
      const nothing = await render({ key, channel: "sms", language: "en" }, false);
      expect(countSms(nothing.channel === "sms" ? nothing.text : "").encoding).toBe("GSM-7");
    });

    test("is a WhatsApp template that Meta takes", () => {
      for (const language of languages) {
        const chat = template.content.whatsapp?.[language];
        const { body, footer, buttons } = chat?.parts ?? { body: "", footer: null, buttons: [] };
        const numbers = [
          ...new Set([...body.matchAll(/\{\{(\d+)\}\}/g)].map(([, number]) => Number(number))),
        ];
        expect(numbers).toEqual(chat?.variables.map((_, nth) => nth + 1));
        // A variable may neither begin nor end the text, nor stand beside another one.
        expect(body).not.toMatch(/^\s*\{\{|\}\}\s*$|\}\}\s*\{\{/);
        expect([...(footer ?? "")].length).toBeLessThanOrEqual(60);
        for (const { label } of buttons) expect([...label].length, label).toBeLessThanOrEqual(25);
      }
      expect(["marketing", "utility"]).toContain(templateCategoryOf(purposeOf(template.category)));
    });

    test("speaks kindly: no exclamation marks, no capitals, no hurry, and Hindi in Devanagari", () => {
      for (const language of languages)
        for (const text of textsOf(template, language)) {
          expect(text).not.toMatch(/[!！]/);
          expect(text).not.toMatch(
            /\b(hurry|urgent|last chance|act now|don't miss|limited time|immediately)\b/i,
          );
          expect(text.replace(/\{\{[^}]*\}\}|STOP|KYC|PDF|UPI|PAN/g, "")).not.toMatch(/[A-Z]{4,}/);
        }
      const hindi = textsOf(template, "hi")
        .join(" ")
        .replace(/\{\{[^}]*\}\}|https?:\S+|\([^)]*\)/g, "");
      const letters = hindi.match(/\p{L}/gu) ?? [];
      const devanagari = hindi.match(/\p{Script=Devanagari}/gu) ?? [];
      expect(devanagari.length / (letters.length || 1)).toBeGreaterThan(0.9);
    });
  },
);
