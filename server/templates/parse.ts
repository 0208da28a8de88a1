import { oneLine, webAddress } from "./clean";
import { type ContentProblem, isTagName } from "./schemas";

/** A piece of a line. `tag` is an index into `Parsed.tags`, `link` one into `Parsed.links`. */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "tag"; tag: number }
  | { kind: "break" }
  | { kind: "bold"; inside: Inline[] }
  | { kind: "link"; link: number; inside: Inline[] };

/** A use of a tag: its name and the default written in it. The same use is listed once. */
export type TagUse = { name: string; fallback: string | null };

/** Collects what all parts of one message use. */
export class Parsed {
  readonly tags: TagUse[] = [];
  readonly links: string[] = [];
  readonly problems: ContentProblem[] = [];

  /** A single line in which only tags mean something: subject, preheader. */
  line(text: string): Inline[] {
    return this.#split(oneLine(text), TAG);
  }

  /** Plain text of several lines in which tags mean something, and every web address is a link. */
  plainText(text: string): Inline[] {
    return this.#split(text.replace(/\r\n?/g, "\n"), BARE);
  }

  /** A link that stands outside the text, or null for one that is no web address. */
  link(address: string): number | null {
    return this.#link(address);
  }

  /** Paragraphs of plain text with bold, links and tags. */
  body(text: string): Inline[][] {
    return text
      .replace(/\r\n?/g, "\n")
      .split(/\n[ \t]*\n\s*/)
      .map((paragraph) => paragraph.trim())
      .filter((paragraph) => paragraph !== "")
      .map((paragraph) => this.#split(paragraph, MARKS));
  }

  #split(text: string, marks: RegExp): Inline[] {
    const found: Inline[] = [];
    let at = 0;
    for (const match of text.matchAll(marks)) {
      found.push(...this.#plain(text.slice(at, match.index)));
      found.push(...this.#mark(match, marks));
      at = match.index + match[0].length;
    }
    return [...found, ...this.#plain(text.slice(at))];
  }

  #mark(match: RegExpMatchArray, marks: RegExp): Inline[] {
    const { tag, bold, label, address, bare } = match.groups ?? {};
    if (bare !== undefined) {
      const link = this.#link(bare);
      return link === null ? [{ kind: "text", text: bare }] : [{ kind: "link", link, inside: [] }];
    }
    if (tag !== undefined) return [this.#tag(tag)];
    if (bold !== undefined) return [{ kind: "bold", inside: this.#split(bold, marks) }];
    const inside = this.#split(label ?? "", TAG);
    const link = this.#link(address ?? "");
    return link === null ? inside : [{ kind: "link", link, inside }];
  }

  #plain(text: string): Inline[] {
    if (text.includes("{{") || text.includes("}}")) {
      this.problems.push({ message: "A tag is not closed: write it as {{customer_name}}." });
      // Unreadable tags never resolve: nobody is sent a message with braces in it.
      return [this.#use({ name: oneLine(text).slice(0, 60), fallback: null })];
    }
    return text.split("\n").flatMap((line, index): Inline[] => {
      const piece: Inline[] = line === "" ? [] : [{ kind: "text", text: line }];
      return index === 0 ? piece : [{ kind: "break" }, ...piece];
    });
  }

  #tag(inside: string): Inline {
    const match = USE.exec(inside);
    const name = match?.groups?.name ?? oneLine(inside);
    const written = match?.groups?.double ?? match?.groups?.single;
    const fallback = written === undefined ? null : oneLine(written);
    if (!match)
      this.problems.push({
        message: `{{${name}}} cannot be read. Write {{customer_name}} or {{customer_name | default: "there"}}.`,
        tag: name,
      });
    else if (!isTagName(name))
      this.problems.push({ message: `There is no tag {{${name}}}. Choose one from the list.`, tag: name });
    else if (fallback === "")
      this.problems.push({
        message: `The fallback of {{${name}}} is empty. Write what to say instead.`,
        tag: name,
      });
    return this.#use({ name, fallback });
  }

  #use(use: TagUse): Inline {
    const known = this.tags.findIndex((other) => other.name === use.name && other.fallback === use.fallback);
    return { kind: "tag", tag: known >= 0 ? known : this.tags.push(use) - 1 };
  }

  #link(address: string): number | null {
    if (address.includes("{{")) {
      this.problems.push({ message: "A link cannot contain a tag: every customer gets the same address." });
      return null;
    }
    const url = webAddress(address);
    if (url === null) {
      this.problems.push({
        message: `The link “${address}” needs a full address that starts with https://.`,
      });
      return null;
    }
    return this.links.push(url) - 1;
  }
}

const TAG = /\{\{(?<tag>[^{}]*)\}\}/g;
const MARKS =
  /\{\{(?<tag>[^{}]*)\}\}|\*\*(?<bold>[^\n]+?)\*\*|\[(?<label>[^[\]\n]+)\]\((?<address>(?:[^()\s]|\([^()\s]*\))*)\)/g;
// A sentence's own marks after an address do not belong to it.
const BARE = /\{\{(?<tag>[^{}]*)\}\}|(?<bare>https?:\/\/[^\s<>"{}]*[^\s<>"{}.,;:!?'’)\]])/g;
const USE =
  /^\s*(?<name>[A-Za-z_][\w.]*)\s*(?:\|\s*default:\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)')\s*)?$/;
