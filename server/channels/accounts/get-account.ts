import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { hasInstallationSmtp } from "./account-for";
import {
  type AccountLine,
  type AccountSettings,
  type LineRow,
  lineColumns,
  toLine,
  toSettings,
} from "./account-line";
import { type CampaignUse, campaignsUsing } from "./campaigns-using";
import { type DkimState, dkimState } from "./dkim";
import { listTests, type TestLine } from "./test-events";
import { accountToday, type TodayFigures } from "./today-figures";

export type AccountDetail = AccountLine &
  AccountSettings & {
    /** Campaigns that go on through it: in review, scheduled, active or paused. */
    usedBy: CampaignUse[];
    /** What it took and refused today. */
    today: TodayFigures;
    /** The latest tests, newest first. */
    tests: TestLine[];
    /** How its mails are signed; null for other channels, and where the installation's server carries them. */
    dkim: DkimState | null;
    isDemo: boolean;
  };

/** One account with its settings; secrets by their names only. @throws AppError NOT_FOUND */
export async function getAccount(ctx: Context, accountId: string): Promise<AccountDetail> {
  return withTransaction(ctx, async (tx) => {
    const [row] = await tx.execute<LineRow & { isDemo: boolean }>(sql`
      select ${lineColumns(hasInstallationSmtp())}, w.is_demo as "isDemo"
      from channel_accounts a join workspaces w on w.id = a.workspace_id
      where a.id = ${parseId(accountId)} and a.workspace_id = ${ctx.workspaceId} and a.status <> 'archived'`);
    const account = required(row, "account");
    return {
      ...toLine(account),
      ...toSettings(account),
      usedBy: await campaignsUsing(tx, ctx, account),
      today: await accountToday(tx, ctx, account.id),
      tests: await listTests(tx, ctx, account.id),
      dkim: dkimState(account),
      isDemo: account.isDemo,
    };
  });
}
