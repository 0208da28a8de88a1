import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import { addressOn, addressPatterns, suppressedAddresses } from "@/server/consent";
import type { Context } from "@/server/platform/context";
import type { CompiledBodies } from "@/server/templates";
import { attributeKeyOf, isTagName, type TagName } from "@/server/templates/schemas";
import { audienceOf } from "./audience";
import { type ExclusionRule, exclusionRules, purposeOf } from "./status";
import type { CampaignRow } from "./transition";

export type Reach = {
  /** Customers in the audience, also those of a family beyond the first. */
  audience: number;
  /** Of them, those who would be sent the message now. */
  reachable: number;
  /** The others, each counted under the first rule that stops it; rules that stop nobody are left out. */
  excluded: { rule: ExclusionRule; count: number }[];
};

type Judged = Pick<CampaignRow, "audience" | "category" | "channels">;

/**
 * Counts over the whole audience who would be sent this message and who not, and why: the rules of the sender in the
 * sender's order, as one statement (and a look at each suppressed address that may be in the audience).
 */
export async function countReach(
  tx: Transaction,
  ctx: Context,
  campaign: Judged,
  compiled: CompiledBodies,
): Promise<Reach> {
  const within = audienceOf(ctx.workspaceId, campaign.audience);
  const channel = campaign.channels[0] ?? "email";
  const purpose = purposeOf(campaign.category);
  const suppressed = await suppressedAddresses(tx, ctx, { channel, within, purpose });
  const required = compiled.tags([channel]).required;
  const rows = await tx.execute<{ rule: ExclusionRule | null; count: number }>(sql`
    select rule, count(*)::int as count from (
      select case ${sql.join(rulesFor(campaign, { channel, suppressed, required }), sql` `)} end as rule
      from customers
      left join consent_states consent on consent.workspace_id = customers.workspace_id
        and consent.customer_id = customers.id and consent.channel = ${channel}
        and consent.purpose = ${purposeOf(campaign.category)}
      where ${within}) judged
    group by rule`);
  const counts = new Map(rows.map((row) => [row.rule, row.count]));
  return {
    audience: rows.reduce((sum, row) => sum + row.count, 0),
    reachable: counts.get(null) ?? 0,
    excluded: exclusionRules.flatMap((rule) => {
      const count = counts.get(rule) ?? 0;
      return count > 0 ? [{ rule, count }] : [];
    }),
  };
}

// Promotion goes once to an address: to the member of a family whom the freeze takes, who may be sent it first.
const placeAtAddress = (channel: Channel) => sql`row_number() over (
  partition by coalesce(nullif(${addressOn(channel)}, ''), customers.id::text)
  order by customers.stop_state is not null, consent.granted is not true, customers.id)`;

/** `when … then rule` for each rule, in the order in which the sender asks them. */
function rulesFor(
  campaign: Judged,
  { channel, suppressed, required }: { channel: Channel; suppressed: string[]; required: string[] },
): SQL[] {
  const promotional = purposeOf(campaign.category) === "promotional";
  const stops: Record<ExclusionRule, SQL> = {
    shared_address: promotional ? sql`${placeAtAddress(channel)} > 1` : sql`false`,
    stop_state: promotional ? sql`customers.stop_state is not null` : sql`false`,
    no_address: sql`coalesce(${addressOn(channel)}, '') = ''`,
    invalid_address: sql`(length(${addressOn(channel)}) > 254 or ${addressOn(channel)} !~ ${addressPatterns[channel]})`,
    suppressed: sql`${addressOn(channel)} = any(${sql.param(suppressed)}::text[])`,
    // A policyholder's contract allows service messages until they are withdrawn; promotion is never assumed.
    no_consent: promotional
      ? sql`consent.granted is not true`
      : sql`consent.granted is not true and (consent.granted is false or ${withoutPolicy})`,
    missing_tag: missingTag(required),
  };
  return exclusionRules.map((rule) => sql`when ${stops[rule]} then ${sql.raw(`'${rule}'`)}`);
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
  agent_name: sql`not exists (select from memberships a join users u on u.id = a.user_id where a.id = customers.advisor_id)`,
  company_name: sql`false`,
  unsubscribe_link: sql`false`,
};

const withoutAttribute = (key: string): SQL => sql`coalesce(btrim(customers.attributes ->> ${key}), '') = ''`;

function missingTag(required: string[]): SQL {
  const conditions = required.flatMap((tag) => {
    const key = attributeKeyOf(tag);
    if (key !== null) return [withoutAttribute(key)];
    return isTagName(tag) ? [missing[tag]] : [];
  });
  return conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`;
}
