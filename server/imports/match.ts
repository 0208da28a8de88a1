import { newId } from "@/server/platform/ids";
import { type KnownPolicy, makePolicyPool, type PolicyClaim, type PolicyPool } from "./match-policy";
import { alikeNames, sameWords } from "./names";
import { type ParsedRow, type ReadRow, type RejectedRow, statementKeys } from "./parse-row";

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
  stopState: string | null;
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
  /** Fields that the row stated. */
  stated: string[];
  /** Whether the row made or changed the customer. */
  changed: boolean;
} & PolicyClaim;

/** An accepted row with its customer. */
export type Accepted = {
  kind: "accept";
  row: ParsedRow;
  customerId: string;
  /** Null where the customer is made by this import. */
  known: Known | null;
  /** An earlier row of this file speaks of the same customer. */
  again: boolean;
  /** An earlier row speaks of the same policy: this one adds an instalment. */
  policyAgain: boolean;
  /** What earlier rows stated of the customer, and whether they made or changed it. */
  earlier: { stated: ReadonlySet<string>; changed: boolean };
};

/** What becomes of a row. */
export type Decision = Accepted | { kind: "reject"; row: RejectedRow };

/** A customer to match against: its keys as they stand now, and the first row of this file that has it already. */
type Entry = {
  customerId: string;
  externalId: string | null;
  phone: string | null;
  email: string | null;
  name: string;
  claimedBy: number | null;
  known: Known | null;
  stated: Set<string>;
  changed: boolean;
};

/** Names decide where both are given; else a differing phone or e-mail says that they are two people. */
function samePerson(row: ParsedRow, entry: Entry): boolean {
  if (row.fields.name && entry.name)
    return row.policy ? alikeNames(row.fields.name, entry.name) : sameWords(row.fields.name, entry.name);
  const differ = (one: string | null, other: string | null) =>
    one !== null && other !== null && one !== other;
  return !differ(row.email, entry.email) && !differ(row.phone, entry.phone);
}

/** Looks entries up by each of their keys, while rows change them. */
function makePool(known: Known[], claims: Claim[]) {
  const byId = new Map<string, Entry>();
  const byKey = new Map<string, Set<Entry>>();
  const keysOf = (entry: Pick<Entry, "externalId" | "phone" | "email">) =>
    (["externalId", "phone", "email"] as const).flatMap((name) =>
      entry[name] === null ? [] : [`${name} ${entry[name]}`],
    );
  const add = (entry: Entry, aliases: string[] = []) => {
    byId.set(entry.customerId, entry);
    for (const key of [...keysOf(entry), ...aliases])
      byKey.set(key, (byKey.get(key) ?? new Set()).add(entry));
  };
  /** The customer as a row of this file leaves it. What the first row says of an address stands; others lead there too. */
  const claim = (taken: Omit<Claim, keyof PolicyClaim>) => {
    const old = byId.get(taken.customerId);
    const first = old && old.claimedBy !== null ? old : null;
    if (old) for (const key of keysOf(old)) byKey.get(key)?.delete(old);
    const entry: Entry = {
      customerId: taken.customerId,
      externalId: first?.externalId ?? taken.externalId,
      phone: first?.phone ?? taken.phone,
      email: first?.email ?? taken.email,
      name: first?.name || taken.name,
      claimedBy: first?.claimedBy ?? taken.rowNumber,
      known: old?.known ?? null,
      stated: new Set([...(old?.stated ?? []), ...taken.stated]),
      changed: (old?.changed ?? false) || taken.changed,
    };
    add(entry, keysOf({ ...entry, ...taken }));
  };
  for (const customer of known)
    add({
      ...customer,
      customerId: customer.id,
      claimedBy: null,
      known: customer,
      stated: new Set(),
      changed: false,
    });
  for (const taken of claims) claim(taken);
  return {
    claim,
    get: (customerId: string) => byId.get(customerId) ?? null,
    find: (name: "externalId" | "phone" | "email", value: string | null): Entry[] =>
      value === null ? [] : [...(byKey.get(`${name} ${value}`) ?? [])],
  };
}
type Pool = ReturnType<typeof makePool>;

type Found = { entry: Entry } | { duplicateOf: number; by: string } | { ambiguous: string } | null;

const words = { externalId: "external id", phone: "phone", email: "e-mail" } as const;

/**
 * By external id, then the policy that is theirs already, then phone, then e-mail (`joints.md`). A phone or an e-mail may be
 * shared: it counts only when one customer fits who has no other external id and, in a file of customers, is not an earlier
 * row of it. Of several, the one with the same e-mail or phone, or the same name, is meant.
 */
function find(pool: Pool, row: ParsedRow, owner: string | null): Found {
  const earlier = (entry: Entry, by: string): Found =>
    entry.claimedBy === null || row.policy ? { entry } : { duplicateOf: entry.claimedBy, by };
  for (const entry of pool.find("externalId", row.externalId)) return earlier(entry, words.externalId);
  const own = owner === null ? null : pool.get(owner);
  // The holder's external id may be new to us, but not another one.
  if (own && (row.externalId === null || own.externalId === null)) return { entry: own };
  for (const name of ["phone", "email"] as const) {
    const sharing = pool
      .find(name, row[name])
      .filter(
        (entry) =>
          row.externalId === null || entry.externalId === null || row.externalId === entry.externalId,
      );
    const twin = sharing.find((entry) => entry.claimedBy !== null && samePerson(row, entry));
    if (twin) return earlier(twin, words[name]);
    const free = sharing.filter((entry) => entry.claimedBy === null);
    const [only] = free;
    // A policy goes to nobody else of a family, only because they share a phone.
    if (only && sharing.length === 1 && (!row.policy || samePerson(row, only))) return { entry: only };
    const chosen = choose(row, free, name === "phone" ? "email" : "phone");
    if (chosen) return chosen === "several" ? { ambiguous: words[name] } : { entry: chosen };
  }
  return null;
}

/** Of several who share an address: by the other address, then by name. */
function choose(row: ParsedRow, free: Entry[], other: "phone" | "email"): Entry | "several" | null {
  const byOther = free.filter((entry) => row[other] !== null && entry[other] === row[other]);
  if (byOther.length === 1 && (!row.policy || byOther.every((entry) => samePerson(row, entry))))
    return byOther[0] ?? null;
  const alike = (byOther.length > 1 ? byOther : free).filter((entry) => samePerson(row, entry));
  if (alike.length > 1) return "several";
  return alike[0] ?? null;
}

export type KnownRecords = { known: Known[]; claims: Claim[]; policies: KnownPolicy[] };

/**
 * Decides each row of a chunk in the file's order: whose it is, or why it is not taken. Pure: the same file over the same
 * customers gives the same decisions, and over its own result it creates nothing.
 */
export function decideRows(rows: ReadRow[], records: KnownRecords): Decision[] {
  const pool = makePool(records.known, records.claims);
  const policies = makePolicyPool(records.policies, records.claims);
  return rows.map(({ row, cells }) => {
    const decision = decideRow(row, pool, policies);
    if (typeof decision === "string")
      return { kind: "reject", row: { rowNumber: row.rowNumber, reason: decision, cells } };
    pool.claim({ ...claimOf(decision), changed: false });
    if (row.policy) policies.claim(row.policy, { rowNumber: row.rowNumber, customerId: decision.customerId });
    return decision;
  });
}

/** The accepted row, or why it is none. */
function decideRow(row: ParsedRow, pool: Pool, policies: PolicyPool): Accepted | string {
  const problem = row.policy && policies.problem(row.policy);
  if (problem) return problem;
  const owner = row.policy ? policies.ownerOf(row.policy.number) : null;
  const found = find(pool, row, owner);
  if (found && "duplicateOf" in found)
    return `The ${found.by} repeats row ${found.duplicateOf} of this file.`;
  if (found && "ambiguous" in found)
    return `Several customers share this ${found.ambiguous} and nothing tells which one is meant.`;
  const entry = found?.entry ?? null;
  const customerId = entry?.customerId ?? newId();
  const earlier = row.policy ? policies.earlierRow(row.policy.number) : null;
  if (earlier !== null && owner !== customerId)
    return `The policy number repeats row ${earlier} of this file, with another customer.`;
  return {
    kind: "accept",
    row,
    customerId,
    known: entry?.known ?? null,
    again: (entry?.claimedBy ?? null) !== null,
    policyAgain: earlier !== null,
    earlier: { stated: entry?.stated ?? new Set(), changed: entry?.changed ?? false },
  };
}

/** What an accepted row says about its customer's keys, for the rows after it. */
export function claimOf({ row, known, customerId }: Accepted): Omit<Claim, keyof PolicyClaim | "changed"> {
  return {
    rowNumber: row.rowNumber,
    customerId,
    externalId: row.externalId ?? known?.externalId ?? null,
    phone: row.phone ?? known?.phone ?? null,
    email: row.email ?? known?.email ?? null,
    name: row.fields.name ?? known?.name ?? "",
    stated: statementKeys(row),
  };
}
