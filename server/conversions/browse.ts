import { type SQL, sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import { foundBy, maskerFor } from "@/server/customers";
import { type Context, requireRole } from "@/server/platform/context";
import { type KeysetPage, keysetPage } from "@/server/platform/keyset";
import { type BrowseInput, browseInput } from "./schemas";
import { type ConversionSource, conversionReaders, type DiscountReason, type TouchKind } from "./status";

export const CONVERSIONS_A_PAGE = 50;

export type ConversionRow = {
  id: string;
  customerId: string;
  /** Null once the customer was erased. */
  customerName: string | null;
  name: string | null;
  source: ConversionSource;
  /** Micro-units. */
  value: string;
  currency: string;
  campaignId: string | null;
  campaignName: string | null;
  channel: Channel | null;
  touchKind: TouchKind | null;
  /** Messages in whose window it lies. */
  touches: number;
  discountedFor: DiscountReason | null;
  /** ISO instants. */
  occurredAt: string;
};

export type ConversionPage = KeysetPage<ConversionRow> & {
  /** Of all pages: what the filters leave, and of those what counts, in the workspace's currency (micro-units). */
  total: number;
  counting: number;
  revenue: string;
  currency: string;
  campaigns: { id: string; name: string }[];
};

/** Conversions for people, the one told last first, with names; filters narrow them. @throws AppError FORBIDDEN */
export async function browseConversions(ctx: Context, input: BrowseInput): Promise<ConversionPage> {
  requireRole(ctx, ...conversionReaders);
  const { after, before, ...filters } = browseInput.parse(input);
  const order = before ? sql`asc` : sql`desc`;
  return withTransaction(ctx, async (tx) => {
    const { masks } = await maskerFor(tx, ctx);
    const where = conditionsOf(ctx, filters, masks);
    const place = after ? sql`v.id < ${after}::uuid` : before ? sql`v.id > ${before}::uuid` : sql`true`;
    const rows = await tx.execute<ConversionRow>(sql`
      select v.id, v.customer_id as "customerId", case when c.erased_at is null then c.name end as "customerName", v.name,
        v.source, v.value_micros::text as value, v.currency, v.campaign_id as "campaignId", k.name as "campaignName",
        v.channel, v.touch_kind as "touchKind", jsonb_array_length(v.touches) as touches,
        v.discounted_for as "discountedFor", to_json(v.occurred_at) #>> '{}' as "occurredAt"
      from conversions v left join customers c on c.id = v.customer_id left join campaigns k on k.id = v.campaign_id
      where ${where} and ${place} order by v.id ${order} limit ${CONVERSIONS_A_PAGE + 1}`);
    const [sums] = await tx.execute<Pick<ConversionPage, "total" | "counting" | "revenue" | "currency">>(sql`
      select count(v.id)::int as total, count(v.id) filter (where v.discounted_for is null)::int as counting,
        coalesce(sum(v.value_micros) filter (where v.discounted_for is null and v.currency = w.currency), 0)::text as revenue,
        w.currency
      from workspaces w left join conversions v on ${where} where w.id = ${ctx.workspaceId} group by w.currency`);
    const campaigns = await tx.execute<{ id: string; name: string }>(sql`
      select k.id, k.name from campaigns k where k.workspace_id = ${ctx.workspaceId}
        and exists (select from conversion_rollups r where r.workspace_id = k.workspace_id and r.campaign_id = k.id)
      order by k.id desc limit 50`);
    return {
      ...keysetPage([...rows], { size: CONVERSIONS_A_PAGE, after, before }),
      ...(sums ?? { total: 0, counting: 0, revenue: "0", currency: "INR" }),
      campaigns: [...campaigns],
    };
  });
}

type Filters = Omit<ReturnType<typeof browseInput.parse>, "after" | "before">;

function conditionsOf(ctx: Context, { search, campaign, source, state }: Filters, masked: boolean): SQL {
  const states: Record<(typeof state)[number], SQL> = {
    credited: sql`(v.campaign_id is not null and v.discounted_for is null)`,
    uncredited: sql`(v.campaign_id is null and v.discounted_for is null)`,
    void: sql`v.discounted_for is not null`,
  };
  const conditions = [
    sql`v.workspace_id = ${ctx.workspaceId}`,
    ...(campaign.length > 0 ? [sql`v.campaign_id = any(${sql.param(campaign)}::uuid[])`] : []),
    ...(source.length > 0 ? [sql`v.source = any(${sql.param(source)}::text[])`] : []),
    ...(state.length > 0
      ? [
          sql`(${sql.join(
            state.map((each) => states[each]),
            sql` or `,
          )})`,
        ]
      : []),
    ...(search
      ? [
          sql`v.customer_id in (select c.id from customers c where c.workspace_id = ${ctx.workspaceId} and ${foundBy(search, masked)})`,
        ]
      : []),
  ];
  return sql.join(conditions, sql` and `);
}
