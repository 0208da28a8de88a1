import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";

/** How the persons to be erased can be recognised where no id leads to them: in replies of strangers, rows of files, raw posts. */
export type Words = {
  ids: string[];
  /** Addresses of theirs that no living customer has as well; one that is shared stays another person's. */
  emails: string[];
  phones: string[];
  /** Addresses that somebody else has as well: they name the person only beside the name. */
  sharedEmails: string[];
  sharedPhones: string[];
  externalIds: string[];
  names: string[];
  policyNumbers: string[];
};

type Row = {
  name: string;
  phone: string | null;
  email: string | null;
  externalId: string | null;
  phoneShared: boolean;
  emailShared: boolean;
};

/** Reads them, while they are still there: the second look finds none. */
export async function wordsOf(tx: Transaction, ctx: Context, ids: string[]): Promise<Words> {
  const among = sql`any(${sql.param(ids)}::uuid[])`;
  const other = sql`from customers o where o.workspace_id = c.workspace_id and o.id <> all(${sql.param(ids)}::uuid[])
    and o.erased_at is null`;
  const people = await tx.execute<Row>(sql`
    select c.name, c.phone, lower(c.email) as email, c.external_id as "externalId",
      exists (select ${other} and o.phone = c.phone) as "phoneShared",
      exists (select ${other} and lower(o.email) = lower(c.email)) as "emailShared"
    from customers c where c.workspace_id = ${ctx.workspaceId} and c.id = ${among}`);
  const policies = await tx.execute<{ number: string }>(sql`
    select policy_number as number from policies
    where workspace_id = ${ctx.workspaceId} and customer_id = ${among} and policy_number not like 'erased-%'`);
  const some = (values: (string | null)[]) =>
    [...new Set(values.filter((value) => value !== null && value !== ""))] as string[];
  return {
    ids,
    emails: some(people.map(({ email, emailShared }) => (emailShared ? null : email))),
    phones: some(people.map(({ phone, phoneShared }) => (phoneShared ? null : phone))),
    sharedEmails: some(people.map(({ email, emailShared }) => (emailShared ? email : null))),
    sharedPhones: some(people.map(({ phone, phoneShared }) => (phoneShared ? phone : null))),
    externalIds: some(people.map(({ externalId }) => externalId)),
    names: some(people.map(({ name }) => name)),
    policyNumbers: policies.map(({ number }) => number),
  };
}

/**
 * Whether a row of a file names one of the persons: by a key that only they have, or by the name beside an address that they
 * share. A name alone is many people's, and a whole file of theirs would go for it.
 */
export function namedIn(words: Words): (cells: readonly string[]) => boolean {
  const own = [...words.emails, ...words.externalIds, ...words.policyNumbers];
  const isKey = among(own, words.phones);
  const isName = among(words.names, []);
  const isShared = among(words.sharedEmails, words.sharedPhones);
  return (cells) => cells.some(isKey) || (cells.some(isName) && cells.some(isShared));
}

function among(texts: readonly string[], phones: readonly string[]): (cell: string) => boolean {
  const exact = new Set(texts.map((word) => word.toLowerCase()));
  const numbers = new Set(phones.map(lastDigits));
  return (cell) => exact.has(cell.trim().toLowerCase()) || numbers.has(lastDigits(cell));
}

/** The last ten digits: what all spellings of a number have in common. */
export const lastDigits = (phone: string): string => phone.replace(/\D/g, "").slice(-10);
