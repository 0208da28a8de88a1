import type { ChosenTemplate, WhatsAppBody } from "@/server/campaigns/content";
import type { WhatsAppContent } from "@/server/channels/adapter";
import { oneLine } from "./clean";
import { type CompiledBody, type CompileOptions, compiledOf } from "./compile";
import { inlineText, join } from "./parts";
import { Reader } from "./reader";

const PLACE = /\{\{\s*(\d+)\s*\}\}/g;

type Buttons = NonNullable<WhatsAppContent["template"]>["buttons"];
type Button = ChosenTemplate["parts"]["buttons"][number];

/** Compiles a WhatsApp message: an approved template whose variables and links are filled. */
export function compileWhatsApp(
  body: WhatsAppBody,
  template: ChosenTemplate | null,
  options: CompileOptions,
): CompiledBody {
  const reader = new Reader(options);
  if (!template) return compileFree(body, reader, options);
  agree(template, reader, options);
  const { firstLink } = options;
  const { parts, name, language, category } = template;
  const count = Math.max(0, ...placesIn(parts.body));
  const fills = Array.from({ length: count }, (_, nth) => {
    const written = body.variables[nth] ?? "";
    const nodes = reader.line(`variables.${nth}`, written);
    if (written.trim() === "") reader.problem(`Say what stands for {{${nth + 1}}}.`);
    return join(nodes.map(inlineText({ firstLink })));
  });
  const header = headerOf(template, body, reader);
  let nextUrl = 0;
  const buttons = parts.buttons.map((button) => {
    if (button.kind !== "url" || !button.url.includes("{{1}}")) return buttonOf(button, null);
    reader.field = `buttonUrls.${nextUrl}`;
    return buttonOf(button, reader.link(body.buttonUrls[nextUrl++] ?? ""));
  });
  return compiledOf(reader, options, {
    files: header ? [header.fileId] : [],
    prepare: async () => (slots) => {
      const variables = fills.map((fill) => oneLine(fill(slots)));
      const linkUrl = (index: number) => slots.target.linkUrl(index + firstLink);
      return {
        channel: "whatsapp",
        text: parts.body.replace(PLACE, (_, place: string) => variables[Number(place) - 1] ?? ""),
        template: {
          name,
          language,
          category,
          variables,
          header,
          title: parts.header?.kind === "text" ? parts.header.text : null,
          footer: parts.footer,
          buttons: buttons.map((button) => button(linkUrl)),
        },
      };
    },
  });
}

/** Free text, for customers who wrote in the last 24 hours; the sender holds it to that. */
function compileFree(body: WhatsAppBody, reader: Reader, options: CompileOptions): CompiledBody {
  const { firstLink } = options;
  const say = join(reader.plainText("text", body.text).map(inlineText({ firstLink })));
  reader.field = "templateId";
  if (body.templateId !== null)
    reader.problem("This WhatsApp template is no longer approved. Choose another one.");
  return compiledOf(reader, options, {
    prepare: async () => (slots) => ({ channel: "whatsapp", text: say(slots).trim(), template: null }),
  });
}

/** Meta's category must be what the campaign is for: it decides price and what customers may refuse. */
function agree(
  { category, name }: ChosenTemplate,
  reader: Reader,
  { wayOut: promotional }: CompileOptions,
): void {
  reader.field = "templateId";
  if (category === "authentication")
    reader.problem(`“${name}” is for passwords that are used once. Choose another template.`);
  else if (promotional && category !== "marketing")
    reader.problem(
      `“${name}” is a utility template, and this campaign is promotional. Choose a marketing template.`,
    );
  else if (!promotional && category !== "utility")
    reader.problem(
      `“${name}” is a marketing template, and this campaign is a service message. Choose a utility template.`,
    );
}

const placesIn = (text: string): number[] => [...text.matchAll(PLACE)].map((match) => Number(match[1]));

function headerOf({ parts }: ChosenTemplate, { headerFileId }: WhatsAppBody, reader: Reader) {
  const kind = parts.header?.kind;
  if (kind === undefined || kind === "text") return null;
  if (headerFileId !== null) return { kind, fileId: headerFileId };
  reader.field = "headerFileId";
  reader.problem(
    `This template has ${kind === "image" ? "an image" : `a ${kind}`} at its head: choose the file.`,
  );
  return null;
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
