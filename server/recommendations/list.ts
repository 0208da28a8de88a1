import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { mayEditCampaigns, purposeOf } from "@/server/campaigns/status";
import type { Channel } from "@/server/channels/status";
import { channelChoice } from "@/server/deliveries";
import { type Context, requireRole } from "@/server/platform/context";
import { living, ruleCondition, seededRule } from "@/server/segments";
import type { Rule } from "@/server/segments/rule/model";
import { type RecommendationKind, recommendationKinds, recommendations } from "./status";

export type Recommendation = {
  kind: RecommendationKind;
  /** Customers it is for, in the asker's own book where they are an advisor. */
  customers: number;
  /** Of them, those who may be sent it: an address, and consent for this purpose on one of its channels. */
  reachable: number;
  /** Premium at stake, micro-units of the workspace's currency; null where there is none to sum. */
  value: string | null;
  template: { id: string; name: string };
  /** In the order in which a customer is tried. */
  channels: Channel[];
};

type Source = {
  kind: RecommendationKind;
  templateId: string;
  name: string;
  channels: Channel[];
  rule: Rule | null;
};

/**
 * What the workspace's own data calls for now, the most pressing first; for an advisor from the own book. Only what somebody
 * would get, and only with a template that the asker may use. @throws AppError FORBIDDEN
 */
export async function listRecommendations(ctx: Context): Promise<Recommendation[]> {
  if (!mayEditCampaigns(ctx)) requireRole(ctx, "admin", "marketer", "advisor");
  return withTransaction(ctx, async (tx) => {
    const found: Recommendation[] = [];
    for (const source of await readSources(tx, ctx)) {
      const { kind, templateId, name, channels } = source;
      const within = await customersOf(tx, ctx, source);
      const purpose = purposeOf(recommendations[kind].category);
      const [counts] = await tx.execute<{ customers: number; reachable: number; value: string | null }>(sql`
        with chosen as materialized (${await channelChoice(tx, ctx, { channels, purpose, within })})
        select count(*)::int as customers, (count(*) filter (where ${mayGet(purpose)}))::int as reachable,
          ${atStake(kind, ctx)}::text as value from chosen`);
      if (!counts || counts.reachable === 0) continue;
      found.push({ kind, ...counts, template: { id: templateId, name }, channels });
    }
    return found;
  });
}

/** The kinds for which the workspace has a segment in use and a template that the asker may use; `rule` is what people made of the segment. */
async function readSources(tx: Transaction, ctx: Context): Promise<Source[]> {
  const rows = await tx.execute<{ seedKey: string; id: string; name: string; channels: Channel[] }>(sql`
    select seed_key as "seedKey", id, name, channels from templates
    where workspace_id = ${ctx.workspaceId} and archived_at is null and seed_key is not null
      and (${ctx.role !== "advisor"} or approved_at is not null)`);
  const segments = await tx.execute<{ seedKey: string; rule: Rule; inUse: boolean }>(sql`
    select seed_key as "seedKey", rule, deleted_at is null and archived_at is null as "inUse" from segments
    where workspace_id = ${ctx.workspaceId} and seed_key is not null`);
  return recommendationKinds.flatMap((kind) => {
    const { segment, template } = recommendations[kind];
    const own = rows.find(({ seedKey }) => seedKey === template);
    const found = segments.find(({ seedKey }) => seedKey === segment);
    // A segment that was never there is made on use; one out of use would only refuse.
    if (!own || found?.inUse === false) return [];
    const rule = found?.rule ?? null;
    return [{ kind, templateId: own.id, name: own.name, channels: own.channels, rule }];
  });
}

async function customersOf(tx: Transaction, ctx: Context, { kind, rule }: Source): Promise<SQL> {
  const asked = rule ?? seededRule(recommendations[kind].segment);
  const condition = await ruleCondition(tx, ctx, asked, { over: "customers", shape: "many" });
  const book = ctx.role === "advisor" ? sql`and customers.advisor_id = ${ctx.membershipId}` : sql``;
  return sql`${living(ctx, "customers")} and ${condition} ${book}`;
}

/** An address and consent; the sender asks the other rules when the time comes. */
const mayGet = (purpose: "promotional" | "service"): SQL =>
  purpose === "promotional"
    ? sql`coalesce(address, '') <> '' and granted and not stopped`
    : sql`coalesce(address, '') <> '' and granted is not false`;

const day = (ctx: Context): SQL =>
  sql`(select (clock_now() at time zone w.time_zone)::date from workspaces w where w.id = ${ctx.workspaceId})`;

const currency = (ctx: Context): SQL =>
  sql`(select w.currency from workspaces w where w.id = ${ctx.workspaceId})`;

/** The premium at stake, over `chosen`, as far as it is in the workspace's currency; see `bases`. */
function atStake(kind: RecommendationKind, ctx: Context): SQL {
  const policies = sql`from policies p join chosen on chosen.id = p.customer_id where p.workspace_id = ${ctx.workspaceId}
    and p.currency = ${currency(ctx)}`;
  switch (kind) {
    case "renewals":
      return sql`(select sum(p.premium_micros) ${policies} and p.status in ('in_force', 'in_grace')
        and p.renewal_date between ${day(ctx)} and ${day(ctx)} + 30)`;
    case "lapsed":
      return sql`(select sum(p.premium_micros) ${policies} and p.status = 'lapsed')`;
    case "overdue":
      return sql`(select sum(x.amount_micros) from premium_payments x join chosen on chosen.id = x.customer_id
        where x.workspace_id = ${ctx.workspaceId} and x.status = 'overdue' and x.currency = ${currency(ctx)})`;
    default:
      return sql`null`;
  }
}
