import { sql } from "drizzle-orm";
import { hotSql } from "@/db/client";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type Context, systemContext } from "@/server/platform/context";
import { isId } from "@/server/platform/ids";
import { loggerFor } from "@/server/platform/logger";
import { failureText } from "@/server/platform/safe-error";
import {
  callIdOf,
  findTelephonyAccount,
  isMissedCall,
  type TelephonyAdapter,
  telephonyAdapterOf,
} from "@/server/telephony";
import { hearReport } from "./hear";
import { hearMissedCall } from "./hear-missed-call";

const log = loggerFor("calls");
const BATCH = 100;
/** Tries of one receipt; then it is given up and kept. */
const MOST_ATTEMPTS = 8;

type Receipt = {
  id: string;
  accountId: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  attempts: number;
};

/** What is read side by side: questions about missed calls must not hold up the reports on calls under way. */
export type ReceiptKind = "reports" | "missed_calls";

/** Does what providers told of calls, in the order in which it came. True when there may be more of the kind. */
export async function hearReceipts(kind: ReceiptKind): Promise<boolean> {
  const open = await hotSql()<{ id: string; workspace_id: string }[]>`
    select id::text, workspace_id from open_call_receipts(${BATCH}, ${kind === "missed_calls"})`;
  const left: (() => Promise<void>)[] = [];
  for (const { id, workspace_id } of open) {
    const ctx = systemContext(workspace_id);
    const question = await hear(ctx, id, null);
    if (question) left.push(() => askAndHear(ctx, id, question));
  }
  // After the others, and side by side: they do not wait for a slow provider.
  await Promise.all(left.map((ask) => ask()));
  return open.length === BATCH;
}

/** Asks a provider whether a call that has ended was missed. */
type Question = () => Promise<boolean>;

/** One receipt is one transaction: what it says and that it was heard commit together. What fails is heard later. */
async function hear(ctx: Context, receiptId: string, missed: boolean | null): Promise<Question | null> {
  try {
    return await hearOnce(ctx, receiptId, missed);
  } catch (error) {
    await tryLater(ctx, receiptId, failureText(error));
    return null;
  }
}

/** What only the provider knows is asked between two transactions, so that a slow one holds no lock. */
async function askAndHear(ctx: Context, receiptId: string, question: Question): Promise<void> {
  try {
    const missed = await question();
    await hear(ctx, receiptId, missed);
  } catch (error) {
    await tryLater(ctx, receiptId, failureText(error));
  }
}

/** Does what a receipt says, and answers null; or the question that has to be asked first, and nothing is done. */
async function hearOnce(ctx: Context, receiptId: string, missed: boolean | null): Promise<Question | null> {
  return withTransaction(ctx, async (tx) => {
    const receipt = await lockReceipt(tx, ctx, receiptId);
    if (!receipt) return null;
    const question = await apply(tx, ctx, receipt, missed);
    if (question) return question;
    await tx.execute(sql`
      update webhook_receipts set processed_at = clock_now(), failure = null
      where workspace_id = ${ctx.workspaceId} and id = ${receiptId}::bigint`);
    return null;
  });
}

async function lockReceipt(tx: Transaction, ctx: Context, receiptId: string): Promise<Receipt | undefined> {
  const [row] = await tx.execute<Receipt>(sql`
    select id::text, account_id as "accountId", url, headers, encode(body, 'base64') as body, attempts
    from webhook_receipts
    where workspace_id = ${ctx.workspaceId} and id = ${receiptId}::bigint and processed_at is null and given_up_at is null
    for update skip locked`);
  return row;
}

async function apply(
  tx: Transaction,
  ctx: Context,
  { accountId, url, headers, body }: Receipt,
  missed: boolean | null,
): Promise<Question | null> {
  const told = { url, headers, body: Buffer.from(body, "base64") };
  const adapter = telephonyAdapterOf(await findTelephonyAccount(tx, ctx, accountId));
  if (isMissedCall(url)) {
    const call = adapter.webhooks.parseInbound(told);
    const known = call?.missed ?? missed;
    if (call && known === null) return () => askWhetherMissed(adapter, call.providerCallId);
    if (call && known) await hearMissedCall(tx, ctx, { accountId, call });
    return null;
  }
  const callId = callIdOf(url);
  if (callId === null || !isId(callId)) return null;
  for (const report of adapter.webhooks.parse(told)) await hearReport(tx, ctx, { callId, accountId, report });
  return null;
}

/** @throws Error when the provider cannot be asked now, so that the receipt is heard later */
async function askWhetherMissed(adapter: TelephonyAdapter, providerCallId: string): Promise<boolean> {
  const missed = await adapter.wasMissed(providerCallId);
  if (missed === "unavailable")
    throw new Error(`${adapter.name} could not be asked whether a call was missed`);
  return missed;
}

/** After 5 s, 10 s, 20 s … */
async function tryLater(ctx: Context, receiptId: string, failure: string): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const [row] = await tx.execute<{ givenUp: boolean }>(sql`
      update webhook_receipts set attempts = attempts + 1, failure = ${failure},
        not_before = clock_now() + 5 * power(2, least(attempts, 10)) * interval '1 second',
        given_up_at = case when attempts + 1 >= ${MOST_ATTEMPTS} then clock_now() end
      where workspace_id = ${ctx.workspaceId} and id = ${receiptId}::bigint
      returning given_up_at is not null as "givenUp"`);
    if (row?.givenUp)
      log.error({ receiptId }, "what a provider told of a call could not be read; it was given up");
  });
}
