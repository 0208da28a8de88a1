import type { Sql } from "postgres";
import { hotSql } from "@/db/client";
import { withHotTransaction } from "@/db/transaction";
import type { RunContent } from "@/server/campaigns/content";
import type { Account } from "@/server/channels";
import { appendLater } from "./append-later";
import type { Circumstances } from "./circumstances";
import { type ResultRow, resultColumns } from "./record-results";

/** Names a batch for the worker. */
export type BatchKey = { workspaceId: string; runNumber: number; batchNumber: number };

/** A batch in the hands of one holder. `cursor` is the durable intent: members before it may have been sent. */
export type Lease = BatchKey & {
  campaignId: string;
  part: number;
  channel: "email" | "sms" | "whatsapp";
  /** `again`: their outcome is unknown and a person had them sent once more. */
  kind: "pending" | "held" | "retrying" | "again";
  firstSeq: number;
  seqs: number[] | null;
  size: number;
  cursor: number;
  owner: string;
  generation: number;
  leaseMs: number;
  onUnknown: "hold" | "resend";
  content: RunContent;
  /** What carries the channel while this lease lasts. */
  account: Account;
  circumstances: Circumstances;
  /** Members before the cursor that are to be sent again: known not to have gone, or repeatable without harm. */
  again: number[];
  /** On this process's monotonic clock (ms): nothing may be started after it. */
  deadline: number;
  /** This holder alone tries whether the account can be reached again. */
  trial: boolean;
};

/** The sequence numbers of a batch's members from one place to another. */
export const membersBetween = (lease: Pick<Lease, "firstSeq" | "seqs">, from: number, to: number): number[] =>
  lease.seqs?.slice(from, to) ??
  Array.from({ length: to - from }, (_, index) => lease.firstSeq + from + index);

/** Our clock and the database's may run apart a little, and a check may be followed by a pause of the scheduler. */
const MARGIN = 0.1;

/** How long a batch is a holder's without a word from it (ms). */
export const LEASE_MS = 30_000;

export const deadlineFrom = (asked: number, leaseMs: number): number => asked + leaseMs * (1 - MARGIN);

export type Advance = {
  rows: ResultRow[];
  /** The cursor after this statement; granted only while the campaign is active, unless the batch is given back. */
  to: number;
  /** Members that have a result afterwards. */
  recorded: number;
  /** Ends the lease: all done, or the rest given back. */
  end?: "done" | "given_back";
};

/** Whether more may be begun, and how fast, at this moment. */
export type Going = {
  cursor: number;
  /** False: the campaign is not active, all sending is stopped, the account is paused or its provider asked to wait. */
  go: boolean;
  /** Messages a second; null: no limit. The account's own setting goes before what its adapter says. */
  accountRate: number | null;
  campaignRate: number | null;
  dayLimit: number | null;
  /** Micro-units; null: no limit. */
  budget: bigint | null;
  /** How long the provider asked to wait (ms), when that is short enough to wait for. */
  blockedMs: number;
  /** True while the provider keeps asking for less. */
  throttled: boolean;
};

type GoingRow = {
  place: number;
  go: boolean;
  account_rate: number | null;
  campaign_rate: number | null;
  day_limit: number | null;
  budget: string | null;
  blocked_ms: number | null;
  throttles: number | null;
};

/** A wait that is longer gives the batch back instead. `leasable_batches` has the same figure. */
const SHORT_WAIT = "2 seconds";

/**
 * Records results, renews the lease and moves the intent cursor. Safe to repeat after a lost connection: it accepts the
 * cursor it knows and the one it asked for, and inserts each result once. Null: the lease is another's.
 * One call of the database, which sets the workspace itself, so that it needs no transaction around it: that would keep the
 * run's counts locked for the two round trips to its commit, while the other lanes of the run wait for them.
 */
export async function advanceBatch(lease: Lease, advance: Advance): Promise<Going | null> {
  if (lease.kind !== "again" || advance.rows.length === 0) return advanceWithin(hotSql(), lease, advance);
  return withHotTransaction(lease.workspaceId, (sql) => advanceWithin(sql, lease, advance));
}

/** As `advanceBatch`, in the caller's transaction. */
export async function advanceWithin(
  sql: Sql,
  lease: Lease,
  { rows, to, recorded, end }: Advance,
): Promise<Going | null> {
  const again = lease.kind === "again";
  const { fallBack } = lease.circumstances.campaign;
  const hours = lease.channel === "whatsapp" ? fallBack?.afterHours : null;
  const [row] = await sql<GoingRow[]>`
    select place, go, account_rate, campaign_rate, day_limit, budget, throttles, blocked_ms from advance_batch(
      ${lease.workspaceId}, ${lease.account.accountId}, ${lease.runNumber}, ${lease.batchNumber}, ${lease.owner},
      ${lease.generation}, ${lease.cursor}, ${to}, ${recorded}, ${end ?? null}, ${lease.leaseMs}, ${SHORT_WAIT},
      ${hours ?? null}, ${resultColumns(sql, again ? [] : rows)})`;
  if (row && again) await recordAgain(sql, lease, rows);
  return row ? toGoing(lease, row) : null;
}

const toGoing = (lease: Lease, row: GoingRow): Going => ({
  cursor: row.place,
  go: row.go,
  accountRate: row.account_rate ?? lease.account.adapter.limits.perSecond,
  campaignRate: row.campaign_rate,
  dayLimit: row.day_limit,
  budget: row.budget === null ? null : BigInt(row.budget),
  blockedMs: Math.max(0, row.blocked_ms ?? 0),
  throttled: (row.throttles ?? 0) > 0,
});

const mayGo = (sql: Sql) => sql`(c.status = 'active' and w.sending_stopped_at is null
  and a.status is distinct from 'paused'
  and (k.blocked_until is null or k.blocked_until <= clock_now() + ${SHORT_WAIT}::interval))`;

/** What was sent once more has results already. It counts for the account like the rest. */
async function recordAgain(sql: Sql, lease: Lease, rows: ResultRow[]): Promise<void> {
  const appended = new Set(await appendLater(sql, lease, rows));
  const count = (...states: ResultRow["state"][]) =>
    rows.filter(({ seq, state }) => appended.has(seq) && states.includes(state)).length;
  const [sent, failed] = [count("sent", "delivered"), count("failed")];
  if (sent + failed === 0) return;
  await sql`
    insert into account_counts as k (account_id, bucket, workspace_id, sent, failed)
    values (${lease.account.accountId}, date_bin('15 minutes', clock_now(), 'epoch'), ${lease.workspaceId}, ${sent}, ${failed})
    on conflict (account_id, bucket) do update set sent = k.sent + excluded.sent, failed = k.failed + excluded.failed`;
}

/** Renews a lease during a long micro-batch and reads whether more may be begun. Null: the lease is another's. */
export async function renewLease(lease: Lease): Promise<{ go: boolean } | null> {
  const asked = performance.now();
  const [row] = await withHotTransaction(
    lease.workspaceId,
    (sql) => sql<{ go: boolean }[]>`
      update execution_batches b set lease_until = clock_now() + ${lease.leaseMs}::float8 * interval '1 millisecond'
      from campaigns c join workspaces w on w.id = c.workspace_id
        left join channel_accounts a on a.id = ${lease.account.accountId}
        left join channel_buckets k on k.account_id = ${lease.account.accountId}
      where b.run_number = ${lease.runNumber} and b.batch_number = ${lease.batchNumber} and b.status = 'open'
        and b.lease_owner = ${lease.owner} and b.lease_generation = ${lease.generation} and c.id = b.campaign_id
      returning ${mayGo(sql)} as go`,
  );
  if (!row) return null;
  lease.deadline = Math.max(lease.deadline, deadlineFrom(asked, lease.leaseMs));
  return row;
}
