import { escapeHtml } from "./clean";
import type { Choice, Node } from "./reader";
import type { Part, Slots } from "./slots";

/** One function for a list of parts; neighbouring constants become one string. */
export function join(parts: readonly Part[]): (slots: Slots) => string {
  const merged: Part[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === "string" && typeof last === "string") merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  const [only] = merged;
  if (merged.length === 1 && only !== undefined) return typeof only === "string" ? () => only : only;
  return (slots) => {
    let text = "";
    for (const part of merged) text += typeof part === "string" ? part : part(slots);
    return text;
  };
}

/** The part of a choice, given how its inside is made. */
export function choose<Inside>(choice: Choice<Inside>, make: (inside: Inside) => Part): Part {
  const branches = choice.branches.map(({ condition, inside }) => ({
    condition,
    say: join(inside.map(make)),
  }));
  const otherwise = join(choice.otherwise.map(make));
  return (slots) => {
    for (const { condition, say } of branches) if (slots.holds(condition)) return say(slots);
    return otherwise(slots);
  };
}

const marks = { bold: "strong", italic: "em", underline: "u" } as const;

/** A piece of a line in HTML; `firstLink` is the number of the body's first link. */
export const inlineHtml =
  (firstLink: number) =>
  (node: Node): Part => {
    switch (node.kind) {
      case "text":
        return escapeHtml(node.text);
      case "break":
        return "<br>\n";
      case "output":
        return (slots) => slots.html(node.output);
      case "mark": {
        const inside = node.inside.map(inlineHtml(firstLink));
        return join([`<${marks[node.mark]}>`, ...inside, `</${marks[node.mark]}>`]);
      }
      case "link":
        return join([
          '<a class="rb-link" href="',
          linkHref(firstLink + node.link),
          '" target="_blank" style="text-decoration:underline">',
          ...node.inside.map(inlineHtml(firstLink)),
          "</a>",
        ]);
      case "choice":
        return choose(node, inlineHtml(firstLink));
    }
  };

/** Where a link leads, inside an attribute. */
export const linkHref =
  (link: number): Part =>
  (slots) =>
    escapeHtml(slots.target.linkUrl(link));

type TextOptions = { firstLink: number; output?: (text: string) => string; short?: boolean };

/** A piece of a line as plain text: a link as its words and its address. */
export const inlineText =
  (options: TextOptions) =>
  (node: Node): Part => {
    const { firstLink, output, short } = options;
    switch (node.kind) {
      case "text":
        return node.text;
      case "break":
        return "\n";
      case "output":
        return output ? (slots) => output(slots.text(node.output)) : (slots) => slots.text(node.output);
      case "mark":
        return join(node.inside.map(inlineText(options)));
      case "link": {
        const url: Part = ({ target }) =>
          short ? target.shortUrl(firstLink + node.link) : target.linkUrl(firstLink + node.link);
        const words = node.inside.map(inlineText(options));
        return words.length === 0 ? url : join([...words, ": ", url]);
      }
      case "choice":
        return choose(node, inlineText(options));
    }
  };
