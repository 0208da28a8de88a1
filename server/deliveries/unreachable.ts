import type { Sql } from "postgres";
import { withHotTransaction } from "@/db/transaction";
import type { Account } from "@/server/channels";
import { systemContext } from "@/server/platform/context";
import { loggerFor } from "@/server/platform/logger";
import type { Lease } from "./lease";
import { noteChannelTrouble } from "./pause-for-channel";

const log = loggerFor("channel");
const FIRST_REST_MS = 500;
const LONGEST_REST_MS = 15_000;
/** Failures in a row after which the channel's campaigns say so on screen. */
const SHOWN_AFTER = 3;

/**
 * The account does not answer: no worker takes up anything for it for a while, longer each time, and other accounts are none the
 * worse for it. Several lanes find the same trouble at once; it is one failure. From the third on its campaigns say so.
 */
export async function restUnreachable(lease: Lease, sentence: string): Promise<void> {
  const { workspaceId, channel, trial } = lease;
  const { accountId } = lease.account;
  const [rest] = await withHotTransaction(
    workspaceId,
    (sql) => sql<{ failures: number }[]>`
      insert into channel_buckets as k (account_id, workspace_id, next_at, throttles, unreachable_until)
      values (${accountId}, ${workspaceId}, 'epoch', 1,
        clock_now() + ${FIRST_REST_MS}::float8 * interval '1 millisecond')
      on conflict (account_id) do update set throttles = k.throttles + 1,
        unreachable_until = clock_now() + least(${FIRST_REST_MS}::float8 * power(2, least(k.throttles, 10)),
          ${LONGEST_REST_MS}) * interval '1 millisecond'
      where ${trial} or k.unreachable_until is null or k.unreachable_until <= clock_now()
      returning k.throttles as failures`,
  );
  if (!rest) return;
  log.warn({ accountId, ...rest }, "the channel does not answer");
  if (rest.failures >= SHOWN_AFTER) await noteChannelTrouble(systemContext(workspaceId), channel, sentence);
}

/**
 * Whether this holder is the one that tries an account which has rested: until it is known what came of it, or as long as a
 * lease lasts (ms), nobody else takes up anything for it. A server that lets its callers wait would else keep every lane.
 */
export async function beginTrial(sql: Sql, { accountId }: Account, leaseMs: number): Promise<boolean> {
  const begun = await sql`
    update channel_buckets set unreachable_until = clock_now() + ${leaseMs}::float8 * interval '1 millisecond'
    where account_id = ${accountId} and unreachable_until <= clock_now()`;
  return begun.count > 0;
}

/** The trial showed nothing, or nobody was accepted: the next one may try. */
export async function endTrial({ workspaceId, account }: Lease): Promise<void> {
  await withHotTransaction(
    workspaceId,
    (sql) => sql`
      update channel_buckets set unreachable_until = clock_now()
      where account_id = ${account.accountId} and unreachable_until is not null`,
  );
}

/** The provider takes messages again: everybody may send through the account, and its campaigns have nothing to say. */
export async function speedUp({ workspaceId, channel, account: { accountId } }: Lease): Promise<void> {
  const [was] = await withHotTransaction(
    workspaceId,
    (sql) => sql<{ unreachable: boolean }[]>`
      with was as (
        select account_id, unreachable_until is not null as unreachable from channel_buckets
        where account_id = ${accountId} and throttles > 0 for update)
      update channel_buckets k set throttles = 0, unreachable_until = null from was where k.account_id = was.account_id
      returning was.unreachable`,
  );
  if (!was?.unreachable) return;
  log.info({ accountId }, "the channel answers again");
  await noteChannelTrouble(systemContext(workspaceId), channel, null);
}
