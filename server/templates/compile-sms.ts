import type { ChosenRegistration, SmsBody } from "@/server/campaigns/content";
import { countSms } from "@/server/platform/sms";
import { oneLine } from "./clean";
import {
  asText,
  type CompiledBody,
  type CompileOptions,
  distinct,
  join,
  type Renderer,
  resolver,
} from "./compile";
import type { Slots } from "./layout";
import { Parsed } from "./parse";

/** A place in a registered text that is filled: `{#var#}`, `{#numeric#}`, `{#url#}` … */
const PLACE = /\{#\s*[a-z]+\s*#\}/gi;

/** The registered text in pieces: words that must stay as they are, between places that are filled. */
const wordsOf = (registration: ChosenRegistration): string[] => registration.text.split(PLACE);

/** Compiles an SMS: free text, or a registered one whose places are filled. */
export function compileSms(
  body: SmsBody,
  registration: ChosenRegistration | null,
  { firstLink, ...options }: CompileOptions,
): CompiledBody {
  const parsed = new Parsed();
  const words = registration ? wordsOf(registration) : null;
  const filled = (words ?? [])
    .slice(1)
    .map((_, index) => join(parsed.plainText(body.variables[index] ?? "").map(asText)));
  const free = words ? null : join(parsed.plainText(body.text).map(asText));
  const uses = parsed.tags.map((use) => resolver(use, options));

  const renderer: Renderer = (values, target) => {
    const slots: Slots = { text: [], html: [], target };
    slots.target = { ...target, linkUrl: (index) => target.linkUrl(index + firstLink) };
    for (const use of uses) {
      const value = use.resolve(values, target.company);
      if (value === "") return { ok: false, missingTag: use.name };
      slots.text.push(value);
    }
    const variables = filled.map((piece) => oneLine(piece(slots)));
    const text = words
      ? words.map((piece, index) => piece + (variables[index] ?? "")).join("")
      : (free?.(slots) ?? "").trim();
    const dlt = registration && {
      entityId: registration.entityId,
      header: registration.header,
      templateId: registration.templateId,
      variables,
    };
    return { ok: true, content: { channel: "sms", text, parts: countSms(text).parts, dlt } };
  };
  return {
    links: parsed.links,
    tags: [...new Set(parsed.tags.map((use) => use.name))],
    required: [...new Set(uses.filter((use) => use.needed).map((use) => use.name))],
    problems: distinct(parsed.problems).map((problem) => ({
      ...problem,
      field: words ? "variables" : "text",
    })),
    renderer: async () => renderer,
  };
}
