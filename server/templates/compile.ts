import type { EmailBody } from "@/server/campaigns/content";
import type { EmailContent, SmsContent, WhatsAppContent } from "@/server/channels/adapter";
import { escapeHtml, oneLine } from "./clean";
import { layout, type Part, type Slots } from "./layout";
import { type Inline, Parsed, type TagUse } from "./parse";
import {
  type Branding,
  type ContentProblem,
  isTagName,
  type MessageContent,
  type TagValues,
} from "./schemas";

/** Where the links of one recipient's copy lead. A null address leaves that part of the message out. */
export type RenderTarget = {
  linkUrl: (index: number) => string;
  unsubscribeUrl: string | null;
  pixelUrl: string | null;
  company: Branding;
};

export type Rendered =
  | { ok: true; subject: string; html: string; text: string }
  /** A tag has neither a value nor a fallback: nothing is rendered. */
  | { ok: false; missingTag: string };

/** What a body is compiled with besides its own words. */
export type CompileOptions = {
  /** Tag, or `language/tag` → words. */
  fallbacks: Record<string, string>;
  /** The number of its first link among those of all bodies. */
  firstLink: number;
  language: string;
};

/** What a reader gets, by channel; everything but who sends it and to whom. */
export type RenderedContent =
  | (Pick<EmailContent, "channel" | "subject" | "text"> & { html: string })
  | SmsContent
  | WhatsAppContent;

export type RenderedBody =
  | { ok: true; content: RenderedContent }
  /** A tag has neither a value nor a fallback: nothing is rendered. */
  | { ok: false; missingTag: string };

export type Renderer = (values: TagValues, target: RenderTarget) => RenderedBody;

/** One body of one channel in one language. */
export type CompiledBody = {
  links: string[];
  tags: string[];
  required: string[];
  problems: (ContentProblem & { field: string })[];
  /** Makes the function that renders copies; to be asked once for a run. */
  renderer: () => Promise<Renderer>;
};

/** Compiles an e-mail. */
export function compileEmail(body: EmailBody, { firstLink, ...options }: CompileOptions): CompiledBody {
  const compiled = compileMessage({ ...body, ...options });
  const { links, tags, required, problems } = compiled;
  const renderer: Renderer = (values, target) => {
    const rendered = compiled.render(values, {
      ...target,
      linkUrl: (index) => target.linkUrl(index + firstLink),
    });
    if (!rendered.ok) return rendered;
    const { subject, html, text } = rendered;
    return { ok: true, content: { channel: "email", subject, html, text } };
  };
  return {
    links,
    tags,
    required,
    problems: problems.map((problem) => ({ ...problem, field: "body" })),
    renderer: async () => renderer,
  };
}

export type CompiledMessage = {
  /** Targets of the links in the order in which they are numbered. */
  links: string[];
  /** Names of the tags that are used, each once. */
  tags: string[];
  /** Of them, those with a use that has neither a default nor a fallback: a customer without the value is left out. */
  required: string[];
  problems: ContentProblem[];
  render: (values: TagValues, target: RenderTarget) => Rendered;
};

/**
 * Compiles a message once, to closures: rendering one copy joins strings and parses nothing, so a customer's value is
 * never read as markup. Every value is escaped in HTML and is one line without control characters everywhere.
 */
export function compileMessage(content: MessageContent): CompiledMessage {
  const parsed = new Parsed();
  const subject = join(parsed.line(content.subject).map(asText));
  const preheader = parsed.line(content.preheader ?? "").map(asHtml);
  const body = parsed.body(content.body);
  const html = join(
    layout({ title: parsed.line(content.subject).map(asHtml), preheader, body: body.map(asParagraph) }),
  );
  const text = join(body.flatMap((paragraph) => [...paragraph.map(asText), "\n\n"]));
  const uses = parsed.tags.map((use) =>
    resolver(use, { fallbacks: content.fallbacks, language: content.language ?? "" }),
  );

  return {
    links: parsed.links,
    tags: [...new Set(parsed.tags.map((use) => use.name))],
    required: [...new Set(uses.filter((use) => use.needed).map((use) => use.name))],
    problems: distinct(parsed.problems),
    render: (values, target) => {
      const slots: Slots = { text: [], html: [], target };
      for (const use of uses) {
        const value = use.resolve(values, target.company);
        if (value === "") return { ok: false, missingTag: use.name };
        slots.text.push(value);
        slots.html.push(escapeHtml(value));
      }
      return {
        ok: true,
        subject: oneLine(subject(slots)),
        html: html(slots),
        text: text(slots) + textFooter(target),
      };
    },
  };
}

type Fallbacks = Pick<CompileOptions, "fallbacks" | "language">;

/** The customer's value, else the default in the tag, else the message's fallback, else "". */
export function resolver({ name, fallback }: TagUse, { fallbacks, language }: Fallbacks) {
  const at = (key: string) => (Object.hasOwn(fallbacks, key) ? oneLine(fallbacks[key] ?? "") : "");
  const general = at(`${language}/${name}`) || at(name);
  const otherwise = fallback || general;
  const known = isTagName(name) ? name : null;
  const resolve = (values: TagValues, company: Branding): string => {
    if (known === null) return "";
    const given = known === "company_name" ? company.companyName : values[known];
    return oneLine(given ?? "") || otherwise;
  };
  return { name, resolve, needed: known !== null && known !== "company_name" && otherwise === "" };
}

function asHtml(piece: Inline): Part {
  switch (piece.kind) {
    case "text":
      return escapeHtml(piece.text);
    case "tag":
      return (slots) => slots.html[piece.tag] ?? "";
    case "break":
      return "<br>\n";
    case "bold":
      return join(["<strong>", ...piece.inside.map(asHtml), "</strong>"]);
    case "link":
      return join([
        '<a class="rb-link" href="',
        address(piece.link),
        '" style="color:#1d4ed8;text-decoration:underline">',
        ...piece.inside.map(asHtml),
        "</a>",
      ]);
  }
}

/** A link that stands alone in its paragraph is the message's button. */
function asParagraph(paragraph: Inline[]) {
  const [only] = paragraph;
  if (paragraph.length === 1 && only?.kind === "link")
    return { kind: "button" as const, href: address(only.link), label: only.inside.map(asHtml) };
  return { kind: "text" as const, html: paragraph.map(asHtml) };
}

const address =
  (link: number): Part =>
  (slots) =>
    escapeHtml(slots.target.linkUrl(link));

export function asText(piece: Inline): Part {
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "tag":
      return (slots) => slots.text[piece.tag] ?? "";
    case "break":
      return "\n";
    case "bold":
      return join(piece.inside.map(asText));
    case "link":
      return join([
        ...piece.inside.map(asText),
        piece.inside.length > 0 ? ": " : "",
        (slots) => slots.target.linkUrl(piece.link),
      ]);
  }
}

function textFooter({ company, unsubscribeUrl }: RenderTarget): string {
  const lines = [oneLine(company.companyName), oneLine(company.address ?? "")].filter((line) => line !== "");
  if (unsubscribeUrl !== null) lines.push(`Stop these e-mails: ${unsubscribeUrl}`);
  return lines.length === 0 ? "" : `-- \n${lines.join("\n")}\n`;
}

/** One function for a list of parts; neighbouring constants become one string. */
export function join(parts: Part[]): (slots: Slots) => string {
  const merged: Part[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === "string" && typeof last === "string") merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  return (slots) => {
    let text = "";
    for (const part of merged) text += typeof part === "string" ? part : part(slots);
    return text;
  };
}

export const distinct = (problems: ContentProblem[]): ContentProblem[] => [
  ...new Map(problems.map((problem) => [problem.message, problem])).values(),
];
