import { isBlank, type RunContent } from "@/server/campaigns/content";
import { type Channel, channels } from "@/server/channels/status";
import type { CompiledBody } from "./compile";
import { compileEmail } from "./compile-email";
import { compileSms } from "./compile-sms";
import { compileWhatsApp } from "./compile-whatsapp";
import { knownTags } from "./expression";
import type { ContentProblem } from "./schemas";

/** What the bodies of a campaign or a run are compiled from. */
export type Compilable = Pick<
  RunContent,
  | "channels"
  | "languages"
  | "bodies"
  | "fallbacks"
  | "templates"
  | "registrations"
  | "attributes"
  | "utm"
  | "purpose"
>;

/** Where something stands: the field is a key of the body. */
export type Place = { channel: Channel; language: string; field: string };
export type PlacedProblem = ContentProblem & { place: Place };

export type CompiledBodies = {
  /** Targets of the links of all bodies; a link's number is its index here. */
  links: string[];
  /** Files that the bodies show. */
  files: string[];
  problems: PlacedProblem[];
  /** The body for a customer of this language, else the campaign's first; null where the channel has none. */
  body: (channel: Channel, language: string) => (CompiledBody & { language: string }) | null;
  /** Tags that the bodies of the given channels use, each once; and those of them that a customer must have. */
  tags: (of: readonly Channel[]) => { used: string[]; required: string[] };
};

/**
 * Compiles every body of the content, each channel and language once. Links are numbered through all of them in an order
 * that does not depend on how jsonb keeps its keys, so that a number means the same link wherever the content is read.
 */
export function compileBodies(content: Compilable): CompiledBodies {
  const known = compiledBefore.get(content) ?? compile(content);
  compiledBefore.set(content, known);
  return known;
}

// A run's content is asked for with every micro-batch of a lease.
const compiledBefore = new WeakMap<Compilable, CompiledBodies>();

function compile(content: Compilable): CompiledBodies {
  const links: string[] = [];
  const compiled = new Map<string, CompiledBody & { language: string }>();
  for (const channel of channels)
    for (const language of content.languages) {
      const body = compileOne(content, channel, language, links.length);
      if (!body) continue;
      links.push(...body.links);
      compiled.set(`${channel} ${language}`, { ...body, language });
    }
  const all = [...compiled].map(([key, body]) => ({ channel: key.split(" ")[0] as Channel, body }));
  return {
    links,
    files: [...new Set(all.flatMap(({ body }) => body.files))],
    problems: all.flatMap(({ channel, body }) =>
      body.problems.map(({ field, ...problem }) => ({
        ...problem,
        place: { channel, language: body.language, field },
      })),
    ),
    body: (channel, language) =>
      compiled.get(`${channel} ${language}`) ??
      compiled.get(`${channel} ${language.split("-")[0]}`) ??
      content.languages.flatMap((other) => compiled.get(`${channel} ${other}`) ?? [])[0] ??
      null,
    tags: (of) => {
      const bodies = all.filter(({ channel }) => of.includes(channel)).map(({ body }) => body);
      return {
        used: [...new Set(bodies.flatMap((body) => body.tags))],
        required: [...new Set(bodies.flatMap((body) => body.required))],
      };
    },
  };
}

function compileOne(
  content: Compilable,
  channel: Channel,
  language: string,
  firstLink: number,
): CompiledBody | null {
  const { bodies, fallbacks, utm } = content;
  if (isBlank(bodies, channel, language)) return null;
  const known = knownTags(new Set(Object.keys(content.attributes)));
  // Where a link comes from is told by the channel, unless the campaign says otherwise.
  const tagged = utm && { ...utm, medium: utm.medium || channel };
  const wayOut = content.purpose === "promotional";
  const options = { fallbacks, firstLink, language, known, utm: tagged, wayOut };
  if (channel === "email") {
    const body = bodies.email?.[language];
    return body ? compileEmail(body, options) : null;
  }
  if (channel === "sms") {
    const body = bodies.sms?.[language];
    const registration = body?.dltTemplateId ? (content.registrations[body.dltTemplateId] ?? null) : null;
    return body ? compileSms(body, registration, options) : null;
  }
  const body = bodies.whatsapp?.[language];
  const template = body?.templateId ? (content.templates[body.templateId] ?? null) : null;
  return body ? compileWhatsApp(body, template, options) : null;
}
