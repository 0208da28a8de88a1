import type { EmailContent, SmsContent, WhatsAppContent } from "@/server/channels/adapter";
import type { Reader, ReaderOptions } from "./reader";
import type { ContentProblem, TagValues } from "./schemas";
import { type Fallbacks, type RenderTarget, resolverOf, Slots } from "./slots";

/** What a body is compiled with besides its own words. */
export type CompileOptions = Fallbacks &
  ReaderOptions & {
    /** The number of its first link among those of all bodies. */
    firstLink: number;
  };

/** What a reader gets, by channel; everything but who sends it and to whom. */
export type RenderedContent =
  | (Pick<EmailContent, "channel" | "subject" | "text"> & { html: string; preheader: string })
  | SmsContent
  | WhatsAppContent;

export type RenderedBody =
  | { ok: true; content: RenderedContent }
  /** A tag has neither a value nor a fallback: nothing is rendered. */
  | { ok: false; missingTag: string };

export type Renderer = (values: TagValues, target: RenderTarget) => RenderedBody;

/** One body of one channel in one language. */
export type CompiledBody = {
  /** Targets of its links, in the order in which they are numbered. */
  links: string[];
  /** Ids of the files that it shows. */
  files: string[];
  /** Names of the tags that are used, each once; those in conditions too. */
  tags: string[];
  /** Of them, those that a customer must have whatever the conditions say, and for which there is no fallback. */
  required: string[];
  problems: (ContentProblem & { field: string })[];
  /** The function that renders copies; what it needs is made the first time that it is asked for. */
  renderer: () => Promise<Renderer>;
};

type Making = {
  files?: string[];
  problems?: (ContentProblem & { field: string })[];
  /** Makes the function that says the copy, once all parts are read; asked once, it lays out a whole mail. */
  prepare: () => Promise<(slots: Slots) => RenderedContent>;
};

/**
 * What was read, as a compiled body. Rendering one copy joins strings and parses nothing, so a customer's value is never
 * read as markup, as a tag or as a condition.
 */
export function compiledOf(reader: Reader, options: CompileOptions, making: Making): CompiledBody {
  const resolvers = reader.uses.map((use) => resolverOf(use, options));
  const program = { resolvers, conditions: reader.conditions };
  const names = [...reader.uses.map((use) => use.name), ...reader.conditions.flatMap(({ tags }) => tags)];
  const required = reader.uses.flatMap((use, nth) =>
    !use.conditional && resolvers[nth]?.needed ? [use.name] : [],
  );
  const make = async (): Promise<Renderer> => {
    const say = await making.prepare();
    return (values, target) => {
      const slots = new Slots(program, values, target);
      const content = say(slots);
      return slots.missing === null ? { ok: true, content } : { ok: false, missingTag: slots.missing };
    };
  };
  // A run that lets people in one by one asks for each of its small batches, dozens of times a second.
  let made: Promise<Renderer> | null = null;
  return {
    links: reader.links,
    files: making.files ?? [],
    tags: [...new Set(names)],
    required: [...new Set(required)],
    problems: distinct([...(making.problems ?? []), ...reader.problems]),
    renderer: () => {
      made ??= make().catch((error: unknown) => {
        made = null;
        throw error;
      });
      return made;
    },
  };
}

const distinct = <Problem extends ContentProblem & { field: string }>(problems: Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [`${problem.field} ${problem.message}`, problem])).values(),
];
