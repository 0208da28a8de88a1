import type { TemplateCategory, WhatsAppTemplateParts } from "./schemas";

/** The numbers of a text's `{{1}}`, `{{2}}` …, each once, in order. */
export const variablesOf = (text: string): number[] =>
  [...new Set([...text.matchAll(/\{\{(\d+)\}\}/g)].map(([, number]) => Number(number)))].toSorted(
    (one, other) => one - other,
  );

/** A template's text as its reader sees it: samples, or the values given, in place of the variables. */
export const filledText = (text: string, values: readonly string[] = []): string =>
  text.replace(/\{\{(\d+)\}\}/g, (place, number) => values[Number(number) - 1] || place);

export type TemplatePart = "name" | "header" | "body" | "footer" | "buttons" | "samples";
export type TemplateProblem = { part: TemplatePart; message: string };

type Checked = { name: string; category: TemplateCategory; parts: WhatsAppTemplateParts };

/** At most so many of each kind of button, by Meta's documentation of message templates. */
const MOST = { quick_reply: 10, url: 2, phone: 1 } as const;
/** Meta's own proportion: 2x + 1 words for x variables. */
const wordsFor = (variables: number): number => (variables === 0 ? 0 : 2 * variables + 1);

/**
 * What Meta would refuse a template for, as far as rules can tell; empty when nothing is left to mend. The rules are those
 * of Meta's page “Message templates: components”; a person there may still refuse it for what it says.
 */
export function templateProblems({ name, parts }: Checked): TemplateProblem[] {
  return [...nameProblems(name), ...headerProblems(parts), ...bodyProblems(parts), ...endProblems(parts)];
}

const nameProblems = (name: string): TemplateProblem[] =>
  /^[a-z0-9_]{1,512}$/.test(name)
    ? []
    : [{ part: "name", message: "Small letters, digits and underscores, like renewal_reminder." }];

function headerProblems({ header }: WhatsAppTemplateParts): TemplateProblem[] {
  if (header?.kind !== "text") return [];
  const problem = (message: string): TemplateProblem => ({ part: "header", message });
  return [
    ...(header.text.trim() === "" ? [problem("Write the heading, or leave it out.")] : []),
    ...(header.text.includes("{{") ? [problem("A heading with a variable cannot be sent from here.")] : []),
    ...(/[*_~`]|\p{Extended_Pictographic}|\n/u.test(header.text)
      ? [problem("Plain words only: no emoji, no bold or italic, one line.")]
      : []),
  ];
}

function bodyProblems({ body, samples = [] }: WhatsAppTemplateParts): TemplateProblem[] {
  const problem = (message: string): TemplateProblem => ({ part: "body", message });
  const names = [...body.matchAll(/\{\{(.*?)\}\}/g)].map(([, inside = ""]) => inside);
  const numbers = variablesOf(body);
  const words = body
    .replace(/\{\{.*?\}\}/g, " ")
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const empty = numbers.filter((number) => (samples[number - 1] ?? "").trim() === "");
  return [
    ...(body.trim() === "" ? [problem("Write the message.")] : []),
    ...(names.some((inside) => !/^\d+$/.test(inside)) || numbers.some((number, at) => number !== at + 1)
      ? [problem("Number the variables {{1}}, {{2}}, {{3}} … without a gap.")]
      : []),
    ...(/^\s*\{\{|\}\}\s*$/.test(body)
      ? [problem("Meta refuses a message that begins or ends with a variable: put words around it.")]
      : []),
    ...(/\}\}\s*\{\{/.test(body) ? [problem("Two variables may not stand side by side.")] : []),
    ...(words.length < wordsFor(numbers.length)
      ? [problem("Too few words for so many variables: Meta wants to see what the message is about.")]
      : []),
    ...(/\n{3,}| {5,}|\t/.test(body)
      ? [problem("At most one empty line in a row, at most four spaces, no tabs.")]
      : []),
    ...(empty.length > 0
      ? [
          {
            part: "samples" as const,
            message: `Give a sample for ${empty.map((number) => `{{${number}}}`).join(", ")}: Meta looks at the message with it.`,
          },
        ]
      : []),
  ];
}

function endProblems({ footer, buttons }: WhatsAppTemplateParts): TemplateProblem[] {
  const kinds = buttons.map(({ kind }) => kind === "quick_reply");
  const turns = kinds.filter((quick, at) => at > 0 && quick !== kinds[at - 1]).length;
  const labels = buttons.map(({ label }) => label.trim().toLowerCase());
  const problem = (message: string): TemplateProblem => ({ part: "buttons", message });
  const over = (Object.keys(MOST) as (keyof typeof MOST)[]).find(
    (kind) => buttons.filter((button) => button.kind === kind).length > MOST[kind],
  );
  return [
    ...(footer?.includes("{{")
      ? [{ part: "footer" as const, message: "The footer takes no variables." }]
      : []),
    ...(labels.includes("") ? [problem("Each button needs a label.")] : []),
    ...(new Set(labels).size < labels.length ? [problem("Two buttons have the same label.")] : []),
    ...(turns > 1
      ? [problem("Keep quick replies together: links and numbers before or after all of them.")]
      : []),
    ...(over
      ? [
          problem(
            `At most ${MOST[over]} of one kind: ${over === "url" ? "links" : over === "phone" ? "numbers" : "quick replies"}.`,
          ),
        ]
      : []),
    ...buttons.flatMap((button) => buttonProblems(button)),
  ];
}

function buttonProblems(button: WhatsAppTemplateParts["buttons"][number]): TemplateProblem[] {
  const problem = (message: string): TemplateProblem[] => [{ part: "buttons", message }];
  if (button.label.includes("{{")) return problem(`“${button.label}”: a label takes no variables.`);
  if (button.kind === "phone")
    return /^\+[1-9]\d{6,14}$/.test(button.phone.replace(/[\s-]/g, ""))
      ? []
      : problem(`“${button.label}”: a number with its country code, like +911234567890.`);
  if (button.kind !== "url") return [];
  const [address = "", rest] = button.url.split("{{1}}");
  const isAddress = /^https:\/\/[^\s{}]+\.[^\s{}]+$/.test(address);
  return isAddress && (rest === undefined || rest === "")
    ? []
    : problem(`“${button.label}”: an address like https://example.com/pay, which may end in {{1}}.`);
}
