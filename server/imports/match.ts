import { newId } from "@/server/platform/ids";
import type { ParsedRow, ReadRow, RejectedRow } from "./parse-row";

/** A customer as the database has it, in the columns that an import can write. */
export type Known = {
  id: string;
  externalId: string | null;
  phone: string | null;
  email: string | null;
  name: string;
  language: string;
  tier: string;
  city: string | null;
  birthDate: string | null;
  attributes: Record<string, string | number | boolean | null>;
};

/** An earlier row of the same file, with its customer's addresses as that row left them. */
export type Claim = {
  rowNumber: number;
  customerId: string;
  externalId: string | null;
  phone: string | null;
  email: string | null;
  name: string;
};

/** What becomes of a row. */
export type Decision =
  | { kind: "create"; row: ParsedRow; id: string }
  | { kind: "match"; row: ParsedRow; customer: Known }
  | { kind: "reject"; row: RejectedRow };

/** A customer to match against: its keys as they stand now, and the row of this file that has it already. */
type Entry = Omit<Claim, "rowNumber"> & { claimedBy: number | null; known: Known | null };

const sameWords = (one: string, other: string): boolean =>
  one.trim().toLowerCase().replace(/\s+/g, " ") === other.trim().toLowerCase().replace(/\s+/g, " ");

/** Names decide where both are given; else a differing phone or e-mail says that they are two people. */
function samePerson(row: ParsedRow, entry: Entry): boolean {
  if (row.fields.name && entry.name) return sameWords(row.fields.name, entry.name);
  const differ = (one: string | null, other: string | null) =>
    one !== null && other !== null && one !== other;
  return !differ(row.email, entry.email) && !differ(row.phone, entry.phone);
}

/** Looks entries up by each of their keys, while rows change them. */
function makePool(known: Known[], claims: Claim[]) {
  const byId = new Map<string, Entry>();
  const byKey = new Map<string, Set<Entry>>();
  const keysOf = (entry: Entry) =>
    (["externalId", "phone", "email"] as const).flatMap((name) =>
      entry[name] === null ? [] : [`${name} ${entry[name]}`],
    );
  const add = (entry: Entry) => {
    byId.set(entry.customerId, entry);
    for (const key of keysOf(entry)) byKey.set(key, (byKey.get(key) ?? new Set()).add(entry));
  };
  /** The customer as a row of this file leaves it. */
  const claim = (taken: Claim) => {
    const old = byId.get(taken.customerId);
    if (old) for (const key of keysOf(old)) byKey.get(key)?.delete(old);
    add({ ...taken, claimedBy: taken.rowNumber, known: old?.known ?? null });
  };
  for (const customer of known)
    add({ ...customer, customerId: customer.id, claimedBy: null, known: customer });
  for (const taken of claims) claim(taken);
  return {
    claim,
    find: (name: "externalId" | "phone" | "email", value: string | null): Entry[] =>
      value === null ? [] : [...(byKey.get(`${name} ${value}`) ?? [])],
  };
}

type Found = { entry: Entry } | { duplicateOf: number; by: string } | { ambiguous: string } | null;

const words = { externalId: "external id", phone: "phone", email: "e-mail" } as const;

/**
 * By external id, then phone, then e-mail (`joints.md`). A phone or an e-mail may be shared: it counts only when one
 * customer fits who has no other external id and is not an earlier row of this file. Of several, the one with the same
 * e-mail or phone, or the same name, is meant.
 */
function find(pool: ReturnType<typeof makePool>, row: ParsedRow): Found {
  for (const entry of pool.find("externalId", row.externalId))
    return entry.claimedBy === null ? { entry } : { duplicateOf: entry.claimedBy, by: words.externalId };
  for (const name of ["phone", "email"] as const) {
    const sharing = pool
      .find(name, row[name])
      .filter(
        (entry) =>
          row.externalId === null || entry.externalId === null || row.externalId === entry.externalId,
      );
    const twin = sharing.find((entry) => entry.claimedBy !== null && samePerson(row, entry));
    if (twin?.claimedBy) return { duplicateOf: twin.claimedBy, by: words[name] };
    const free = sharing.filter((entry) => entry.claimedBy === null);
    const [only] = free;
    if (only && sharing.length === 1) return { entry: only };
    const chosen = choose(row, free, name === "phone" ? "email" : "phone");
    if (chosen) return chosen === "several" ? { ambiguous: words[name] } : { entry: chosen };
  }
  return null;
}

/** Of several who share an address: by the other address, then by name. */
function choose(row: ParsedRow, free: Entry[], other: "phone" | "email"): Entry | "several" | null {
  const byOther = free.filter((entry) => row[other] !== null && entry[other] === row[other]);
  if (byOther.length === 1) return byOther[0] ?? null;
  const alike = (byOther.length > 1 ? byOther : free).filter((entry) => samePerson(row, entry));
  if (alike.length > 1) return "several";
  return alike[0] ?? null;
}

/**
 * Decides each row of a chunk in the file's order: create, match, or reject as a repetition. Pure: the same file over
 * the same customers gives the same decisions, and over its own result it creates nothing.
 */
export function decideRows(rows: ReadRow[], known: Known[], claims: Claim[]): Decision[] {
  const pool = makePool(known, claims);
  return rows.map(({ row, cells }) => {
    const reject = (reason: string): Decision => ({
      kind: "reject",
      row: { rowNumber: row.rowNumber, reason, cells },
    });
    const found = find(pool, row);
    if (found && "duplicateOf" in found)
      return reject(`The ${found.by} repeats row ${found.duplicateOf} of this file.`);
    if (found && "ambiguous" in found)
      return reject(`Several customers share this ${found.ambiguous} and nothing tells which one is meant.`);
    const customer = found?.entry.known;
    const decision: Decision = customer
      ? { kind: "match", row, customer }
      : { kind: "create", row, id: newId() };
    pool.claim(claimOf(decision));
    return decision;
  });
}

/** What an accepted row says about its customer's keys, for the rows after it. */
export function claimOf(decision: Exclude<Decision, { kind: "reject" }>): Claim {
  const { row } = decision;
  const known = decision.kind === "match" ? decision.customer : null;
  return {
    rowNumber: row.rowNumber,
    customerId: decision.kind === "match" ? decision.customer.id : decision.id,
    externalId: row.externalId ?? known?.externalId ?? null,
    phone: row.phone ?? known?.phone ?? null,
    email: row.email ?? known?.email ?? null,
    name: row.fields.name ?? known?.name ?? "",
  };
}
