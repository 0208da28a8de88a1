import type { CompiledBody } from "../compile";
import { compileEmail } from "../compile-email";
import type { RichDocument } from "../content";
import { knownTags } from "../expression";
import type { TagValues } from "../schemas";
import type { RenderTarget } from "../slots";

/** Where a copy of the tests leads. */
export const target: RenderTarget = {
  locale: "en-IN",
  currency: "INR",
  linkUrl: (index: number) => `https://ringback.test/t/c/abc/${index}`,
  shortUrl: (index: number) => `https://ringback.test/s/abc/${index}`,
  imageUrl: (fileId) => `https://ringback.test/f/${fileId}`,
  unsubscribeUrl: "https://ringback.test/unsubscribe/token",
  pixelUrl: "https://ringback.test/t/o/abc.gif",
  company: { companyName: "Suraksha Insurance" },
};

export type Parts = {
  subject?: string;
  preheader?: string;
  body?: string | RichDocument;
  fallbacks?: Record<string, string>;
  language?: string;
};

/** What a body of the tests is compiled with; `plan` is its one custom attribute. */
export const options = ({ fallbacks = {}, language = "en" }: Parts) => ({
  fallbacks,
  language,
  firstLink: 0,
  known: knownTags(new Set(["plan"])),
  utm: null,
  wayOut: true,
});

export const compile = (parts: Parts = {}): CompiledBody =>
  compileEmail(
    {
      subject: parts.subject ?? "Your renewal",
      preheader: parts.preheader ?? "",
      body: parts.body ?? "Hello {{customer_name}}",
    },
    options(parts),
  );

/** What rendering answers. */
export async function answer(parts: Parts, values: TagValues, over: Partial<RenderTarget> = {}) {
  const render = await compile(parts).renderer();
  return render(values, { ...target, ...over });
}

/** The rendered mail. @throws when a tag is missing */
export async function render(
  parts: Parts,
  values: TagValues = { customer_name: "Asha Rao" },
  over: Partial<RenderTarget> = {},
) {
  const rendered = await answer(parts, values, over);
  if (!rendered.ok || rendered.content.channel !== "email") throw new Error(JSON.stringify(rendered));
  return rendered.content;
}

/** Tags that are not closed in their order; [] for well-formed HTML. */
export function balance(html: string): string[] {
  const open: string[] = [];
  const empty = new Set(["meta", "img", "br", "link", "hr", "input", "!doctype"]);
  const text = html.replace(/<!--[\s\S]*?-->/g, "").replace(/<style[\s\S]*?<\/style>/g, "");
  for (const [, close, name = ""] of text.matchAll(/<(\/?)([a-z!][a-z0-9]*)[^>]*>/gi)) {
    const tag = name.toLowerCase();
    if (empty.has(tag)) continue;
    if (!close) open.push(tag);
    else if (open.pop() !== tag) return [`</${tag}>`];
  }
  return open;
}
