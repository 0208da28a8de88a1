import type { Sql } from "postgres";
import { addressHash } from "@/server/consent";
import { compileBodies } from "@/server/templates";
import type { Lease } from "./lease";
import { loadExtras, needsExtras } from "./load-extras";
import type { TagExtras } from "./tag-values";

/** What a message reads of its customer, at the moment it is sent. */
export type Member = {
  seq: number;
  variant: number;
  customerId: string;
  customerExists: boolean;
  name: string;
  address: string | null;
  externalId: string | null;
  city: string | null;
  tier: string;
  /** BCP 47: chooses the body. */
  language: string;
  stopState: string | null;
  consent: boolean | null;
  hasPolicy: boolean;
  policyNumber: string | null;
  productName: string | null;
  /** Micro-units, with `currency`. */
  premium: string | null;
  currency: string | null;
  renewalDate: string | null;
  suppressed: string | null;
  /** Values of the less usual tags, where the message uses one. */
  extras: TagExtras | undefined;
  /** Tries before this one. */
  attempts: number;
};

/** What of a lease says which members, and how they are to be read. */
export type Reading = Pick<Lease, "part" | "runNumber" | "channel" | "kind" | "content"> & {
  workspace: { timeZone: string; locale: string };
};

/** The members with everything the rules and the tags need; in the order of their numbers. */
export async function loadMembers(sql: Sql, lease: Reading, seqs: number[]): Promise<Member[]> {
  const members = await sql<Omit<Member, "suppressed" | "extras">[]>`
    select e.seq, e.variant, e.customer_id as "customerId", c.id is not null and c.erased_at is null and c.erase_after is null as "customerExists",
      coalesce(c.name, '') as name, ${lease.channel === "email" ? sql`c.email` : sql`c.phone`} as address,
      c.external_id as "externalId", c.city, coalesce(c.tier, '') as tier,
      coalesce(c.language, '') as language, c.stop_state as "stopState",
      s.granted as consent, p.policy_number is not null as "hasPolicy", p.policy_number as "policyNumber",
      p.product_name as "productName", p.premium_micros::text as premium, p.currency,
      p.renewal_date::text as "renewalDate", ${attempts(sql, lease)} as attempts
    from executions e
    left join customers c on c.id = e.customer_id
    left join consent_states s on s.workspace_id = e.workspace_id and s.customer_id = e.customer_id
      and s.channel = ${lease.channel} and s.purpose = ${lease.content.purpose}
    left join lateral (${nextPolicy(sql, lease)}) p on true
    where e.part = ${lease.part} and e.run_number = ${lease.runNumber} and e.seq = any(${seqs}::int[])
    order by e.seq`;
  const suppressed = await findSuppressions(sql, lease.channel, members);
  const extras = needsExtras(compileBodies(lease.content).tags([lease.channel]).used)
    ? await loadExtras(sql, members)
    : [];
  return members.map((member, nth) => ({
    ...member,
    suppressed:
      member.address === null ? null : (suppressed.get(addressHash(lease.channel, member.address)) ?? null),
    extras: extras[nth],
  }));
}

/** The policy that tags speak of: the one that renews next, else the latest that did. */
const nextPolicy = (sql: Sql, lease: Reading) => sql`
  select policy_number, product_name, premium_micros, currency, renewal_date from policies
  where policies.workspace_id = e.workspace_id and policies.customer_id = e.customer_id
  order by renewal_date is null, status not in ('in_force', 'in_grace'),
    renewal_date < (clock_now() at time zone ${lease.workspace.timeZone})::date,
    abs(renewal_date - (clock_now() at time zone ${lease.workspace.timeZone})::date), id
  limit 1`;

/** Only batches of retries can hold members that were tried before. */
const attempts = (sql: Sql, lease: Reading) =>
  lease.kind === "pending"
    ? sql`0`
    : sql`(select count(*)::int from execution_results r where r.part = e.part and r.run_number = e.run_number
        and r.seq = e.seq and r.state = 'retrying')`;

async function findSuppressions(
  sql: Sql,
  channel: Lease["channel"],
  members: { address: string | null }[],
): Promise<Map<string, string>> {
  const hashes = members.flatMap(({ address }) => (address === null ? [] : [addressHash(channel, address)]));
  if (hashes.length === 0) return new Map();
  const rows = await sql<{ hash: string; reason: string }[]>`
    select address_hash as hash, reason from suppressions
    where channel = ${channel} and address_hash = any(${hashes}::text[])`;
  return new Map(rows.map((row) => [row.hash, row.reason]));
}
