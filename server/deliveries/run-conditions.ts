import { sql } from "drizzle-orm";
import { withHotTransaction, withTransaction } from "@/db/transaction";
import { accountFor } from "@/server/channels";
import type { Channel, Provider } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { requireCampaignReader } from "./require-reader";

/** What a campaign's messages wait for now, and what limits them. Money in micro-units of the workspace's currency. */
export type RunConditions = {
  /** Held and retrying messages by reason: how many, and when the first of them is tried next. */
  waiting: { state: "held" | "retrying"; reason: string; count: number; until: Date }[];
  /** The campaign's own pace (messages a second); null: what the accounts allow. */
  ratePerSecond: number | null;
  budget: string | null;
  /** Spent, or reserved for messages that are on their way. */
  reserved: string;
  currency: string;
  accounts: {
    accountId: string;
    channel: Channel;
    provider: Provider;
    name: string;
    ratePerSecond: number | null;
  }[];
};

/** What holds, paces and pays a campaign's messages. @throws AppError FORBIDDEN, NOT_FOUND */
export async function runConditions(ctx: Context, input: { campaignId: string }): Promise<RunConditions> {
  const campaignId = parseId(input.campaignId);
  const { channels, ...conditions } = await withTransaction(ctx, async (tx) => {
    await requireCampaignReader(tx, ctx, campaignId);
    const [row] = await tx.execute<Omit<RunConditions, "waiting" | "accounts"> & { channels: Channel[] }>(sql`
      select c.rate_per_second as "ratePerSecond", c.budget_micros::text as budget,
        coalesce(s.reserved_micros, 0)::text as reserved, w.currency, c.channels
      from campaigns c join workspaces w on w.id = c.workspace_id left join campaign_spend s on s.campaign_id = c.id
      where c.id = ${campaignId} and c.workspace_id = ${ctx.workspaceId}`);
    const found = required(row, "campaign");
    const waiting = await tx.execute<RunConditions["waiting"][number]>(sql`
      select d.state, coalesce(d.reason, '') as reason, count(*)::int as count, min(d.not_before) as until
      from executions_due d join campaign_runs r on r.number = d.run_number
      where r.campaign_id = ${campaignId} and d.workspace_id = ${ctx.workspaceId} and d.state in ('held', 'retrying')
      group by 1, 2 order by 4, 3 desc`);
    return {
      ...found,
      waiting: waiting.map((each) => ({ ...each, until: new Date(each.until) })),
    };
  });
  return { ...conditions, accounts: await accountsOf(ctx.workspaceId, channels) };
}

/** What carries the campaign's channels now. */
function accountsOf(workspaceId: string, channels: Channel[]): Promise<RunConditions["accounts"]> {
  return withHotTransaction(workspaceId, async (hot) => {
    const accounts: RunConditions["accounts"] = [];
    for (const channel of channels) {
      const { accountId, provider, name, ratePerSecond } = await accountFor(hot, workspaceId, channel);
      accounts.push({ accountId, channel, provider, name, ratePerSecond });
    }
    return accounts;
  });
}
