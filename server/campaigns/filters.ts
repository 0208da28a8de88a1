import { type SQL, sql } from "drizzle-orm";
import { campaignViews } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { readViews } from "@/server/views";
import type { View } from "@/server/views/schemas";
import { campaignEditors } from "./status";
import { requireReader, seesAll } from "./transition";

export type CampaignFilters = {
  /** Who owns one, and who could: administrators and marketers. */
  owners: { id: string; name: string }[];
  /** In use, the most used first. */
  tags: string[];
  /** Names of customer events that came in, for what a goal is measured by. */
  events: string[];
  /** Campaigns that wait for this approver. */
  waiting: number;
  /** The member's own. */
  views: View[];
};

/** What the list can be narrowed by and the builder offers, beyond what is the same everywhere. @throws AppError FORBIDDEN */
export async function campaignFilters(ctx: Context): Promise<CampaignFilters> {
  requireReader(ctx);
  return withTransaction(ctx, async (tx) => {
    const views = ctx.membershipId ? await readViews(tx, ctx, campaignViews) : [];
    const own = seesAll(ctx) ? sql`true` : sql`c.owner_id = ${ctx.userId}`;
    const owners = !seesAll(ctx)
      ? []
      : await tx.execute<CampaignFilters["owners"][number]>(sql`
      select u.id, u.name from memberships m join users u on u.id = m.user_id
      where m.workspace_id = ${ctx.workspaceId}
        and ((m.status = 'active' and m.role = any(${sql.param([...campaignEditors])}::text[]))
          or exists (select from campaigns c where c.workspace_id = m.workspace_id and c.owner_id = m.user_id))
      order by lower(u.name), u.id limit 500`);
    const tags = await tx.execute<{ tag: string }>(sql`
      select t.tag from campaigns c, unnest(c.tags) as t(tag) where c.workspace_id = ${ctx.workspaceId} and ${own}
      group by 1 order by count(*) desc, 1 limit 200`);
    const [waiting] = await tx.execute<{ count: number }>(sql`
      select count(*)::int as count from campaigns
      where workspace_id = ${ctx.workspaceId} and status = 'in_review' and ${ctx.isApprover}
        and owner_id is distinct from ${ctx.userId}::uuid and submitted_by is distinct from ${ctx.userId}::uuid`);
    const events = await tx.execute<{ name: string }>(sql`
      with recursive names as (
        select ${nextEvent(ctx, sql``)} as name
        union all select ${nextEvent(ctx, sql`and s.name > names.name`)} from names where names.name is not null)
      select name from names where name is not null limit 200`);
    return {
      waiting: waiting?.count ?? 0,
      events: events.map(({ name }) => name),
      owners: [...owners],
      tags: tags.map(({ tag }) => tag),
      views,
    };
  });
}

/** The next name in the index: each is read once, however many events there are. */
const nextEvent = (ctx: Context, after: SQL): SQL => sql`(
  select s.name from customer_event_stats s where s.workspace_id = ${ctx.workspaceId} ${after} order by s.name limit 1)`;
