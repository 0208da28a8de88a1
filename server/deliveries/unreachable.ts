import { sql } from "drizzle-orm";
import type { Sql } from "postgres";
import { withHotTransaction, withTransaction } from "@/db/transaction";
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
  const ctx = systemContext(workspaceId);
  const failures = await withTransaction(ctx, async (tx) => {
    const [rest] = await tx.execute<{ failures: number }>(sql`
      insert into channel_buckets as k (account_id, workspace_id, next_at, throttles, unreachable_until)
      values (${accountId}, ${workspaceId}, 'epoch', 1,
        clock_now() + ${FIRST_REST_MS}::float8 * interval '1 millisecond')
      on conflict (account_id) do update set throttles = k.throttles + 1,
        unreachable_until = clock_now() + least(${FIRST_REST_MS}::float8 * power(2, least(k.throttles, 10)),
          ${LONGEST_REST_MS}) * interval '1 millisecond'
      where ${trial} or k.unreachable_until is null or k.unreachable_until <= clock_now()
      returning k.throttles as failures`);
    if (!rest) return null;
    if (rest.failures >= SHOWN_AFTER) await noteChannelTrouble(tx, ctx, { channel, sentence });
    return rest.failures;
  });
  if (failures !== null) log.warn({ accountId, failures }, "the channel does not answer");
}

/**
 * Whether this holder is the one that tries an account which has rested: until it is known what came of it, or as long as a
 * lease lasts (ms), nobody else takes up anything for it. A server that lets its callers wait would else keep every lane.
 */
export async function beginTrial(hot: Sql, { accountId }: Account, leaseMs: number): Promise<boolean> {
  const begun = await hot`
    update channel_buckets set unreachable_until = clock_now() + ${leaseMs}::float8 * interval '1 millisecond'
    where account_id = ${accountId} and unreachable_until <= clock_now()`;
  return begun.count > 0;
}

/** The trial goes on: nobody else may try for as long as a lease lasts from now. */
export async function renewTrial({ workspaceId, account, leaseMs }: Lease): Promise<void> {
  await withHotTransaction(
    workspaceId,
    (hot) => hot`
      update channel_buckets set unreachable_until = clock_now() + ${leaseMs}::float8 * interval '1 millisecond'
      where account_id = ${account.accountId} and unreachable_until is not null`,
  );
}

/** The trial showed nothing, or nobody was accepted: the next one may try. */
export async function endTrial({ workspaceId, account }: Lease): Promise<void> {
  await withHotTransaction(
    workspaceId,
    (hot) => hot`
      update channel_buckets set unreachable_until = clock_now()
      where account_id = ${account.accountId} and unreachable_until is not null`,
  );
}

/**
 * The provider takes messages again: everybody may send through the account, and its campaigns have nothing to say.
 * `throttled`: of the same messages it turned some away, so an account that answered before goes no faster for it.
 */
export async function speedUp(
  { workspaceId, channel, account: { accountId } }: Lease,
  { throttled }: { throttled: boolean },
): Promise<void> {
  const ctx = systemContext(workspaceId);
  const answers = await withTransaction(ctx, async (tx) => {
    const [was] = await tx.execute<{ unreachable: boolean }>(sql`
      with was as (
        select account_id, unreachable_until is not null as unreachable from channel_buckets
        where account_id = ${accountId} and (unreachable_until is not null or (throttles > 0 and not ${throttled}::boolean))
        for update)
      update channel_buckets k set throttles = 0, unreachable_until = null from was where k.account_id = was.account_id
      returning was.unreachable`);
    if (was?.unreachable) await noteChannelTrouble(tx, ctx, { channel, sentence: null });
    return was?.unreachable === true;
  });
  if (answers) log.info({ accountId }, "the channel answers again");
}
