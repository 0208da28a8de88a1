import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";

/** What came of the campaigns that began with a template. Rates are fractions, null where nothing was measured. */
export type TemplateResults = {
  /** Campaigns that began with it, and their copies; drafts count too. */
  uses: number;
  /** Of them, those that were launched. */
  launched: number;
  sent: number;
  /** Delivered by e-mail and WhatsApp: an SMS does not tell whether it was opened. */
  readable: number;
  /** Unique human openers ÷ delivered, over all of its campaigns (`metrics.md`). */
  openRate: number | null;
  clickRate: number | null;
  /** (Revenue × margin − cost) ÷ cost over its launched campaigns, a fraction; null without cost, or where none measures. */
  roi: number | null;
};

type Row = {
  id: string;
  uses: number;
  launched: number;
  sent: number;
  delivered: number;
  readable: number;
  opened: number;
  clicked: number;
  kept: number;
  spent: number;
  measured: boolean;
};

/** Results of the given templates, recounted from the roll-ups of their campaigns in one statement. */
export async function measureTemplates(
  tx: Transaction,
  ctx: Context,
  ids: readonly string[],
): Promise<Map<string, TemplateResults>> {
  const rows = await tx.execute<Row>(sql`
    select u.template_id as id, count(*)::int as uses, count(c.launched_at)::int as launched,
      coalesce(sum(r.sent), 0)::float8 as sent, coalesce(sum(r.delivered), 0)::float8 as delivered,
      coalesce(sum(r.readable), 0)::float8 as readable, coalesce(sum(r.opened), 0)::float8 as opened,
      coalesce(sum(r.clicked), 0)::float8 as clicked,
      coalesce(sum(v.revenue * coalesce(k.margin, 1)), 0)::float8 as kept,
      coalesce(sum(case when c.launched_at is not null then coalesce(r.cost, 0) + coalesce(k.fixed_cost_micros, 0) end), 0)::float8 as spent,
      coalesce(bool_or(c.launched_at is not null and (c.conversion_event is not null or v.conversions > 0)), false) as measured
    from template_uses u
    join campaigns c on c.id = u.campaign_id and c.workspace_id = u.workspace_id
    left join lateral (
      select sum(s.sent) as sent, sum(s.delivered) as delivered, sum(s.clicked) as clicked,
        sum(s.cost_micros) as cost,
        sum(s.delivered) filter (where s.channel <> 'sms') as readable,
        sum(s.opened) filter (where s.channel <> 'sms') as opened
      from run_rollups s where s.workspace_id = u.workspace_id and s.campaign_id = u.campaign_id) r on true
    left join lateral (
      select sum(s.revenue_micros) as revenue, sum(s.conversions) as conversions from conversion_rollups s
      where s.workspace_id = u.workspace_id and s.campaign_id = u.campaign_id) v on true
    left join campaign_economics k on k.workspace_id = u.workspace_id and k.campaign_id = u.campaign_id
    where u.workspace_id = ${ctx.workspaceId} and u.template_id = any(${sql.param([...ids])}::uuid[])
    group by u.template_id`);
  return new Map(
    rows.map(({ id, uses, launched, sent, delivered, readable, opened, clicked, ...money }) => [
      id,
      {
        uses,
        launched,
        sent,
        readable,
        openRate: rate(opened, readable),
        clickRate: rate(clicked, delivered),
        roi: money.measured ? rate(money.kept - money.spent, money.spent) : null,
      },
    ]),
  );
}

export const noResults: TemplateResults = {
  uses: 0,
  launched: 0,
  sent: 0,
  readable: 0,
  openRate: null,
  clickRate: null,
  roi: null,
};

const rate = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
