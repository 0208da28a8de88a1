import type { ChosenTemplate, WhatsAppBody } from "@/server/campaigns/content";
import type { WhatsAppContent } from "@/server/channels/adapter";
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
import type { ContentProblem } from "./schemas";

const PLACE = /\{\{\s*(\d+)\s*\}\}/g;

type Buttons = NonNullable<WhatsAppContent["template"]>["buttons"];
type Button = ChosenTemplate["parts"]["buttons"][number];

/** Compiles a WhatsApp message: an approved template whose variables and links are filled. */
export function compileWhatsApp(
  body: WhatsAppBody,
  template: ChosenTemplate | null,
  { firstLink, ...options }: CompileOptions,
): CompiledBody {
  const parsed = new Parsed();
  const problems: (ContentProblem & { field: string })[] = [];
  if (!template)
    problems.push({
      field: "templateId",
      message: "This WhatsApp template is no longer approved. Choose another one.",
    });
  const count = Math.max(0, ...placesIn(template?.parts.body ?? ""));
  const fills = Array.from({ length: count }, (_, index) =>
    join(parsed.line(body.variables[index] ?? "").map(asText)),
  );
  let nextUrl = 0;
  const buttons = (template?.parts.buttons ?? []).map((button) => {
    const given = button.kind === "url" && button.url.includes("{{1}}") ? body.buttonUrls[nextUrl++] : null;
    return buttonOf(button, given === null || given === undefined ? null : parsed.link(given));
  });
  const uses = parsed.tags.map((use) => resolver(use, options));

  const renderer: Renderer = (values, target) => {
    const slots: Slots = { text: [], html: [], target };
    for (const use of uses) {
      const value = use.resolve(values, target.company);
      if (value === "") return { ok: false, missingTag: use.name };
      slots.text.push(value);
    }
    const variables = fills.map((fill) => oneLine(fill(slots)));
    const linkUrl = (index: number) => target.linkUrl(index + firstLink);
    if (!template) return { ok: true, content: { channel: "whatsapp", text: "", template: null } };
    return {
      ok: true,
      content: {
        channel: "whatsapp",
        text: template.parts.body.replace(PLACE, (_, place: string) => variables[Number(place) - 1] ?? ""),
        template: {
          name: template.name,
          language: template.language,
          category: template.category,
          variables,
          header: headerOf(template, body),
          buttons: buttons.map((button) => button(linkUrl)),
        },
      },
    };
  };
  return {
    links: parsed.links,
    tags: [...new Set(parsed.tags.map((use) => use.name))],
    required: [...new Set(uses.filter((use) => use.needed).map((use) => use.name))],
    problems: [...problems, ...distinct(parsed.problems).map((each) => ({ ...each, field: "variables" }))],
    renderer: async () => renderer,
  };
}

const placesIn = (text: string): number[] => [...text.matchAll(PLACE)].map((match) => Number(match[1]));

function headerOf({ parts }: ChosenTemplate, { headerFileId }: WhatsAppBody) {
  const kind = parts.header?.kind;
  return kind === undefined || kind === "text" || headerFileId === null
    ? null
    : { kind, fileId: headerFileId };
}

/** What one button is in a copy, given where the copy's links lead. */
function buttonOf(button: Button, link: number | null) {
  return (linkUrl: (index: number) => string): Buttons[number] => {
    const { kind, label } = button;
    if (kind === "quick_reply") return { kind, label, value: label, parameter: null };
    if (kind === "phone") return { kind, label, value: button.phone, parameter: null };
    if (link === null) return { kind, label, value: button.url, parameter: null };
    // The template's address leads to us; what fills it is the path of the copy's own tracked link.
    const value = linkUrl(link);
    return { kind, label, value, parameter: value.replace(/^https?:\/\/[^/]+\//, "") };
  };
}
