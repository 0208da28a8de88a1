import type { Bodies } from "@/server/campaigns/content";
import type { WholeDraft } from "@/server/campaigns/create-whole";
import { type Channel, channels } from "@/server/channels/status";
import type { RichDocument } from "@/server/templates/content";
import type { VariantBody } from "./campaign-schema";

/** What a campaign says, as this door knows it: one subject, and one message for every channel. */
export type Words = { subject: string | null; message: string | null };

export const wordsOf = (bodies: Bodies, language: string): Words => {
  const mail = bodies.email?.[language];
  const message = mail?.body ?? bodies.whatsapp?.[language]?.text ?? bodies.sms?.[language]?.text ?? null;
  return {
    subject: mail?.subject ?? null,
    message: typeof message === "object" && message !== null ? textOf(message) : message,
  };
};

/** A document of the builder as plain text; tags stand between braces again. */
export function textOf(document: RichDocument): string {
  const words = (node: unknown): string => {
    if (typeof node !== "object" || node === null) return "";
    const { type, text, attrs, content } = node as Record<string, unknown>;
    if (type === "text") return String(text);
    if (type === "tag") return `{{${(attrs as { source: string }).source}}}`;
    if (type === "hardBreak") return "\n";
    const inner = Array.isArray(content) ? content.map(words).join(type === "doc" ? "\n\n" : "") : "";
    return type === "listItem" ? `- ${inner}\n` : inner;
  };
  return words(document).trim();
}

/** The tags that stand in texts, each once, without what is said in their absence. */
export function tagsIn(...texts: (string | null)[]): string[] {
  const found = texts.flatMap((text) => [...(text ?? "").matchAll(/\{\{\s*([a-z][a-z0-9_.]*)/gi)]);
  return [...new Set(found.map(([, name = ""]) => name))].filter((name) => name !== "if" && name !== "end");
}

/** Bodies with other words on these channels; what is said of other channels and languages stays. */
export function withWords(
  bodies: Bodies,
  { subject, message }: { subject?: string | undefined; message?: string | undefined },
  { channels: spoken, language }: { channels: readonly Channel[]; language: string },
): Bodies {
  const now = wordsOf(bodies, language);
  const text = message ?? now.message ?? "";
  const { email = {}, sms = {}, whatsapp = {} } = bodies;
  const mail = email[language] ?? { subject: "", preheader: "", body: "" };
  const next: Bodies = { ...bodies };
  if (spoken.includes("email"))
    next.email = {
      ...email,
      [language]: {
        ...mail,
        subject: subject ?? mail.subject,
        body: message ?? (mail.body === "" ? text : mail.body),
      },
    };
  // What a registered text or an approved template says is theirs; a text of one's own takes their place.
  if (spoken.includes("sms") && (message !== undefined || !sms[language]))
    next.sms = { ...sms, [language]: { text, dltTemplateId: null, variables: [] } };
  if (spoken.includes("whatsapp") && (message !== undefined || !whatsapp[language]))
    next.whatsapp = {
      ...whatsapp,
      [language]: { templateId: null, text, variables: [], headerFileId: null, buttonUrls: [] },
    };
  return next;
}

type Tested = Pick<Required<WholeDraft>, "bodies"> & { language: string; channels: readonly Channel[] };

/** A test of these variants: everybody is in it, compared by clicks; who won is for a person to see. */
export function testOf(variants: readonly VariantBody[], of: Tested): NonNullable<WholeDraft["abTest"]> {
  const varies = variants.some(({ message }) => message !== undefined)
    ? "body"
    : variants.some((each) => each.channels)
      ? "channel"
      : "subject";
  const even = Math.floor(100 / Math.max(variants.length, 1));
  return {
    varies,
    metric: "clicked",
    minimumSample: 100,
    winner: "none",
    testShare: 100,
    waitHours: 24,
    variants: variants.map(({ share, subject, message, channels: own }, place) => ({
      share: share ?? (place === 0 ? 100 - even * (variants.length - 1) : even),
      subjects: place > 0 && varies === "subject" ? { [of.language]: subject ?? "" } : {},
      bodies: place > 0 && varies === "body" ? withWords(of.bodies, { subject, message }, of) : null,
      channels: place > 0 && varies === "channel" ? (own ?? [...channels]) : null,
    })),
  };
}
