import type { Sql } from "postgres";
import { hotSql } from "@/db/client";
import { withHotTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { eachWorkspace } from "@/server/platform/each-workspace";
import { loggerFor } from "@/server/platform/logger";
import { isPassing } from "@/server/platform/passing";
import { failureText } from "@/server/platform/safe-error";
import { accountById } from "../accounts/account-for";
import { BrokenAccount } from "../adapters";
import type { ProviderEvent } from "../provider-event";
import type { Provider } from "../status";

const log = loggerFor("webhooks");

/** Who an event came from. */
export type Source = { accountId: string; provider: Provider };
export type ReceivedEvent = { source: Source; event: ProviderEvent };

/**
 * Does what events say. Called again with the same events after a crash, so it must be safe to repeat.
 * @throws Error to have all of them tried again later
 */
export type EventHandler = (ctx: Context, events: ReceivedEvent[]) => Promise<void>;

const BATCH = 200;
/** Tries of one receipt; then it is given up and listed. */
const MOST_ATTEMPTS = 8;
/** How long a receipt waits for a broken account to be mended, looked at every few minutes; then it is given up. */
const MOST_DAYS_BROKEN = 7;
const LOOK_AGAIN_MINUTES = 5;
/** How long receipts wait whose batch broke as a whole: it is no fault of theirs, so it uses up none of their tries. */
const BROKEN_BATCH_MINUTES = 1;

type Receipt = {
  id: string;
  account_id: string;
  provider: Provider;
  url: string;
  headers: Record<string, string>;
  body: Buffer;
  received_at: Date;
  attempts: number;
};

/**
 * Works through what providers posted, a batch of each workspace at a time; one that breaks holds up no other. True when there
 * may be more.
 */
export async function processReceipts(handle: EventHandler): Promise<boolean> {
  const open = await hotSql()<{ id: string; workspaceId: string }[]>`
    select id::text, workspace_id as "workspaceId" from open_webhook_receipts(${BATCH})`;
  const batches = [...new Set(open.map(({ workspaceId }) => workspaceId))].map((workspaceId) => ({
    workspaceId,
    ids: open.filter((row) => row.workspaceId === workspaceId).map(({ id }) => id),
  }));
  const { broken } = await eachWorkspace("receipts", batches, (ctx, { ids }) =>
    processBatch(ctx, ids, handle).catch(async (error: unknown) => {
      // Else those that break are first in the list for ever, and fill it.
      if (!isPassing(error)) await putOff(ctx, ids);
      throw error;
    }),
  );
  return open.length === BATCH && broken === 0;
}

/** The rows stay locked while their events are recorded: another worker passes them over. */
function processBatch(ctx: Context, ids: string[], handle: EventHandler): Promise<number> {
  const { workspaceId } = ctx;
  return withHotTransaction(workspaceId, async (sql) => {
    const receipts = await sql<Receipt[]>`
      select id::text, account_id, provider, url, headers, body, received_at, attempts from webhook_receipts
      where workspace_id = ${workspaceId} and id = any(${ids}::bigint[]) and processed_at is null and given_up_at is null
      order by webhook_receipts.id for update skip locked`;
    const read: { receipt: Receipt; events: ReceivedEvent[] }[] = [];
    for (const receipt of receipts) {
      const events = await parse(sql, workspaceId, receipt);
      if (events === "later") await waitForAccount(sql, receipt);
      else if (typeof events === "string") await giveUp(sql, receipt, events);
      else read.push({ receipt, events });
    }
    const failure = await attempt(() =>
      handle(
        ctx,
        read.flatMap(({ events }) => events),
      ),
    );
    if (failure === null)
      await done(
        sql,
        read.map(({ receipt }) => receipt),
      );
    else await oneByOne(sql, ctx, read, handle);
    return read.length;
  });
}

/** One of a batch fails: it must not hold up the others. */
async function oneByOne(
  sql: Sql,
  ctx: Context,
  read: { receipt: Receipt; events: ReceivedEvent[] }[],
  handle: EventHandler,
): Promise<void> {
  for (const { receipt, events } of read) {
    const failure = await attempt(() => handle(ctx, events));
    if (failure === null) await done(sql, [receipt]);
    else if (receipt.attempts + 1 >= MOST_ATTEMPTS) await giveUp(sql, receipt, failure);
    else await tryLater(sql, receipt, failure);
  }
}

async function attempt(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return failureText(error);
  }
}

/**
 * The events of a receipt; `later` while its account is broken. Another text says why it cannot be read, which trying again
 * will not change.
 */
async function parse(sql: Sql, workspaceId: string, receipt: Receipt): Promise<ReceivedEvent[] | string> {
  const account = await accountById(sql, workspaceId, receipt.account_id);
  if (!account?.adapter.webhooks) return "the account is no longer there";
  const source = { accountId: receipt.account_id, provider: receipt.provider };
  const { url, headers, body, received_at: receivedAt } = receipt;
  try {
    return account.adapter.webhooks
      .parse({ url, headers, body, receivedAt })
      .map((event) => ({ source, event }));
  } catch (error) {
    if (error instanceof BrokenAccount) return "later";
    return `it cannot be read: ${failureText(error)}`;
  }
}

const done = (sql: Sql, receipts: Receipt[]) => sql`
  update webhook_receipts set processed_at = clock_now(), failure = null
  where id = any(${receipts.map(({ id }) => id)}::bigint[])`;

/** After 5 s, 10 s, 20 s … */
const tryLater = (sql: Sql, { id, attempts }: Receipt, failure: string) => sql`
  update webhook_receipts set attempts = attempts + 1, failure = ${failure},
    not_before = clock_now() + ${5 * 2 ** attempts} * interval '1 second'
  where id = ${id}`;

const putOff = ({ workspaceId }: Context, ids: string[]) =>
  withHotTransaction(
    workspaceId,
    (sql) => sql`
      update webhook_receipts set not_before = clock_now() + ${BROKEN_BATCH_MINUTES} * interval '1 minute'
      where workspace_id = ${workspaceId} and id = any(${ids}::bigint[]) and processed_at is null and given_up_at is null`,
  );

/** It is no fault of the receipt, so it uses up none of its tries. */
async function waitForAccount(sql: Sql, receipt: Receipt): Promise<void> {
  const failure = "the account cannot be set up";
  const waiting = await sql`
    update webhook_receipts set failure = ${failure},
      not_before = clock_now() + ${LOOK_AGAIN_MINUTES} * interval '1 minute'
    where id = ${receipt.id} and received_at > clock_now() - ${MOST_DAYS_BROKEN} * interval '1 day' returning 1`;
  if (waiting.length === 0) await giveUp(sql, receipt, failure);
}

async function giveUp(sql: Sql, { id, account_id: accountId }: Receipt, failure: string): Promise<void> {
  log.error({ receiptId: id, accountId }, "a webhook was given up; it is listed under Settings, Channels");
  await sql`
    update webhook_receipts set attempts = attempts + 1, failure = ${failure}, given_up_at = clock_now()
    where id = ${id}`;
}
