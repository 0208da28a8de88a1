import type { ChosenRegistration, SmsBody } from "@/server/campaigns/content";
import { countSms, plainSms } from "@/server/platform/sms";
import { oneLine } from "./clean";
import { type CompiledBody, type CompileOptions, compiledOf } from "./compile";
import { inlineText, join } from "./parts";
import { type Node, Reader } from "./reader";

/** A place in a registered text that is filled: `{#var#}`, `{#numeric#}`, `{#url#}` … */
const PLACE = /\{#\s*[a-z]+\s*#\}/gi;

/** Compiles an SMS: free text, or a registered one whose places are filled. */
export function compileSms(
  body: SmsBody,
  registration: ChosenRegistration | null,
  options: CompileOptions,
): CompiledBody {
  const reader = new Reader(options);
  const words = registration?.text.split(PLACE) ?? null;
  const fills = (words ?? [])
    .slice(1)
    .map((_, nth) => reader.plainText(`variables.${nth}`, body.variables[nth] ?? ""));
  const free = words ? null : reader.plainText("text", body.text);
  // A rupee sign or a curly quote in a value must not double the price of a text that has none of its own.
  const plain =
    countSms([...(words ?? []), ...[...fills, free ?? []].map(constants)].join("")).encoding === "GSM-7";
  const text = inlineText({
    firstLink: options.firstLink,
    short: true,
    ...(plain ? { output: plainSms } : {}),
  });
  const say = fills.map((nodes) => join(nodes.map(text)));
  const sayFree = join((free ?? []).map(text));

  return compiledOf(reader, options, {
    prepare: async () => (slots) => {
      const variables = say.map((fill) => oneLine(fill(slots)));
      const whole = words
        ? words.map((piece, nth) => piece + (variables[nth] ?? "")).join("")
        : sayFree(slots).trim();
      const dlt = registration && {
        entityId: registration.entityId,
        header: registration.header,
        templateId: registration.templateId,
        variables,
      };
      return { channel: "sms", text: whole, parts: countSms(whole).parts, dlt };
    },
  });
}

/** The words of a text that do not depend on the customer, those in conditions too. */
function constants(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (node.kind === "text") return node.text;
      if (node.kind === "mark" || node.kind === "link") return constants(node.inside);
      if (node.kind !== "choice") return "";
      return [...node.branches.map((branch) => constants(branch.inside)), constants(node.otherwise)].join("");
    })
    .join("");
}
