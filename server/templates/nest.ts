/** A flat list in which logic tags stand between items. */
export type Entry<Item> = { logic: string; at: number } | { item: Item };

/** The same, nested: a choice takes the first branch whose condition holds. */
export type Tree<Item> = (
  | { item: Item }
  | { branches: { condition: string; at: number; inside: Tree<Item> }[]; otherwise: Tree<Item> }
)[];

export type LogicProblem = { message: string; tag: string; at: number };

/** Deepest nesting of logic. */
const DEEPEST = 10;

type Open<Item> = {
  kind: "if" | "case";
  /** The word that closes it. */
  end: string;
  subject: string;
  source: string;
  at: number;
  branches: { condition: string; at: number; inside: Tree<Item> }[];
  otherwise: Tree<Item>;
  /** Where items go now; between `case` and its first `when`, nowhere. */
  current: Tree<Item>;
  ended: boolean;
};

export type WhenCondition = (subject: string, values: string) => string | null;

/**
 * Nests a list by its `{% if %}`, `{% elsif %}`, `{% else %}`, `{% endif %}`, `{% unless %}` and `{% case %}`. What does not
 * fit is a problem in words, and the list is read on as well as it can be, so that all problems are found at once.
 */
export function nest<Item>(
  entries: readonly Entry<Item>[],
  whenCondition: WhenCondition,
): { tree: Tree<Item>; problems: LogicProblem[] } {
  const nesting = new Nesting<Item>(whenCondition);
  for (const entry of entries) nesting.take(entry);
  nesting.end();
  return { tree: nesting.tree, problems: nesting.problems };
}

class Nesting<Item> {
  readonly tree: Tree<Item> = [];
  readonly problems: LogicProblem[] = [];
  readonly #open: Open<Item>[] = [];

  constructor(readonly whenCondition: WhenCondition) {}

  get #here(): Tree<Item> {
    return this.#open.at(-1)?.current ?? this.tree;
  }

  take(entry: Entry<Item>): void {
    if ("item" in entry) this.#here.push(entry);
    else this.#logic(entry.logic.replace(/^-|-$/g, "").trim(), entry.at);
  }

  end(): void {
    for (const { source, at, end } of this.#open)
      this.#wrong(`{% ${source} %} is never closed. Add {% ${end} %}.`, source, at);
  }

  #wrong(message: string, tag: string, at: number): void {
    this.problems.push({ message, tag, at });
  }

  #logic(source: string, at: number): void {
    const [word = "", ...rest] = source.split(/\s+/);
    const condition = rest.join(" ");
    if (word === "if" || word === "unless" || word === "case") this.#begin(word, condition, source, at);
    else if (word === "elsif") this.#elsif(condition, source, at);
    else if (word === "when") this.#when(condition, source, at);
    else if (word === "else") this.#otherwise(source, at);
    else if (word === "endif" || word === "endunless" || word === "endcase") this.#close(word, at);
    else if (word === "for") this.#wrong("There are no loops: a message speaks of one policy.", source, at);
    else
      this.#wrong(
        `There is no {% ${word} %}. There are if, elsif, else, unless and case, each with its end.`,
        source,
        at,
      );
  }

  #begin(word: "if" | "unless" | "case", condition: string, source: string, at: number): void {
    if (this.#open.length >= DEEPEST)
      this.#wrong(`Conditions stand in one another more than ${DEEPEST} deep.`, source, at);
    const opening: Open<Item> = {
      kind: word === "case" ? "case" : "if",
      end: `end${word}`,
      subject: condition,
      source,
      at,
      branches: [],
      otherwise: [],
      current: [],
      ended: false,
    };
    this.#open.push(opening);
    if (word !== "case") this.#branch(opening, word === "if" ? condition : `unless ${condition}`, at);
  }

  #branch(top: Open<Item>, condition: string, at: number): void {
    top.current = [];
    top.branches.push({ condition, at, inside: top.current });
  }

  #elsif(condition: string, source: string, at: number): void {
    const top = this.#open.at(-1);
    if (top?.kind === "if" && !top.ended) this.#branch(top, condition, at);
    else this.#wrong(`{% ${source} %} stands outside an if.`, source, at);
  }

  #when(values: string, source: string, at: number): void {
    const top = this.#open.at(-1);
    if (top?.kind !== "case" || top.ended) {
      this.#wrong(`{% ${source} %} stands outside a case.`, source, at);
      return;
    }
    const read = this.whenCondition(top.subject, values);
    if (read === null)
      this.#wrong(`{% ${source} %} cannot be read. Write {% when "Gold", "Platinum" %}.`, source, at);
    else this.#branch(top, read, at);
  }

  #otherwise(source: string, at: number): void {
    const top = this.#open.at(-1);
    if (!top || top.ended) {
      this.#wrong("{% else %} stands outside an if.", source, at);
      return;
    }
    top.ended = true;
    top.current = top.otherwise;
  }

  #close(word: string, at: number): void {
    const top = this.#open.at(-1);
    if (top?.end !== word) {
      this.#wrong(`{% ${word} %} closes nothing that is open.`, word, at);
      return;
    }
    this.#open.pop();
    this.#here.push({ branches: top.branches, otherwise: top.otherwise });
  }
}
