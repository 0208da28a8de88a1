import type { TRPCError } from "@trpc/server";
import type { Role } from "@/server/platform/context";

/** Roles by their letters, as the tables write them. */
export const letters = {
  a: "admin",
  m: "marketer",
  s: "supervisor",
  g: "agent",
  v: "advisor",
} as const satisfies Record<string, Role>;
export type Letter = keyof typeof letters;

/** How a call ends. */
export type Outcome = "OK" | TRPCError["code"];

/** What is expected of one procedure. */
export type Row = {
  /** Letters of the roles that may call it; `anybody` also without a session. */
  who: string;
  /** `@noun` in it is the id of a row of that noun, `@new-noun` of one that nobody has touched. */
  input: unknown;
  /** How the call of somebody who may ends. */
  gives: Outcome;
  /** Roles from which this row is hidden: they may call it, and find nothing. */
  hiddenFrom: string;
  /** How it ends with another workspace's id in place of one of these; by noun, or for every one. */
  foreign: Outcome | Record<string, Outcome>;
};

export type Rows = Record<string, Row>;

/** A procedure that these roles may call with this input. */
export const may = (who: string, input?: unknown, more: Partial<Row> = {}): Row => ({
  ...{ who, input, gives: "OK", hiddenFrom: "", foreign: "NOT_FOUND" },
  ...more,
});

const REFERENCE = /^@([a-z][a-z-]*)$/;

/** The nouns whose ids an input takes. */
export function nounsIn(input: unknown): string[] {
  if (typeof input === "string") return REFERENCE.exec(input)?.slice(1, 2) ?? [];
  if (!isPlain(input)) return [];
  return [...new Set(Object.values(input).flatMap(nounsIn))];
}

/** The input with an id in place of each `@noun`. */
export async function filled(input: unknown, idOf: (noun: string) => Promise<string>): Promise<unknown> {
  if (typeof input === "string") {
    const [, noun] = REFERENCE.exec(input) ?? [];
    return noun ? idOf(noun) : input;
  }
  if (!isPlain(input)) return input;
  const entries: [string, unknown][] = [];
  // One after the other: two new rows are not the same one twice.
  for (const [key, value] of Object.entries(input)) entries.push([key, await filled(value, idOf)]);
  return Array.isArray(input) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

const isPlain = (value: unknown): value is object =>
  Array.isArray(value) ||
  (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype);
