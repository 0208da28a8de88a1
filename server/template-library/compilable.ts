import { purposeOf } from "@/server/campaigns/status";
import { type CompiledBodies, compileBodies } from "@/server/templates";
import { type LinkKey, linkKeys, type TemplateContent, type TemplateFields } from "./schemas";

/** Addresses of a workspace by what they are for. */
export type Links = Partial<Record<LinkKey, string>>;

// `.invalid` never resolves (RFC 2606): an address that was not replaced can lead nobody anywhere.
const PLACEHOLDER = /https:\/\/links\.invalid\/([a-z]+)/g;

/** The address of a WhatsApp button that leads to the message's own link; the host is filled in when it is used. */
export const BUTTON_ADDRESS = "https://links.invalid/{{1}}";

/** What stands in a template for an address that each workspace says for itself. */
export const placeholderOf = (key: LinkKey): string => `https://links.invalid/${key}`;

/** The placeholders that a content has, in the order of `linkKeys`. */
export function linksIn(content: TemplateContent): LinkKey[] {
  const found = new Set([...JSON.stringify(content).matchAll(PLACEHOLDER)].map(([, key]) => key));
  return linkKeys.filter((key) => found.has(key));
}

/** The content with the workspace's own addresses; what it has not said stays as it is. */
export function withLinks(content: TemplateContent, links: Links): TemplateContent {
  const written = JSON.stringify(content).replace(PLACEHOLDER, (whole, key: string) => {
    const url = links[key as LinkKey];
    return url === undefined ? whole : JSON.stringify(url).slice(1, -1);
  });
  return JSON.parse(written) as TemplateContent;
}

type Compiled = Pick<TemplateFields, "category" | "channels" | "languages" | "content">;

/**
 * The template as a run would carry it: its WhatsApp templates count as approved, so that their words can be read.
 * `attributes`: key → type of the workspace's own tags.
 */
export function compilableOf(
  { category, channels, languages, content }: Compiled,
  attributes: Record<string, string>,
) {
  const idOf = (language: string) => `template-${language}`;
  const whatsapp = Object.entries(content.whatsapp ?? {});
  const purpose = purposeOf(category);
  return {
    channels,
    languages,
    purpose,
    fallbacks: content.fallbacks,
    attributes,
    registrations: {},
    utm: null,
    templates: Object.fromEntries(
      whatsapp.map(([language, { parts }]) => [
        idOf(language),
        { name: "template", language, category: templateCategoryOf(purpose), parts },
      ]),
    ),
    bodies: {
      email: content.email,
      sms: mapValues(content.sms, ({ text }) => ({ text, dltTemplateId: null, variables: [] })),
      whatsapp: mapValues(content.whatsapp, ({ parts: _, ...fills }, language) => ({
        templateId: idOf(language),
        text: "",
        ...fills,
      })),
    },
  };
}

/** Meta's category for a purpose. */
export const templateCategoryOf = (purpose: "promotional" | "service"): "marketing" | "utility" =>
  purpose === "promotional" ? "marketing" : "utility";

export const compileTemplate = (
  template: Compiled,
  attributes: Record<string, string> = {},
): CompiledBodies => compileBodies(compilableOf(template, attributes));

function mapValues<From, To>(
  record: Record<string, From> | undefined,
  make: (value: From, key: string) => To,
): Record<string, To> | undefined {
  return record && Object.fromEntries(Object.entries(record).map(([key, value]) => [key, make(value, key)]));
}
