import type { ChosenRegistration, SmsBody } from "@/server/campaigns/content";
import { countSms, plainSms } from "@/server/platform/sms";
import { oneLine } from "./clean";
import { type CompiledBody, type CompileOptions, compiledOf } from "./compile";
import { fitPlace, mostIn, piecesOf, takesLinks } from "./dlt";
import { inlineText, join } from "./parts";
import { type Node, Reader } from "./reader";

/** Compiles an SMS: free text, or a registered one whose places are filled. */
export function compileSms(
  body: SmsBody,
  registration: ChosenRegistration | null,
  options: CompileOptions,
): CompiledBody {
  const reader = new Reader(options);
  if (body.dltTemplateId !== null && registration === null) {
    reader.field = "dltTemplateId";
    reader.problem("This registered text is no longer active. Choose another one.");
  }
  return registration
    ? compileRegistered(body, registration, reader, options)
    : compileFree(body, reader, options);
}

function compileFree(body: SmsBody, reader: Reader, options: CompileOptions): CompiledBody {
  const nodes = reader.plainText("text", body.text);
  const say = join(nodes.map(inlineText(textOptions(constants(nodes), options))));
  return compiledOf(reader, options, {
    prepare: async () => (slots) => {
      const text = say(slots).trim();
      return { channel: "sms", text, parts: countSms(text).parts, dlt: null };
    },
  });
}

function compileRegistered(
  { variables }: SmsBody,
  registration: ChosenRegistration,
  reader: Reader,
  options: CompileOptions,
): CompiledBody {
  agree(registration, reader, options);
  const { words, places } = piecesOf(registration.text);
  const nodes = places.map((kind, nth) => {
    const written = variables[nth] ?? "";
    const inside = reader.plainText(`variables.${nth}`, written);
    checkPlace(kind, nth, { written, inside, reader });
    return inside;
  });
  const text = inlineText(textOptions([...words, ...nodes.map(constants)].join(""), options));
  const say = nodes.map((inside) => join(inside.map(text)));
  const { entityId, header, templateId } = registration;
  return compiledOf(reader, options, {
    prepare: async () => (slots) => {
      const filled = say.map((fill, nth) => {
        const fitted = fitPlace(places[nth] ?? "var", oneLine(fill(slots)));
        // What cannot stand there is as good as missing: the operators would drop the message.
        if (fitted === "") slots.missing ??= tagsIn(nodes[nth] ?? [], reader)[0] ?? `#${nth + 1}`;
        return fitted;
      });
      const whole = words.map((piece, nth) => piece + (filled[nth] ?? "")).join("");
      return {
        channel: "sms",
        text: whole,
        parts: countSms(whole).parts,
        dlt: { entityId, header, templateId, variables: filled },
      };
    },
  });
}

/** The registry's category must allow what the campaign is for. */
function agree(
  { category, name }: ChosenRegistration,
  reader: Reader,
  { wayOut: promotional }: CompileOptions,
): void {
  reader.field = "dltTemplateId";
  if (promotional && (category === "service_implicit" || category === "transactional"))
    reader.problem(
      `“${name}” is registered for service messages, and this campaign is promotional. Choose a promotional or service-explicit text.`,
    );
  if (!promotional && category === "promotional")
    reader.problem(
      `“${name}” is registered for promotion, and this campaign is a service message. Choose a service text.`,
    );
}

function checkPlace(
  kind: string,
  nth: number,
  { written, inside, reader }: { written: string; inside: Node[]; reader: Reader },
): void {
  reader.field = `variables.${nth}`;
  if (written.trim() === "") {
    reader.problem(`Say what stands in place ${nth + 1}.`);
    return;
  }
  if (!takesLinks(kind) && hasLink(inside))
    reader.problem(
      `A link does not fit into place ${nth + 1}: it takes ${mostIn(kind)} characters. Use a text that is registered with {#url#}.`,
    );
  // One entry is longer than a place: what is cut is told to nobody, and no other message tells it.
  if (!takesLinks(kind) && tagsIn(inside, reader).includes("policies_due"))
    reader.problem(
      "The list of policies does not fit into this registered text. Choose one message about each policy, or take the list out.",
      "policies_due",
    );
  if (
    inside.length === 1 &&
    inside[0]?.kind === "text" &&
    fitPlace(kind, oneLine(written)) !== oneLine(written)
  )
    reader.problem(
      kind === "numeric"
        ? `Place ${nth + 1} takes figures only.`
        : `Place ${nth + 1} takes at most ${mostIn(kind)} characters, without special ones.`,
    );
}

function textOptions(constant: string, { firstLink }: CompileOptions) {
  // A rupee sign or a curly quote in a value must not double the price of a text that has none of its own.
  const plain = countSms(constant).encoding === "GSM-7";
  return { firstLink, short: true, ...(plain ? { output: plainSms } : {}) };
}

/** Everything below a node, itself included. */
function walk(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node): Node[] => {
    if (node.kind === "mark" || node.kind === "link") return [node, ...walk(node.inside)];
    if (node.kind !== "choice") return [node];
    return [node, ...node.branches.flatMap((branch) => walk(branch.inside)), ...walk(node.otherwise)];
  });
}

/** The words of a text that do not depend on the customer, those in conditions too. */
const constants = (nodes: readonly Node[]): string =>
  walk(nodes)
    .map((node) => (node.kind === "text" ? node.text : ""))
    .join("");

const hasLink = (nodes: readonly Node[]): boolean => walk(nodes).some((node) => node.kind === "link");

/** The tags that are written out, in their order; a condition alone writes nothing. */
const tagsIn = (nodes: readonly Node[], reader: Reader): string[] =>
  walk(nodes).flatMap((node) => (node.kind === "output" ? (reader.uses[node.output]?.name ?? []) : []));
