import { and, eq } from "drizzle-orm";
import { channelAccounts } from "@/db/schema/channels";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";

/** The account's row, locked for a change. @throws AppError NOT_FOUND */
export async function lockAccount(tx: Transaction, ctx: Context, accountId: string) {
  const [row] = await tx
    .select()
    .from(channelAccounts)
    .where(and(eq(channelAccounts.id, parseId(accountId)), eq(channelAccounts.workspaceId, ctx.workspaceId)))
    .for("update");
  return required(row, "account");
}

/** Accounts that every workspace has by itself: nothing in them is anybody's to change. */
export const isBuiltIn = (account: { provider: string; config: Record<string, unknown> }): boolean =>
  account.provider === "sandbox" || account.config.installation === true;
