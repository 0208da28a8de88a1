import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { findTelephonyAccount } from "./find-account";

/** No call is placed with it until it is resumed; calls under way go on. */
export const pauseAccount = (ctx: Context, accountId: string): Promise<void> =>
  move(ctx, accountId, { action: "paused", set: sql`status = 'paused', trouble = null, trouble_at = null` });

/** Places calls again, and forgets what was wrong. */
export const resumeAccount = (ctx: Context, accountId: string): Promise<void> =>
  move(ctx, accountId, { action: "resumed", set: sql`status = 'active', trouble = null, trouble_at = null` });

/** Puts an account away; what its provider still tells of its calls is taken. @throws AppError CONFLICT while a line is its */
export const archiveAccount = (ctx: Context, accountId: string): Promise<void> =>
  move(ctx, accountId, {
    action: "archived",
    set: sql`status = 'archived', trouble = null, trouble_at = null`,
    guard: async (tx) => {
      const lines = await tx.execute(sql`
        select 1 from telephony_lines where workspace_id = ${ctx.workspaceId} and account_id = ${accountId}`);
      if (lines.length > 0)
        throw new AppError(
          "CONFLICT",
          "A line is called from with this account. Give the line another account, or remove it first.",
        );
    },
  });

type Move = { action: string; set: SQL; guard?: (tx: Transaction) => Promise<void> };

function move(ctx: Context, accountId: string, { action, set, guard }: Move): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    const now = await findTelephonyAccount(tx, ctx, accountId);
    if (now.status === "archived")
      throw new AppError("CONFLICT", "This account was put away. Connect it again.");
    await guard?.(tx);
    await tx.execute(sql`
      update telephony_accounts set ${set}, updated_at = clock_now()
      where workspace_id = ${ctx.workspaceId} and id = ${now.id}`);
    await recordAudit(tx, ctx, {
      action: `telephony_account.${action}`,
      subjectType: "telephony_account",
      subjectId: now.id,
    });
    await bumpTopics(tx, ctx, "telephony", "callbacks");
  });
}

/** Pauses an account that is set up wrongly, with a sentence for the person who can mend it. */
export async function troubleTelephonyAccount(
  tx: Transaction,
  ctx: Context,
  { accountId, sentence }: { accountId: string; sentence: string },
): Promise<void> {
  const paused = await tx.execute(sql`
    update telephony_accounts set status = 'paused', trouble = ${sentence}, trouble_at = clock_now(), updated_at = clock_now()
    where id = ${accountId} and workspace_id = ${ctx.workspaceId} and status = 'active' returning id`);
  if (paused.length === 0) return;
  await recordAudit(tx, ctx, {
    action: "telephony_account.paused",
    subjectType: "telephony_account",
    subjectId: accountId,
    before: { status: "active" },
    after: { status: "paused", reason: "configuration" },
  });
  await bumpTopics(tx, ctx, "telephony", "callbacks");
}

/** The account placed a call: its health says so. */
export async function notePlaced(tx: Transaction, ctx: Context, accountId: string): Promise<void> {
  await tx.execute(sql`
    update telephony_accounts set last_placed_at = clock_now()
    where id = ${accountId} and workspace_id = ${ctx.workspaceId}`);
}
