import { z } from "zod";

/** How an e-mail's body is kept by the builder: a document in TipTap's JSON form, with nothing in it that is not listed here. */
const mark = z.discriminatedUnion("type", [
  z.object({ type: z.literal("bold") }),
  z.object({ type: z.literal("italic") }),
  z.object({ type: z.literal("underline") }),
  z.object({ type: z.literal("link"), attrs: z.object({ href: z.string().max(2_000) }) }),
]);
const inline = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string().min(1), marks: z.array(mark).optional() }),
  /** A chip: what stands between the braces of `{{…}}`. */
  z.object({
    type: z.literal("tag"),
    attrs: z.object({ source: z.string().max(200) }),
    marks: z.array(mark).optional(),
  }),
  z.object({ type: z.literal("hardBreak"), marks: z.array(mark).optional() }),
]);
export type RichInline = z.infer<typeof inline>;

const align = z.enum(["left", "center", "right"]).nullish();
const paragraph = z.object({
  type: z.literal("paragraph"),
  attrs: z.object({ textAlign: align }).optional(),
  content: z.array(inline).optional(),
});
const heading = z.object({
  type: z.literal("heading"),
  attrs: z.object({ level: z.number().int().min(1).max(3), textAlign: align }),
  content: z.array(inline).optional(),
});
const button = z.object({
  type: z.literal("button"),
  attrs: z.object({ href: z.string().max(2_000) }),
  content: z.array(inline).optional(),
});
const image = z.object({
  type: z.literal("image"),
  attrs: z.object({
    fileId: z.string().max(60),
    alt: z.string().max(300).default(""),
    /** Where a click on it leads; empty: nowhere. */
    href: z.string().max(2_000).default(""),
    /** Pixels, at most the width of the mail. */
    width: z.number().int().min(16).max(600).nullish(),
  }),
});
const divider = z.object({ type: z.literal("horizontalRule") });

type ListItem = { type: "listItem"; content: (z.infer<typeof paragraph> | List)[] };
type List = { type: "bulletList" | "orderedList"; attrs?: { start?: number }; content: ListItem[] };
const list: z.ZodType<List> = z.lazy(() =>
  z.object({
    type: z.enum(["bulletList", "orderedList"]),
    attrs: z.object({ start: z.number().int().min(0).max(10_000).optional() }).optional(),
    content: z
      .array(
        z.object({
          type: z.literal("listItem"),
          content: z
            .array(z.union([paragraph, list]))
            .min(1)
            .max(100),
        }),
      )
      .min(1)
      .max(200),
  }),
);
export type RichList = List;

const block = z.union([paragraph, heading, button, image, divider, list]);
export type RichBlock = z.infer<typeof block>;

/** Longest document, as JSON. */
const LONGEST = 100_000;

export const richDocument = z
  .object({ type: z.literal("doc"), content: z.array(block).max(500) })
  .refine((document) => JSON.stringify(document).length <= LONGEST, "The message is too long. Shorten it.");
export type RichDocument = z.infer<typeof richDocument>;

/** A logic tag alone: `{% if tier == "Gold" %}`. */
const LOGIC_LINE = /^\s*\{%[^{}%]*%\}\s*$/;
const MARKS =
  /\{\{(?<tag>[^{}]*)\}\}|\*\*(?<bold>[^\n]+?)\*\*|\[(?<label>[^[\]\n]+)\]\((?<address>(?:[^()\s]|\([^()\s]*\))*)\)/g;
const TAGS = /\{\{(?<tag>[^{}]*)\}\}/g;

/**
 * The document that a plain text stands for: blank lines part paragraphs, `**bold**`, `[label](https://…)`, tags. A link that
 * stands alone in its paragraph is a button; a logic tag alone in its line, a paragraph of its own.
 */
export function documentOf(text: string): RichDocument {
  const content = text
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map((line) => (LOGIC_LINE.test(line) ? `\n${line}\n` : line))
    .join("\n")
    .split(/\n[ \t]*\n\s*/)
    .map((words) => words.trim())
    .filter((words) => words !== "")
    .map((words): RichBlock => {
      const inside = inlineOf(words, MARKS, []);
      const [only] = inside;
      const href = alone(inside);
      if (href === null || !only) return { type: "paragraph", content: inside };
      return { type: "button", attrs: { href }, content: inside.map(unlinked) };
    });
  return { type: "doc", content };
}

type Marks = NonNullable<Extract<RichInline, { type: "text" }>["marks"]>;

function inlineOf(text: string, pattern: RegExp, marks: Marks): RichInline[] {
  const marked = marks.length > 0 ? { marks } : {};
  const plain = (words: string): RichInline[] =>
    words
      .split("\n")
      .flatMap((line, nth): RichInline[] => [
        ...(nth > 0 ? [{ type: "hardBreak" as const }] : []),
        ...(line === "" ? [] : [{ type: "text" as const, text: line, ...marked }]),
      ]);
  const found: RichInline[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    found.push(...plain(text.slice(at, match.index)));
    const { tag, bold, label, address } = match.groups ?? {};
    if (tag !== undefined)
      found.push({ type: "tag", attrs: { source: tag.trim().slice(0, 200) }, ...marked });
    else if (bold !== undefined) found.push(...inlineOf(bold, MARKS, [...marks, { type: "bold" }]));
    else
      found.push(
        ...inlineOf(label ?? "", TAGS, [...marks, { type: "link", attrs: { href: address ?? "" } }]),
      );
    at = match.index + match[0].length;
  }
  return [...found, ...plain(text.slice(at))];
}

const hrefOf = (piece: RichInline): string | null =>
  piece.marks?.flatMap((each) => (each.type === "link" ? [each.attrs.href] : []))[0] ?? null;

/** The address that all of it leads to, or null. */
function alone(inside: RichInline[]): string | null {
  const [first] = inside;
  const href = first ? hrefOf(first) : null;
  return href !== null && inside.every((piece) => hrefOf(piece) === href) ? href : null;
}

function unlinked(piece: RichInline): RichInline {
  const marks = piece.marks?.filter((each) => each.type !== "link") ?? [];
  const { marks: _, ...bare } = piece;
  return marks.length > 0 ? { ...bare, marks } : bare;
}

/** Whether a body says nothing: no words, no picture. */
export function isBlankBody(body: string | RichDocument): boolean {
  if (typeof body === "string") return body.trim() === "";
  return body.content.every(
    (each) =>
      each.type === "paragraph" &&
      (each.content ?? []).every(
        (piece) => piece.type !== "tag" && (piece.type !== "text" || piece.text.trim() === ""),
      ),
  );
}

/** Longest parts of a message, in characters. */
export const contentLimits = {
  subject: 200,
  preheader: 200,
  body: 20_000,
  sms: 1_600,
  whatsapp: 1_024,
  variable: 500,
  url: 2_000,
} as const;

/** A text that is kept under the limit of its part. */
export const bodyText = (part: keyof typeof contentLimits, words: string) =>
  z.string().max(contentLimits[part], `Keep ${words} under ${contentLimits[part]} characters.`);

/** What an SMS says. In India the text is picked from the DLT registry; `variables` fill its `{#var#}` in order. */
export const smsBody = z.object({
  text: bodyText("sms", "the SMS"),
  dltTemplateId: z.string().nullable().default(null),
  variables: z.array(bodyText("variable", "a variable")).max(50).default([]),
});
export type SmsBody = z.infer<typeof smsBody>;

/** WhatsApp outside the 24 h window: an approved template, its variables filled with texts that may hold tags. */
export const whatsappBody = z.object({
  templateId: z.string().nullable().default(null),
  /** Without a template: free text, which only customers get who wrote in the last 24 hours. */
  text: bodyText("whatsapp", "the message").default(""),
  variables: z.array(bodyText("variable", "a variable")).max(50).default([]),
  /** What fills a header image or document: the id of an uploaded file. */
  headerFileId: z.string().nullable().default(null),
  /** Targets of the template's url buttons, in order. */
  buttonUrls: z.array(bodyText("url", "an address")).max(10).default([]),
});
export type WhatsAppBody = z.infer<typeof whatsappBody>;
