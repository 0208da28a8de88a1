import type { Sql } from "postgres";
import { withHotTransaction } from "@/db/transaction";
import type { RunContent } from "@/server/campaigns/content";
import type { Account } from "@/server/channels";
import { appending, type ResultRow } from "./record-results";

/** Names a batch for the worker. */
export type BatchKey = { workspaceId: string; runNumber: number; batchNumber: number };

/** A batch in the hands of one holder. `cursor` is the durable intent: members before it may have been sent. */
export type Lease = BatchKey & {
  campaignId: string;
  part: number;
  channel: "email" | "sms" | "whatsapp";
  kind: "pending" | "held" | "retrying";
  firstSeq: number;
  seqs: number[] | null;
  size: number;
  cursor: number;
  owner: string;
  generation: number;
  leaseMs: number;
  onUnknown: "hold" | "resend";
  content: RunContent;
  workspace: { timeZone: string; locale: string };
  /** What carries the channel while this lease lasts. */
  account: Account;
  /** Members before the cursor that are to be sent again: known not to have gone, or repeatable without harm. */
  again: number[];
  /** On this process's monotonic clock (ms): nothing may be started after it. */
  deadline: number;
};

/** The sequence numbers of a batch's members from one place to another. */
export const membersBetween = (lease: Pick<Lease, "firstSeq" | "seqs">, from: number, to: number): number[] =>
  lease.seqs?.slice(from, to) ??
  Array.from({ length: to - from }, (_, index) => lease.firstSeq + from + index);

/** Our clock and the database's may run apart a little, and a check may be followed by a pause of the scheduler. */
const MARGIN = 0.1;

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

/**
 * One statement: records results, renews the lease and moves the intent cursor. Safe to repeat after a lost connection:
 * it accepts the cursor it knows and the one it asked for, and inserts each result once. Null: the lease is another's.
 */
export async function advanceBatch(
  sql: Sql,
  lease: Lease,
  { rows, to, recorded, end }: Advance,
): Promise<{ cursor: number; campaignStatus: string } | null> {
  const [row] = await sql<{ cursor: number; campaign_status: string }[]>`
    with fenced as (
      update execution_batches b set
        cursor = case when ${end !== undefined} or c.status = 'active' then ${to}::int else b.cursor end,
        recorded = ${recorded}, status = case when ${end === "done"} then 'done' else b.status end,
        lease_owner = case when ${end !== undefined} then null else b.lease_owner end,
        lease_until = case when ${end !== undefined} then null
          else clock_now() + ${lease.leaseMs}::float8 * interval '1 millisecond' end
      from campaigns c
      where b.run_number = ${lease.runNumber} and b.batch_number = ${lease.batchNumber} and b.status = 'open'
        and b.lease_owner = ${lease.owner} and b.lease_generation = ${lease.generation}
        and b.cursor in (${lease.cursor}, ${to}) and c.id = b.campaign_id
      returning b.part, b.run_number, b.workspace_id, b.campaign_id, b.channel, b.cursor, c.status as campaign_status),
    ${appending(sql, sql`fenced`, lease.batchNumber, rows)}
    select cursor, campaign_status from fenced`;
  return row ? { cursor: row.cursor, campaignStatus: row.campaign_status } : null;
}

/** Renews a lease during a long micro-batch and reads the campaign's state. Null: the lease is another's. */
export async function renewLease(lease: Lease): Promise<{ campaignStatus: string } | null> {
  const asked = performance.now();
  const renewed = await withHotTransaction(
    lease.workspaceId,
    (sql) => sql<{ status: string }[]>`
      update execution_batches b set lease_until = clock_now() + ${lease.leaseMs}::float8 * interval '1 millisecond'
      from campaigns c
      where b.run_number = ${lease.runNumber} and b.batch_number = ${lease.batchNumber} and b.status = 'open'
        and b.lease_owner = ${lease.owner} and b.lease_generation = ${lease.generation} and c.id = b.campaign_id
      returning c.status`,
  );
  const [row] = renewed;
  if (!row) return null;
  lease.deadline = Math.max(lease.deadline, deadlineFrom(asked, lease.leaseMs));
  return { campaignStatus: row.status };
}
