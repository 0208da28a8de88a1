import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { type Channel, channels } from "../status";
import { hasInstallationSmtp } from "./account-for";
import { type AccountLine, type LineRow, lineColumns, toLine } from "./account-line";
import { type TodayFigures, todayFigures } from "./today-figures";

export type Accounts = {
  accounts: AccountLine[];
  /** What went out on each channel since the workspace's midnight, whichever account carried it. */
  today: Record<Channel, TodayFigures>;
  /** The demo workspace delivers to the sandbox and nowhere else. */
  isDemo: boolean;
};

/** The workspace's accounts that are in use, by channel; those that carry it first. Nothing in it is secret. */
export async function listAccounts(ctx: Context): Promise<Accounts> {
  const smtp = hasInstallationSmtp();
  return withTransaction(ctx, async (tx) => {
    const rows = await tx.execute<LineRow & { isDemo: boolean }>(sql`
      select ${lineColumns(smtp)}, w.is_demo as "isDemo"
      from channel_accounts a join workspaces w on w.id = a.workspace_id
      where a.workspace_id = ${ctx.workspaceId} and a.status <> 'archived'
        and (${smtp} or not a.config @> '{"installation": true}')
      order by carries desc, a.created_at, a.id`);
    return {
      isDemo: rows[0]?.isDemo ?? false,
      today: await todayFigures(tx, ctx),
      accounts: [...rows]
        .map(toLine)
        .toSorted((a, b) => channels.indexOf(a.channel) - channels.indexOf(b.channel)),
    };
  });
}
