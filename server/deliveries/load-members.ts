import { sql as query } from "drizzle-orm";
import type { Sql } from "postgres";
import { hotQuery } from "@/db/hot-query";
import { withTransaction } from "@/db/transaction";
import { audienceOf } from "@/server/campaigns/audience";
import type { RunContent } from "@/server/campaigns/content";
import type { Channel } from "@/server/channels/status";
import { addressHash } from "@/server/consent";
import { systemContext } from "@/server/platform/context";
import type { Circumstances } from "./circumstances";
import { REPLY_WINDOW_HOURS } from "./decide-content";
import { loadExtras, needsExtras } from "./load-extras";
import type { Member } from "./member";
import type { Fragment } from "./record-results";
import { ANSWER } from "./send-answer";
import { usedTags } from "./used-tags";

/** What says which messages are read, and how. */
export type Reading = {
  part: number;
  runNumber: number;
  channel: Channel;
  kind: "pending" | "held" | "retrying" | "again";
  content: RunContent;
  circumstances: Circumstances;
};

/** Whether loading fails only where the database does: an audience that is asked again may name a segment that is gone. */
export const loadsSurely = ({ circumstances: { campaign } }: Reading): boolean => !campaign.recheckAudience;

/** The members with everything the rules and the tags need, in the order of their numbers. */
export function loadMembers(sql: Sql, reading: Reading, seqs: number[]): Promise<Member[]> {
  return load(
    sql,
    reading,
    sql`select seq, variant, customer_id, workspace_id, part, run_number, occurrence, step from executions
      where part = ${reading.part} and run_number = ${reading.runNumber} and seq = any(${seqs}::int[])`,
  );
}

/** Whom a message would be for, and what it would be about: nothing, where no occurrence is named. */
type Somebody = { customerId: string; occurrence?: string };

/** A customer as a member, whether there is a message for them or not; null for a foreign one. */
export async function loadAsMember(
  sql: Sql,
  reading: Reading,
  { customerId, occurrence = "" }: Somebody,
): Promise<Member | null> {
  const [member] = await load(
    sql,
    { ...reading, kind: "pending" },
    sql`select 0 as seq, 0::smallint as variant, id as customer_id, workspace_id, 0 as part, 0::bigint as run_number,
      ${occurrence}::text as occurrence, 0::smallint as step from customers
      where id = ${customerId} and workspace_id = ${reading.circumstances.workspace.id}`,
  );
  return member ?? null;
}

/** Customers as members, numbered by their places, before there is a message for any of them. */
export function loadCustomers(
  sql: Sql,
  reading: Reading,
  customers: readonly { place: number; customerId: string; variant: number }[],
): Promise<Member[]> {
  const places = customers.map(({ place }) => place);
  const ids = customers.map(({ customerId }) => customerId);
  const variants = customers.map(({ variant }) => variant);
  return load(
    sql,
    { ...reading, kind: "pending" },
    sql`select t.seq, t.variant, t.id as customer_id, ${reading.circumstances.workspace.id}::uuid as workspace_id,
      0 as part, 0::bigint as run_number, '' as occurrence, 0::smallint as step
      from unnest(${places}::int[], ${ids}::uuid[], ${variants}::smallint[]) as t(seq, id, variant)`,
  );
}

async function load(sql: Sql, reading: Reading, source: Fragment): Promise<Member[]> {
  const { channel, content } = reading;
  const members = await sql<Omit<Member, "suppressed" | "inAudience" | "left" | "extras">[]>`
    select m.seq, m.variant, m.customer_id as "customerId", m.occurrence,
      c.id is not null and c.erased_at is null and c.erase_after is null as "customerExists",
      coalesce(c.name, '') as name, ${channel === "email" ? sql`c.email` : sql`c.phone`} as address, c.phone,
      c.external_id as "externalId", c.city, coalesce(c.tier, '') as tier, coalesce(c.language, '') as language,
      c.time_zone as "timeZone", c.stop_state as "stopState", s.granted as consent, p.id as "policyId",
      p.policy_number as "policyNumber", p.product_name as "productName", p.premium_micros::text as premium, p.currency,
      p.renewal_date::text as "renewalDate", ${recently(sql, reading)} as recently, ${today(sql, reading)} as today,
      ${lastReply(sql, reading)} as "lastReplyHours", ${received(sql, reading)} as received,
      ${replaces(sql, reading)} as replaces,
      ${attempts(sql, reading)} as attempts, ${answered(sql, reading)} as answered, clock_now() as now
    from (${source}) m
    left join customers c on c.id = m.customer_id
    left join consent_states s on s.workspace_id = m.workspace_id and s.customer_id = m.customer_id
      and s.channel = ${channel} and s.purpose = ${content.purpose}
    left join lateral (${policyOf(sql, reading)}) p on true
    order by m.seq`;
  const suppressed = await findSuppressions(sql, channel, members);
  const within = await findWithin(sql, reading, members);
  const left = await findLeft(sql, reading, members);
  const used = usedTags(content, channel);
  const wanted = { used, policyTypes: content.policyTypes };
  const extras = needsExtras(used, members) ? await loadExtras(sql, members, wanted) : [];
  return members.map((member, nth) => ({
    ...member,
    extras: extras[nth],
    suppressed:
      member.address === null ? null : (suppressed.get(addressHash(channel, member.address)) ?? null),
    inAudience: within === null ? null : within.has(member.customerId),
    left: left.get(member.seq) ?? null,
  }));
}

/**
 * The policy that tags speak of: the occurrence's own where it leads with one, else the one that renews next, else the latest
 * that did.
 */
const policyOf = (sql: Sql, { circumstances: { workspace } }: Reading) => sql`
  select id, policy_number, product_name, premium_micros, currency, renewal_date from policies
  where policies.workspace_id = m.workspace_id and policies.customer_id = m.customer_id
  order by policies.id::text <> left(m.occurrence, 36), renewal_date is null, status not in ('in_force', 'in_grace'),
    renewal_date < (clock_now() at time zone ${workspace.timeZone})::date,
    abs(renewal_date - (clock_now() at time zone ${workspace.timeZone})::date), id
  limit 1`;

/** Whether a message counts among the service messages of a policy's day: an answer, and one about a call, do not. */
export const isAboutPolicy = ({ purpose, category }: RunContent): boolean =>
  purpose === "service" && category !== "callback" && category !== ANSWER;

/** Kinds of service messages that are counted apart from the others about the same policy. */
export const subjectSuffix = ({ category }: RunContent): string =>
  category === "payment_failed" || category === ANSWER ? ` ${category}` : "";

/** Promotion that counts towards the cap, this message's own place left out. */
function recently(sql: Sql, { channel, content, circumstances }: Reading): Fragment {
  const cap = content.purpose === "promotional" ? circumstances.rules.caps[channel] : null;
  if (!cap) return sql`0`;
  return sql`(select count(*)::int from sending_reservations r
    where r.workspace_id = m.workspace_id and r.customer_id = m.customer_id
      and r.at > clock_now() - ${cap.days} * interval '1 day' and r.channel = ${channel} and r.purpose = 'promotional'
      and not (r.run_number = m.run_number and r.seq = m.seq))`;
}

/** Service messages about the policy on the workspace's day; the one that a fall-back stands in for does not count. */
function today(sql: Sql, reading: Reading): Fragment {
  const { content, circumstances } = reading;
  if (!isAboutPolicy(content) || circumstances.rules.servicePerPolicyDay === null) return sql`0`;
  return sql`(select count(*)::int from sending_reservations r
    where r.workspace_id = m.workspace_id and r.customer_id = m.customer_id
      and r.at >= ${dayStart(sql, circumstances.workspace.timeZone)}
      and r.subject = p.id::text || ${subjectSuffix(content)}
      and not (r.run_number = m.run_number and (r.seq = m.seq or r.seq in (${replaced(sql)}))))`;
}

/** The workspace's last midnight. */
export const dayStart = (sql: Sql, timeZone: string): Fragment =>
  sql`(date_trunc('day', clock_now() at time zone ${timeZone}) at time zone ${timeZone})`;

/** The message that a step stands in for: the one before it. */
const replaced = (sql: Sql) => sql`
  select x.seq from executions x where x.part = m.part and x.run_number = m.run_number
    and x.customer_id = m.customer_id and x.occurrence = m.occurrence and x.step = m.step - 1`;

function received(sql: Sql, { channel, circumstances }: Reading): Fragment {
  if (channel !== circumstances.campaign.fallBack?.channel) return sql`null::boolean`;
  return sql`case when m.step % 2 = 1 then exists (select from execution_outcomes o where o.part = m.part
    and o.run_number = m.run_number and o.state in ('delivered', 'read') and o.seq in (${replaced(sql)})) end`;
}

const replaces = (sql: Sql, { channel, circumstances }: Reading): Fragment =>
  channel === circumstances.campaign.fallBack?.channel
    ? sql`case when m.step % 2 = 1 then (${replaced(sql)}) end`
    : sql`null::int`;

const lastReply = (sql: Sql, { channel }: Reading): Fragment =>
  channel === "whatsapp"
    ? sql`(select extract(epoch from clock_now() - max(a.received_at))::float8 / 3600 from responses a
        where a.workspace_id = m.workspace_id and a.customer_id = m.customer_id and a.channel = 'whatsapp'
          and a.received_at > clock_now() - ${REPLY_WINDOW_HOURS} * interval '1 hour')`
    : sql`null::float8`;

/** Only batches of retries can hold members that were tried before. */
const attempts = (sql: Sql, reading: Reading): Fragment =>
  reading.kind === "pending"
    ? sql`0`
    : sql`(select count(*)::int from execution_results r where r.part = m.part and r.run_number = m.run_number
        and r.seq = m.seq and r.state = 'retrying')`;

const answered = (sql: Sql, reading: Reading): Fragment =>
  reading.kind === "pending"
    ? sql`false`
    : sql`exists (select from delivery_events d where d.part = m.part and d.run_number = m.run_number and d.seq = m.seq
        and d.kind in ('delivered', 'read', 'bounced', 'failed'))`;

async function findSuppressions(
  sql: Sql,
  channel: Channel,
  members: { address: string | null }[],
): Promise<Map<string, string>> {
  const hashes = members.flatMap(({ address }) => (address === null ? [] : [addressHash(channel, address)]));
  if (hashes.length === 0) return new Map();
  const rows = await sql<{ hash: string; reason: string }[]>`
    select address_hash as hash, reason from suppressions
    where channel = ${channel} and address_hash = any(${hashes}::text[])`;
  return new Map(rows.map((row) => [row.hash, row.reason]));
}

/** Who is in the audience now; null where the campaign does not ask again. */
async function findWithin(
  sql: Sql,
  { circumstances: { campaign, workspace } }: Reading,
  members: { customerId: string }[],
): Promise<Set<string> | null> {
  if (!campaign.recheckAudience) return null;
  const ctx = systemContext(workspace.id);
  const ids = members.map(({ customerId }) => customerId);
  const within = await withTransaction(ctx, (tx) => audienceOf(tx, ctx, campaign.audience, ids));
  const rows = await hotQuery<{ id: string }>(sql, query`select customers.id from customers where ${within}`);
  return new Set(rows.map(({ id }) => id));
}

/** Why those leave an automation with steps whose exit has come since they entered, by the number of their message. */
async function findLeft(
  sql: Sql,
  { part, runNumber, content: { steps, exits }, circumstances: { campaign } }: Reading,
  members: { seq: number }[],
): Promise<Map<number, string>> {
  if (steps.length === 0) return new Map();
  const rows = await sql<{ seq: number; reason: string }[]>`
    select l.seq, l.reason from (
      select x.seq, exit_of_entry(e, ${part}, ${JSON.stringify(exits)}::text::jsonb) as reason
      from executions x join automation_entries e on e.campaign_id = ${campaign.id} and e.customer_id = x.customer_id
        and e.occurrence = x.occurrence
      where x.part = ${part} and x.run_number = ${runNumber} and x.seq = any(${members.map(({ seq }) => seq)}::int[])) l
    where l.reason is not null`;
  return new Map(rows.map(({ seq, reason }) => [seq, reason]));
}
