import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { notFound } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import type { Provider } from "../status";

export type FailedReceipt = {
  id: string;
  provider: Provider;
  accountName: string;
  failure: string;
  receivedAt: string;
  bytes: number;
};

const MOST = 50;

/** Providers' calls that could not be worked through, the latest first. Their content stays in the database. */
export function listFailedReceipts(ctx: Context): Promise<FailedReceipt[]> {
  return withTransaction(ctx, async (tx) => [
    ...(await tx.execute<FailedReceipt>(sql`
      select w.id::text, w.provider, a.name as "accountName", coalesce(w.failure, '') as failure,
        to_json(w.received_at) #>> '{}' as "receivedAt", length(w.body) as bytes
      from webhook_receipts w join channel_accounts a on a.id = w.account_id
      where w.workspace_id = ${ctx.workspaceId} and w.given_up_at is not null
      order by w.id desc limit ${MOST}`)),
  ]);
}

/** Puts a given-up call in the line again, with all its tries. */
export async function retryReceipt(ctx: Context, receiptId: string): Promise<void> {
  if (!/^\d{1,18}$/.test(receiptId)) throw notFound("call");
  await withTransaction(ctx, async (tx) => {
    const found = await tx.execute(sql`
      update webhook_receipts set given_up_at = null, attempts = 0, not_before = clock_now()
      where workspace_id = ${ctx.workspaceId} and id = ${receiptId}::bigint and given_up_at is not null returning id`);
    if (found.length === 0) throw notFound("call");
    await recordAudit(tx, ctx, {
      action: "webhook.retried",
      subjectType: "webhook_receipt",
      subjectId: receiptId,
    });
    await bumpTopics(tx, ctx, "channels");
  });
}
