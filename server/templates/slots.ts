import { escapeHtml, oneLine } from "./clean";
import type { Condition } from "./expression";
import type { Filter, Writing } from "./filters";
import type { Use } from "./reader";
import { attributeKeyOf, type Branding, type TagValues, type TypedValue } from "./schemas";

/** Where the links of one recipient's copy lead, and how values are written. A null address leaves that part out. */
export type RenderTarget = Writing & {
  /** A link's own address, by its number among those of all bodies. */
  linkUrl: (index: number) => string;
  /** The same as short as it can be, for an SMS. */
  shortUrl: (index: number) => string;
  imageUrl: (fileId: string) => string;
  unsubscribeUrl: string | null;
  /** Where the reader chooses what to get, on every channel; service messages lead there, too. */
  preferencesUrl?: string | null;
  pixelUrl: string | null;
  company: Branding;
  /** For a preview: sets apart the words that stand where the customer has no value. */
  markFallback?: (words: string) => string;
};

/** A constant piece of a message, or one that depends on the copy. */
export type Part = string | ((slots: Slots) => string);

/** What is said for one use of a tag, "" when there is nothing to say. */
export type Resolve = (values: TagValues, target: RenderTarget) => string;

export type Fallbacks = {
  /** Tag, or `language/tag` → words. */
  fallbacks: Record<string, string>;
  language: string;
};

/** What a use says: the customer's value through its filters, else the tag's own default, else the message's fallback. */
export function resolverOf({ name, fallback, filters, broken }: Use, { fallbacks, language }: Fallbacks) {
  const given = (values: TagValues, target: RenderTarget): boolean => {
    const value = own(name, values, target);
    return oneLine(typeof value === "object" ? value.text : (value ?? "")) !== "";
  };
  if (broken) return { name, resolve: () => "", given, needed: false };
  const at = (key: string) => (Object.hasOwn(fallbacks, key) ? oneLine(fallbacks[key] ?? "") : "");
  const otherwise = fallback || at(`${language}/${name}`) || at(name);
  const resolve: Resolve = (values, target) => {
    const found = own(name, values, target);
    const text = typeof found === "object" ? oneLine(found.text) : oneLine(found ?? "");
    if (filters.length === 0) return text || otherwise;
    const value: TypedValue = text === "" ? { text: otherwise, raw: otherwise } : typedOf(found, text);
    return value.text === "" ? "" : oneLine(through(filters, value, target).text);
  };
  return { name, resolve, given, needed: otherwise === "" && name !== "company_name" };
}

type Given = string | TypedValue | undefined;

function own(name: string, values: TagValues, target: RenderTarget): Given {
  if (name === "company_name") return target.company.companyName;
  if (name === "unsubscribe_link") return target.unsubscribeUrl ?? undefined;
  return Object.hasOwn(values, name) ? (values[name] ?? undefined) : undefined;
}

const typedOf = (given: Given, text: string): TypedValue =>
  typeof given === "object" ? { text, raw: given.raw } : { text, raw: text };

const through = (filters: Filter[], value: TypedValue, writing: Writing): TypedValue =>
  filters.reduce((before, filter) => filter(before, writing), value);

/** One copy under way: each tag is resolved once, when it is first said. */
export class Slots {
  readonly #text: (string | undefined)[] = [];
  readonly #html: (string | undefined)[] = [];
  #scope: Record<string, unknown> | undefined;
  /** The first tag that had nothing to say: the copy is not to be sent. */
  missing: string | null = null;

  constructor(
    readonly program: {
      resolvers: readonly {
        name: string;
        resolve: Resolve;
        given: (values: TagValues, target: RenderTarget) => boolean;
      }[];
      conditions: readonly (Condition & { unless: boolean })[];
    },
    readonly values: TagValues,
    readonly target: RenderTarget,
  ) {}

  text(use: number): string {
    const known = this.#text[use];
    if (known !== undefined) return known;
    const resolver = this.program.resolvers[use];
    const said = resolver?.resolve(this.values, this.target) ?? "";
    if (said === "") this.missing ??= resolver?.name ?? "";
    const { markFallback } = this.target;
    const instead = markFallback && said !== "" && !resolver?.given(this.values, this.target);
    const text = instead ? markFallback(said) : said;
    this.#text[use] = text;
    return text;
  }

  html(use: number): string {
    this.#html[use] ??= escapeHtml(this.text(use));
    return this.#html[use];
  }

  holds(condition: number): boolean {
    const asked = this.program.conditions[condition];
    if (!asked) return false;
    this.#scope ??= scopeOf(this.values, this.target);
    return asked.holds(this.#scope) !== asked.unless;
  }
}

/** What conditions see: raw values; what a customer does not have is not there. */
function scopeOf(values: TagValues, target: RenderTarget): Record<string, unknown> {
  const attribute: Record<string, unknown> = {};
  const scope: Record<string, unknown> = { attribute, company_name: target.company.companyName };
  for (const [name, value] of Object.entries(values)) {
    const raw = typeof value === "object" && value !== null ? value.raw : value;
    if (raw === null || raw === undefined || (typeof raw === "string" && raw.trim() === "")) continue;
    const key = attributeKeyOf(name);
    if (key === null) scope[name] = raw;
    else attribute[key] = raw;
  }
  return scope;
}
