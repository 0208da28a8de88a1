import { sql } from "drizzle-orm";
import type { Sql } from "postgres";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";

/**
 * Pauses an account that is set up wrongly, with a sentence for the person who can mend it. Lanes skip it, campaigns wait,
 * nothing is burnt; resuming the account goes on with the next message. An account that is not active stays as it is.
 */
export async function troubleAccount(ctx: Context, accountId: string, sentence: string): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const paused = await tx.execute(sql`
      update channel_accounts set status = 'paused', trouble = ${sentence}, trouble_at = clock_now(), updated_at = clock_now()
      where id = ${accountId} and workspace_id = ${ctx.workspaceId} and status = 'active' returning id`);
    if (paused.length === 0) return;
    await recordAudit(tx, ctx, {
      action: "channel_account.paused",
      subjectType: "channel_account",
      subjectId: accountId,
      before: { status: "active" },
      after: { status: "paused", reason: "configuration" },
    });
    await bumpTopics(tx, ctx, "channels", "campaigns");
  });
}

/** Least time between two notes of an account's last accepted message. */
const NOTE_EVERY = "5 seconds";

/** The account took a message: its health says so. Cheap to repeat; one row changes at most every five seconds. */
export async function noteAccepted(hot: Sql, workspaceId: string, accountId: string): Promise<void> {
  await hot`
    update channel_accounts set last_accepted_at = clock_now()
    where id = ${accountId} and workspace_id = ${workspaceId}
      and (last_accepted_at is null or last_accepted_at < clock_now() - ${NOTE_EVERY}::interval)`;
}
