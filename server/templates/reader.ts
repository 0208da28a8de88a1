import type { Utm } from "@/server/campaigns/content";
import { oneLine, webAddress } from "./clean";
import {
  type Condition,
  type Known,
  type Output,
  readCondition,
  readOutput,
  whenCondition,
} from "./expression";
import { type Entry, nest, type Tree } from "./nest";
import { CALLBACK_LINK, type ContentProblem } from "./schemas";
import { withUtm } from "./utm";
import { wordsIn } from "./words";

/** A piece of a line, read. `output`, `condition` and `link` are indexes into what the reader collects. */
export type Node =
  | { kind: "text"; text: string }
  | { kind: "break" }
  | { kind: "output"; output: number }
  | { kind: "mark"; mark: "bold" | "italic" | "underline"; inside: Node[] }
  | { kind: "link"; link: number; inside: Node[] }
  | { kind: "choice"; branches: { condition: number; inside: Node[] }[]; otherwise: Node[] };
export type Choice<Inside> = {
  kind: "choice";
  branches: { condition: number; inside: Inside[] }[];
  otherwise: Inside[];
};

export type Marks = { bold?: boolean; italic?: boolean; underline?: boolean; link?: string };
/** A piece as it is written. */
export type Piece = (
  | { kind: "text"; text: string }
  | { kind: "break" }
  | { kind: "tag"; source: string }
  | { kind: "address"; url: string }
) & { marks?: Marks };

/**
 * A use of a tag; the same source is listed once. `conditional`: all its uses stand in conditions. `broken`: it cannot be
 * read and never resolves, whatever is known of the customer.
 */
export type Use = Output & { source: string; conditional: boolean; broken: boolean };

export type ReaderOptions = {
  known: Known;
  utm: Utm | null;
  /** Whether the message has a way out of promotion to name. */
  wayOut: boolean;
  /** BCP 47, of the words that the product itself puts in. */
  language: string;
};

/** Most tags and conditions of one body. */
const MOST = 300;

/** Reads the parts of one body and collects what they use: tags, conditions, links, and what is wrong with them. */
export class Reader {
  readonly uses: Use[] = [];
  readonly conditions: (Condition & { source: string; unless: boolean })[] = [];
  readonly links: string[] = [];
  readonly problems: (ContentProblem & { field: string })[] = [];
  /** The field that is read now, and the line or paragraph in it. */
  field = "body";
  #at: number | undefined;

  constructor(readonly options: ReaderOptions) {}

  /** A single line in which only tags and conditions mean something: a subject, a variable. */
  line(field: string, text: string): Node[] {
    this.field = field;
    this.#at = undefined;
    return this.inline(split(oneLine(text), TAGS, 1));
  }

  /** Plain text of several lines; every web address in it is a link. */
  plainText(field: string, text: string): Node[] {
    this.field = field;
    const entries = text
      .replace(/\r\n?/g, "\n")
      .split("\n")
      .flatMap((line, nth): Entry<Piece>[] => [
        ...(nth === 0 ? [] : [{ item: { kind: "break" as const } }]),
        ...split(line, ADDRESSES, nth + 1),
      ]);
    return this.inline(entries);
  }

  /** A link that stands outside the text; null when it is none. */
  link(address: string): number | null {
    if (isCallbackLink(address)) return this.links.push(CALLBACK_LINK) - 1;
    if (address.includes("{{") || address.includes("{%")) {
      this.problem("A link cannot contain a tag: every customer gets the same address.");
      return null;
    }
    const url = webAddress(address);
    if (url === null) {
      this.problem(`The link “${oneLine(address)}” needs a full address that starts with https://.`);
      return null;
    }
    return this.links.push(withUtm(url, this.options.utm)) - 1;
  }

  /** Says where what is read next stands. */
  moveTo(at: number): void {
    this.#at = at;
  }

  problem(message: string, tag?: string, at = this.#at): void {
    const where = at === undefined ? {} : { at };
    this.problems.push({ message, field: this.field, ...where, ...(tag === undefined ? {} : { tag }) });
  }

  /** Pieces and logic of one line or paragraph, nested and grouped by their marks. */
  inline(entries: Entry<Piece>[]): Node[] {
    return this.choices(entries, (pieces, conditional) => this.#grouped(pieces, conditional, MARK_ORDER));
  }

  #conditional = false;

  /** Nests a list by its logic and reads what lies between; `make` gets runs of items without logic. */
  choices<Item, Made>(
    entries: Entry<Item>[],
    make: (items: Item[], conditional: boolean) => Made[],
  ): (Made | Choice<Made>)[] {
    const { tree, problems } = nest(entries, whenCondition);
    for (const { message, tag, at } of problems) this.problem(message, tag, at);
    const walk = (level: Tree<Item>): (Made | Choice<Made>)[] => {
      const made: (Made | Choice<Made>)[] = [];
      let run: Item[] = [];
      const flush = () => {
        if (run.length > 0) made.push(...make(run, this.#conditional));
        run = [];
      };
      for (const each of level) {
        if ("item" in each) {
          run.push(each.item);
          continue;
        }
        flush();
        const outer = this.#conditional;
        this.#conditional = true;
        const branches = each.branches.map(({ condition, at, inside }) => ({
          condition: this.#condition(condition, at),
          inside: walk(inside) as Made[],
        }));
        const otherwise = walk(each.otherwise) as Made[];
        this.#conditional = outer;
        made.push({ kind: "choice", branches, otherwise });
      }
      flush();
      return made;
    };
    return walk(tree);
  }

  #grouped(pieces: Piece[], conditional: boolean, order: readonly (keyof Marks)[]): Node[] {
    const [mark, ...others] = order;
    if (mark === undefined) return pieces.flatMap((piece) => this.#leaf(piece, conditional));
    const nodes: Node[] = [];
    for (let at = 0; at < pieces.length; ) {
      const value = pieces[at]?.marks?.[mark];
      let end = at + 1;
      while (end < pieces.length && pieces[end]?.marks?.[mark] === value) end++;
      const inside = this.#grouped(pieces.slice(at, end), conditional, others);
      nodes.push(...this.#marked(mark, value, inside));
      at = end;
    }
    return nodes;
  }

  #marked(mark: keyof Marks, value: string | boolean | undefined, inside: Node[]): Node[] {
    if (!value) return inside;
    if (mark !== "link") return [{ kind: "mark", mark, inside }];
    const link = this.link(String(value));
    return link === null ? inside : [{ kind: "link", link, inside }];
  }

  #leaf(piece: Piece, conditional: boolean): Node[] {
    switch (piece.kind) {
      case "text":
        return this.#text(piece.text, conditional);
      case "break":
        return [{ kind: "break" }];
      case "tag":
        return isCallbackLink(`{{${piece.source}}}`)
          ? this.#callbackLink()
          : [this.#output(piece.source, conditional)];
      case "address": {
        const link = this.link(piece.url);
        return link === null ? [{ kind: "text", text: piece.url }] : [{ kind: "link", link, inside: [] }];
      }
    }
  }

  /** A link in a mail has words; on a phone its address stands in the text. */
  #callbackLink(): Node[] {
    if (this.field === "subject" || this.field === "preheader") {
      this.problem("A link does not fit here. Put {{callback_link}} into the message.", "callback_link");
      return [];
    }
    const inside: Node[] =
      this.field === "body" ? [{ kind: "text", text: wordsIn(this.options.language).askForCall }] : [];
    return [{ kind: "link", link: this.links.push(CALLBACK_LINK) - 1, inside }];
  }

  #text(text: string, conditional: boolean): Node[] {
    if (!/\{\{|\}\}|\{%|%\}/.test(text)) return text === "" ? [] : [{ kind: "text", text }];
    this.problem("A tag is not closed: write it as {{customer_name}}.");
    // Unreadable tags never resolve: nobody is sent a message with braces in it.
    return [
      this.#add({
        name: oneLine(text).slice(0, 60),
        fallback: null,
        filters: [],
        source: text,
        conditional,
        broken: true,
      }),
    ];
  }

  #output(source: string, conditional: boolean): Node {
    const read = readOutput(source, this.options.known);
    if (read.ok && read.value.name === "unsubscribe_link" && !this.options.wayOut)
      this.problem(
        "A service message has no way out of promotion. Take {{unsubscribe_link}} out.",
        "unsubscribe_link",
      );
    if (read.ok && read.value.name === "callback_link")
      this.problem("{{callback_link}} is an address: it takes no filter and no fallback.", "callback_link");
    if (read.ok) return this.#add({ ...read.value, source: source.trim(), conditional, broken: false });
    this.problem(read.message, read.tag);
    return this.#add({
      name: read.tag,
      fallback: null,
      filters: [],
      source,
      conditional: false,
      broken: true,
    });
  }

  #add(use: Use): Node {
    const known = this.uses.findIndex((other) => other.source === use.source);
    const found = this.uses[known];
    if (found) {
      found.conditional &&= use.conditional;
      return { kind: "output", output: known };
    }
    if (this.uses.length === MOST) this.problem(`There are more than ${MOST} tags. Use fewer.`);
    return { kind: "output", output: this.uses.push(use) - 1 };
  }

  #condition(written: string, at: number): number {
    const unless = written.startsWith("unless ");
    const source = unless ? written.slice("unless ".length) : written;
    const known = this.conditions.findIndex((other) => other.source === source && other.unless === unless);
    if (known >= 0) return known;
    if (this.conditions.length === MOST) this.problem(`There are more than ${MOST} conditions. Use fewer.`);
    const read = readCondition(source, this.options.known);
    if (!read.ok) this.problem(read.message, read.tag, at);
    const condition = read.ok ? read.value : { tags: [], holds: () => false };
    return this.conditions.push({ ...condition, source, unless }) - 1;
  }
}

const isCallbackLink = (address: string): boolean => /^\s*\{\{\s*callback_link\s*\}\}\s*$/.test(address);

const MARK_ORDER = ["link", "bold", "italic", "underline"] as const;

const TAGS = /\{\{(?<tag>[^{}]*)\}\}|\{%(?<logic>[^{}%]*)%\}/g;
// A sentence's own marks after an address do not belong to it.
const ADDRESSES =
  /\{\{(?<tag>[^{}]*)\}\}|\{%(?<logic>[^{}%]*)%\}|(?<address>https?:\/\/[^\s<>"{}]*[^\s<>"{}.,;:!?'’)\]])/g;

/** A text in pieces, with the logic between them; `marks` go onto every piece. */
export function split(text: string, pattern: RegExp, at: number, marks?: Marks): Entry<Piece>[] {
  const marked = marks ? { marks } : {};
  const found: Entry<Piece>[] = [];
  const plain = (words: string) => {
    if (words !== "") found.push({ item: { kind: "text", text: words, ...marked } });
  };
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    plain(text.slice(from, match.index));
    const { tag, logic, address } = match.groups ?? {};
    if (logic !== undefined) found.push({ logic, at });
    else if (tag !== undefined) found.push({ item: { kind: "tag", source: tag, ...marked } });
    else found.push({ item: { kind: "address", url: address ?? "", ...marked } });
    from = match.index + match[0].length;
  }
  plain(text.slice(from));
  return found;
}

/** Tags and logic of a text that is part of a document. */
export const splitTags = (text: string, at: number, marks?: Marks): Entry<Piece>[] =>
  split(text, TAGS, at, marks);
