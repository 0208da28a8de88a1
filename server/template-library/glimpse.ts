import type { Channel } from "@/server/channels/status";
import {
  documentOf,
  type RichBlock,
  type RichDocument,
  type RichInline,
  type RichList,
} from "@/server/templates/content";
import { tags } from "@/server/templates/schemas";
import { named } from "./content";
import type { TemplateContent } from "./schemas";

/** The first words of a template as a reader would see them, for a card. */
export type Glimpse = {
  channel: Channel;
  language: string;
  /** Of a mail. */
  subject: string;
  text: string;
  /** Labels of the buttons. */
  buttons: string[];
};

const LONGEST = 420;
const examples = new Map<string, string>(tags.map(({ name, example }) => [name, example]));

type Wanted = { channels: readonly Channel[]; languages: readonly string[]; companyName: string };

/** A glimpse by the first of the channels and languages that the content has; tags show their example. */
export function glimpseOf(content: TemplateContent, wanted: Wanted): Glimpse | null {
  for (const channel of wanted.channels)
    for (const language of wanted.languages) {
      const found = bodyOf(content, channel, language);
      if (!found) continue;
      const say = (text: string) => exemplify(text, wanted.companyName);
      return {
        channel,
        language,
        subject: say(found.subject),
        text: say(found.text).slice(0, LONGEST),
        buttons: found.buttons,
      };
    }
  return null;
}

function bodyOf(content: TemplateContent, channel: Channel, language: string) {
  if (channel === "email") {
    const mail = content.email?.[language];
    if (!mail) return null;
    const document = typeof mail.body === "string" ? documentOf(mail.body) : mail.body;
    const buttons = document.content.flatMap((block) =>
      block.type === "button" ? [wordsOf(block.content)] : [],
    );
    return { subject: mail.subject, text: plainText(document), buttons };
  }
  if (channel === "sms") {
    const sms = content.sms?.[language];
    return sms ? { subject: "", text: sms.text, buttons: [] } : null;
  }
  const chat = content.whatsapp?.[language];
  if (!chat) return null;
  const text = named(chat.parts.body, chat.variables);
  return { subject: "", text, buttons: chat.parts.buttons.map(({ label }) => label) };
}

/** The words of a document, without its buttons. */
function plainText(document: RichDocument): string {
  return document.content
    .filter((block) => block.type !== "button")
    .map(blockWords)
    .filter((words) => words !== "")
    .join("\n");
}

function blockWords(block: RichBlock | RichList): string {
  switch (block.type) {
    case "bulletList":
    case "orderedList":
      return block.content
        .flatMap((item) => item.content.map((inner) => `• ${blockWords(inner)}`))
        .join("\n");
    case "paragraph":
    case "heading":
    case "button":
      return wordsOf(block.content);
    case "image":
    case "horizontalRule":
      return "";
  }
}

const wordsOf = (content: RichInline[] | undefined): string =>
  (content ?? [])
    .map((piece) =>
      piece.type === "text" ? piece.text : piece.type === "tag" ? `{{${piece.attrs.source}}}` : "\n",
    )
    .join("");

/** Tags replaced by their example, logic taken out, and every address by a short one. */
function exemplify(text: string, companyName: string): string {
  return text
    .replace(/\{%[^{}]*%\}/g, "")
    .replace(/\{\{\s*([\w.]+)([^{}]*)\}\}/g, (_, name: string, filters: string) => {
      const value = name === "company_name" ? companyName : (examples.get(name) ?? "…");
      return filters.includes("downcase") ? value.toLowerCase() : value;
    })
    .replace(/https?:\/\/\S+/g, "https://…");
}
