import { type SQL, sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import { maskerFor } from "@/server/customers";
import { type Context, requireRole } from "@/server/platform/context";
import { type KeysetPage, keysetPage } from "@/server/platform/keyset";
import { type Explanation, explainClass } from "./explain";
import { type ListResponsesInput, listResponsesInput } from "./schemas";
import { type FollowUpState, type ResponseClass, responseReaders } from "./status";

export type ResponseLine = {
  id: string;
  customerId: string | null;
  /** Null for a sender whom nobody knows, and once the customer was erased. */
  customerName: string | null;
  /** Masked for roles that read addresses so; null once erased. */
  from: string | null;
  channel: Channel;
  text: string;
  class: ResponseClass;
  /** Why, as words for a tooltip. */
  because: string;
  campaignId: string | null;
  campaignName: string | null;
  followUp: FollowUpState;
  /** Who answers it; null while nobody does. */
  assigneeName: string | null;
  /** ISO instant. */
  at: string;
};

export type ResponsePage = KeysetPage<ResponseLine> & {
  /** How many are open, over all pages and filters; stops at `countedUpTo`. */
  open: number;
  /** Campaigns that were answered, the latest first, for the filter. */
  campaigns: { id: string; name: string }[];
};

const A_PAGE = 50;
const SHOWN_TEXT = 300;
const MOST_CAMPAIGNS = 50;
/** Nobody waits for an exact count of more. */
export const countedUpTo = 1_000;

type Row = Omit<ResponseLine, "because"> & { rule: string; explanation: Explanation };

/** What customers said back on every channel, the latest first, a page at a time. @throws AppError FORBIDDEN */
export async function listResponses(ctx: Context, given: Partial<ListResponsesInput>): Promise<ResponsePage> {
  requireRole(ctx, ...responseReaders);
  const { after, before, ...filters } = listResponsesInput.parse(given);
  const place = [
    ...(after ? [sql`r.id < ${after}::uuid`] : []),
    ...(before ? [sql`r.id > ${before}::uuid`] : []),
  ];
  const direction = before ? sql`asc` : sql`desc`;
  return withTransaction(ctx, async (tx) => {
    const masker = await maskerFor(tx, ctx);
    const rows = await tx.execute<Row>(sql`
      select r.id, r.customer_id as "customerId", case when c.erased_at is null then c.name end as "customerName",
        r.from_address as "from", r.channel, left(r.text, ${SHOWN_TEXT}) as text, r.class, r.classified_by as rule,
        r.explanation, r.campaign_id as "campaignId", p.name as "campaignName", r.follow_up as "followUp",
        u.name as "assigneeName", to_json(r.received_at) #>> '{}' as at
      from (select * from responses r where ${sql.join([...conditionsOf(ctx, filters), ...place], sql` and `)}
        order by r.id ${direction} limit ${A_PAGE + 1}) r
      left join customers c on c.id = r.customer_id left join campaigns p on p.id = r.campaign_id
      left join memberships m on m.id = r.assignee_id and m.status = 'active' left join users u on u.id = m.user_id
      order by r.id ${direction}`);
    const [open] = await tx.execute<{ count: number }>(sql`
      select count(*)::int as count from (select from responses
        where workspace_id = ${ctx.workspaceId} and follow_up = 'open' limit ${countedUpTo}) x`);
    const campaigns = await tx.execute<{ id: string; name: string }>(sql`
      select id, name from campaigns where workspace_id = ${ctx.workspaceId}
        and exists (select from responses x where x.workspace_id = campaigns.workspace_id and x.campaign_id = campaigns.id)
      order by id desc limit ${MOST_CAMPAIGNS}`);
    const page = keysetPage([...rows], { size: A_PAGE, after, before });
    return {
      ...page,
      rows: page.rows.map(({ rule, explanation, ...line }) => ({
        ...line,
        from: masker.address(line.from),
        text: masker.text(line.text),
        because: because(rule, explanation),
      })),
      open: open?.count ?? 0,
      campaigns: [...campaigns],
    };
  });
}

const because = (rule: string, explanation: Explanation): string =>
  rule === "person" ? "corrected by a person" : explainClass(rule, explanation);

function conditionsOf(ctx: Context, filters: Omit<ListResponsesInput, "after" | "before">): SQL[] {
  const { class: classes, channel, followUp, campaign, assignee, days, from, until } = filters;
  const members = assignee.flatMap((id) =>
    id === "me" ? (ctx.membershipId ?? []) : id === "nobody" ? [] : id,
  );
  const zone = sql`(select time_zone from workspaces where id = ${ctx.workspaceId})`;
  return [
    sql`r.workspace_id = ${ctx.workspaceId}`,
    ...(classes.length > 0 ? [sql`r.class = any(${sql.param(classes)}::text[])`] : []),
    ...(channel.length > 0 ? [sql`r.channel = any(${sql.param(channel)}::text[])`] : []),
    ...(followUp.length > 0 ? [sql`r.follow_up = any(${sql.param(followUp)}::text[])`] : []),
    ...(campaign.length > 0 ? [sql`r.campaign_id = any(${sql.param(campaign)}::uuid[])`] : []),
    ...(assignee.length > 0
      ? [
          sql`(r.assignee_id = any(${sql.param(members)}::uuid[]) or (${assignee.includes("nobody")} and r.assignee_id is null))`,
        ]
      : []),
    ...(days ? [sql`r.received_at > (select clock_now()) - make_interval(days => ${Number(days)})`] : []),
    ...(from ? [sql`r.received_at >= ${from}::date::timestamp at time zone ${zone}`] : []),
    ...(until ? [sql`r.received_at < (${until}::date + 1)::timestamp at time zone ${zone}`] : []),
  ];
}
