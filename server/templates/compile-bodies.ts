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
> &
  Partial<Pick<RunContent, "variants">>;

/** Where something stands: the field is a key of the body. Without a variant: in what all say. */
type Place = { channel: Channel; language: string; field: string; variant?: number };
export type PlacedProblem = ContentProblem & { place: Place };

export type CompiledBodies = {
  /** Targets of the links of all bodies; a link's number is its index here. */
  links: string[];
  /** Files that the bodies show. */
  files: string[];
  problems: PlacedProblem[];
  /** The body for a customer of this language, else the campaign's first; null where the channel has none. */
  body: (
    channel: Channel,
    language: string,
    variant?: number,
  ) => (CompiledBody & { language: string }) | null;
  /** Tags that the bodies of the given channels use in any variant, each once; and those of them that a customer must have. */
  tags: (of: readonly Channel[]) => { used: string[]; required: string[] };
};

/**
 * Compiles every body of the content, each variant, channel and language once. Links are numbered through all of them in an order
 * that does not depend on how jsonb keeps its keys, so that a number means the same link wherever the content is read.
 */
export function compileBodies(content: Compilable): CompiledBodies {
  const known = compiledBefore.get(content) ?? compile(content);
  compiledBefore.set(content, known);
  return known;
}

// A run's content is asked for with every micro-batch of a lease.
const compiledBefore = new WeakMap<Compilable, CompiledBodies>();

type Compiled = { channel: Channel; variant: number; body: CompiledBody & { language: string } };

function compile(content: Compilable): CompiledBodies {
  const links: string[] = [];
  const all: Compiled[] = [];
  for (const [variant, said] of sayings(content))
    for (const channel of channels)
      for (const language of content.languages) {
        const body = compileOne(said, channel, language, links.length);
        if (!body) continue;
        links.push(...body.links);
        all.push({ channel, variant, body: { ...body, language } });
      }
  const compiled = new Map(
    all.map(({ channel, variant, body }) => [`${variant} ${channel} ${body.language}`, body]),
  );
  return {
    links,
    files: [...new Set(all.flatMap(({ body }) => body.files))],
    problems: all.flatMap(({ channel, variant, body }) =>
      body.problems.map(({ field, ...problem }) => ({
        ...problem,
        place: { channel, language: body.language, field, ...(variant > 0 && { variant }) },
      })),
    ),
    body: (channel, language, asked = 0) => {
      // A variant that differs in something else says what the first says.
      const variant = content.variants?.[asked]?.bodies ? asked : 0;
      const at = (other: string | undefined) => compiled.get(`${variant} ${channel} ${other}`);
      return (
        at(language) ??
        at(language.split("-")[0]) ??
        content.languages.flatMap((other) => at(other) ?? [])[0] ??
        null
      );
    },
    tags: (of) => {
      const bodies = all.filter(({ channel }) => of.includes(channel)).map(({ body }) => body);
      return {
        used: [...new Set(bodies.flatMap((body) => body.tags))],
        required: [...new Set(bodies.flatMap((body) => body.required))],
      };
    },
  };
}

/** The content once for what it says itself, and once for each variant that says something else. */
function sayings(content: Compilable): [variant: number, said: Compilable][] {
  const others = (content.variants ?? []).flatMap(({ bodies }, variant): [number, Compilable][] =>
    bodies ? [[variant, { ...content, bodies }]] : [],
  );
  return [[0, content], ...others];
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
