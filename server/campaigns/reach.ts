import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import { addressPatterns, suppressedAddresses } from "@/server/consent";
import { channelsChosen, channelsOf } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import type { CompiledBodies } from "@/server/templates";
import { attributeKeyOf, isTagName, type TagName } from "@/server/templates/schemas";
import { frozenVariants } from "@/server/variants/content";
import { audienceOf } from "./audience";
import { type ExclusionRule, exclusionRules, type Purpose, purposeOf } from "./status";
import type { CampaignRow } from "./transition";

export type Reach = {
  /** Customers in the audience, also those of a family beyond the first. */
  audience: number;
  /** Of them, those who would be sent the message now. */
  reachable: number;
  /** Of them, by the channel that they would get it on. */
  byChannel: Record<Channel, number>;
  /** The others, each counted under the first rule that stops it; rules that stop nobody are left out. */
  excluded: { rule: ExclusionRule; count: number }[];
};

type Judged = Pick<CampaignRow, "id" | "audience" | "category" | "channels" | "bodies" | "abTest">;
type Row = { rule: ExclusionRule | null; channel: Channel; count: number };

/**
 * Counts over the whole audience who would be sent this message, on which channel, and who not, and why: the choice of the
 * freeze and the rules of the sender in the sender's order, as one statement (and a look at each suppressed address that
 * may be in the audience).
 */
export async function countReach(
  tx: Transaction,
  ctx: Context,
  campaign: Judged,
  compiled: CompiledBodies,
): Promise<Reach> {
  const within = await audienceOf(tx, ctx, campaign.audience);
  const channels: Channel[] = campaign.channels.length > 0 ? campaign.channels : ["email"];
  const purpose = purposeOf(campaign.category);
  const variants = frozenVariants({ channels, bodies: campaign.bodies }, campaign.abTest);
  const content = { channels, purpose, variants, abTest: campaign.abTest };
  const perChannel: ByChannel[] = [];
  for (const channel of channelsOf(content))
    perChannel.push({
      channel,
      suppressed: await suppressedAddresses(tx, ctx, { channel, within, purpose }),
      required: compiled.tags([channel]).required,
    });
  const rows = await tx.execute<Row>(sql`
    select rule, channel, count(*)::int as count from (
      select choice.channel, case ${sql.join(rulesFor(purpose, perChannel), sql` `)} end as rule
      from (${await channelsChosen(tx, ctx, { campaignId: campaign.id, content, within })}) choice
      join customers on customers.id = choice.id) judged
    group by rule, channel`);
  const total = (of: (row: Row) => boolean): number =>
    rows.filter(of).reduce((sum, row) => sum + row.count, 0);
  const reached = (channel: Channel) => total((row) => row.rule === null && row.channel === channel);
  return {
    audience: total(() => true),
    reachable: total((row) => row.rule === null),
    byChannel: { whatsapp: reached("whatsapp"), sms: reached("sms"), email: reached("email") },
    excluded: exclusionRules.flatMap((rule) => {
      const count = total((row) => row.rule === rule);
      return count > 0 ? [{ rule, count }] : [];
    }),
  };
}

// Promotion goes once to an address: to the member of a family whom the freeze takes, who may be sent it first.
const placeAtAddress = sql`row_number() over (
  partition by choice.channel = 'email', coalesce(nullif(choice.address, ''), choice.id::text)
  order by choice.stopped, choice.granted is not true, choice.id)`;

type ByChannel = { channel: Channel; suppressed: string[]; required: string[] };

/** `when … then rule` for each rule, in the order in which the sender asks them; over `choice` and `customers`. */
function rulesFor(purpose: Purpose, perChannel: ByChannel[]): SQL[] {
  const promotional = purpose === "promotional";
  const any = (of: (each: ByChannel) => SQL): SQL =>
    sql`case choice.channel ${sql.join(
      perChannel.map((each) => sql`when ${each.channel} then ${of(each)}`),
      sql` `,
    )} end`;
  const stops: Record<ExclusionRule, SQL> = {
    shared_address: promotional ? sql`${placeAtAddress} > 1` : sql`false`,
    stop_state: promotional ? sql`choice.stopped` : sql`false`,
    no_address: sql`coalesce(choice.address, '') = ''`,
    invalid_address: sql`(length(choice.address) > 254 or ${any(({ channel }) => sql`choice.address !~ ${addressPatterns[channel]}`)})`,
    suppressed: any(({ suppressed }) => sql`choice.address = any(${sql.param(suppressed)}::text[])`),
    // A policyholder's contract allows service messages until they are withdrawn; promotion is never assumed.
    no_consent: promotional
      ? sql`choice.granted is not true`
      : sql`choice.granted is not true and (choice.granted is false or ${withoutPolicy})`,
    missing_tag: any(({ required }) => missingTag(required)),
  };
  return exclusionRules.map((rule) => sql`when ${stops[rule]} then ${sql.raw(`'${rule}'`)}`);
}

/** How many customers of the audience have no value, by tag; tags that everybody has are left out. */
export async function countLacking(
  tx: Transaction,
  ctx: Context,
  { audience, tags }: { audience: Judged["audience"]; tags: readonly string[] },
): Promise<Record<string, number>> {
  const asked = tags.flatMap((tag) => {
    const condition = lacks(tag);
    return condition ? [{ tag, condition }] : [];
  });
  if (asked.length === 0) return {};
  const columns = asked.map(
    ({ condition }, nth) => sql`count(*) filter (where ${condition})::int as ${sql.identifier(`t${nth}`)}`,
  );
  const [row] = await tx.execute<Record<string, number>>(sql`
    select ${sql.join(columns, sql`, `)} from customers where ${await audienceOf(tx, ctx, audience)}`);
  return Object.fromEntries(
    asked.flatMap(({ tag }, nth) => {
      const count = row?.[`t${nth}`] ?? 0;
      return count > 0 ? [[tag, count]] : [];
    }),
  );
}

/** Customers of the audience by the language that they read, most first. */
export async function countLanguages(
  tx: Transaction,
  ctx: Context,
  audience: Judged["audience"],
): Promise<{ language: string; count: number }[]> {
  const rows = await tx.execute<{ language: string; count: number }>(sql`
    select split_part(lower(customers.language), '-', 1) as language, count(*)::int as count from customers
    where ${await audienceOf(tx, ctx, audience)} group by 1 order by 2 desc, 1`);
  return [...rows];
}

const withoutPolicy = sql`not exists (select from policies p where p.workspace_id = customers.workspace_id and p.customer_id = customers.id)`;
const blank = (column: string): SQL => sql`coalesce(btrim(customers.${sql.identifier(column)}), '') = ''`;

const withoutDueDate = sql`not exists (select from policies p where p.workspace_id = customers.workspace_id and p.customer_id = customers.id
  and (p.renewal_date is not null or exists (select from premium_payments x where x.policy_id = p.id and x.status <> 'paid')))`;

/** When a customer has no value for a tag. */
const missing: Record<TagName, SQL> = {
  customer_name: blank("name"),
  first_name: blank("name"),
  customer_number: blank("external_id"),
  customer_phone: blank("phone"),
  customer_email: blank("email"),
  city: blank("city"),
  tier: sql`false`,
  policy_number: withoutPolicy,
  policy_type: withoutPolicy,
  product_name: withoutPolicy,
  premium_amount: withoutPolicy,
  renewal_date: sql`not exists (select from policies p where p.workspace_id = customers.workspace_id and p.customer_id = customers.id and p.renewal_date is not null)`,
  due_date: withoutDueDate,
  next_due_date: withoutDueDate,
  policies_due: withoutDueDate,
  agent_name: sql`not exists (select from memberships a join users u on u.id = a.user_id where a.id = customers.advisor_id)`,
  company_name: sql`false`,
  call_topic: sql`true`,
  call_time: sql`true`,
  callback_link: sql`false`,
  unsubscribe_link: sql`false`,
};

const withoutAttribute = (key: string): SQL => sql`coalesce(btrim(customers.attributes ->> ${key}), '') = ''`;

/** When a customer lacks a tag's value; null for what is no tag. */
function lacks(tag: string): SQL | null {
  const key = attributeKeyOf(tag);
  if (key !== null) return withoutAttribute(key);
  return isTagName(tag) ? missing[tag] : null;
}

function missingTag(required: string[]): SQL {
  const conditions = required.flatMap((tag) => lacks(tag) ?? []);
  return conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`;
}
