const nouns: Record<string, string> = {
  campaign_id: "campaigns",
  callback_request_id: "callbacks",
  customer_id: "customers",
  policy_id: "policies",
  payment_id: "payments",
  conversion_id: "conversions",
  segment_id: "segments",
  template_id: "templates",
  attempt_id: "attempts",
};
const MOST = 40;

/** Ids and cursors that the server answered with, for later requests to name. */
export class Remembered {
  readonly #ids = new Map<string, string[]>();
  readonly #cursors: string[] = [];

  keep(rows: Record<string, string>): void {
    for (const [noun, id] of Object.entries(rows)) this.#add(noun, id);
  }

  /** Looks through an answer. */
  learn(answer: unknown): void {
    if (typeof answer !== "object" || answer === null) return;
    for (const [key, value] of Object.entries(answer)) {
      if (typeof value === "object") this.learn(value);
      else if (typeof value !== "string") continue;
      else if (key === "next_cursor") this.#cursors.push(value);
      else if (nouns[key]) this.#add(nouns[key], value);
    }
  }

  /** The text itself, or what it stands for: an id of the noun, mostly, or of another one. */
  fill(text: string, noun: string): string {
    const [, kind, nth = "0"] = /^@(id|cursor):(\d+)$/.exec(text) ?? [];
    if (kind === "cursor") return this.#cursors.at(-1 - Number(nth)) ?? "none";
    if (kind !== "id") return text;
    const known = this.#ids.get(noun) ?? [];
    const others = [...this.#ids.values()].flat();
    const from = Number(nth) % 10 === 9 || known.length === 0 ? others : known;
    return from[Number(nth) % from.length] ?? text;
  }

  #add(noun: string, id: string): void {
    const known = this.#ids.get(noun) ?? [];
    if (known.includes(id)) return;
    known.push(id);
    // The first stays: it is the one that was made with all that belongs to it.
    if (known.length > MOST) known.splice(1, 1);
    this.#ids.set(noun, known);
  }
}
