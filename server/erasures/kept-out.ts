import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { addressHash } from "@/server/consent";
import type { Context } from "@/server/platform/context";
import { erasedPolicyNumber, externalIdHash } from "./hashes";

/** What a row, an event or a form says of a person. */
export type Keys = {
  externalId: string | null;
  phone: string | null;
  email: string | null;
  policyNumber?: string | null;
};

export const KEPT_OUT =
  "This person was erased and is to be kept out. If they came back by themselves, take their address off the suppression list first.";

/**
 * Which of some people were erased and are kept out, in the given order: by the keyed hashes of their addresses, external id
 * and policy number. Costs one look where nobody was ever erased.
 */
export async function whoIsKeptOut(
  tx: Transaction,
  ctx: Context,
  people: readonly Keys[],
): Promise<boolean[]> {
  const [some] = await tx.execute<{ some: boolean }>(sql`
    select exists (select from erasures where workspace_id = ${ctx.workspaceId} and suppress
      and done_at is not null) as some`);
  if (!some?.some || people.length === 0) return people.map(() => false);
  const hashed = people.map(hashesOf);
  const list = (kind: keyof Hashes) => {
    const values = [...new Set(hashed.flatMap((one) => one[kind] ?? []))];
    return sql`any(${sql.param(values)}::text[])`;
  };
  const rows = await tx.execute<{ hash: string }>(sql`
    select address_hash as hash from suppressions
      where workspace_id = ${ctx.workspaceId} and reason = 'erased' and address_hash = ${list("addresses")}
    union select external_id_hash from erasures
      where workspace_id = ${ctx.workspaceId} and done_at is not null and external_id_hash = ${list("externalId")}
    union select p.policy_number from policies p
      where p.workspace_id = ${ctx.workspaceId} and p.policy_number = ${list("policy")}`);
  const known = new Set(rows.map(({ hash }) => hash));
  return hashed.map((one) =>
    Object.values(one)
      .flat()
      .some((hash) => known.has(hash)),
  );
}

type Hashes = { addresses: string[]; externalId: string[]; policy: string[] };

const hashesOf = ({ externalId, phone, email, policyNumber }: Keys): Hashes => ({
  addresses: [...(phone ? [addressHash("sms", phone)] : []), ...(email ? [addressHash("email", email)] : [])],
  externalId: externalId ? [externalIdHash(externalId)] : [],
  policy: policyNumber ? [erasedPolicyNumber(policyNumber)] : [],
});
