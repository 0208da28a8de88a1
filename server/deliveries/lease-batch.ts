import type { Sql } from "postgres";
import { withHotTransaction } from "@/db/transaction";
import { type Account, accountById } from "@/server/channels";
import { type Circumstances, loadCircumstances } from "./circumstances";
import { type JournalEntry, readJournals } from "./journal";
import { keptContent } from "./kept-content";
import { advanceWithin, type BatchKey, deadlineFrom, type Lease, membersBetween } from "./lease";
import { ownerIsGone } from "./owner";
import { nothingMore, type ResultRow } from "./record-results";
import type { FreshBatch } from "./seal-due";
import type { Reason, ResultState } from "./status";
import { beginTrial } from "./unreachable";

export type Holder = {
  owner: string;
  leaseMs: number;
  /** True while this process still works on the batch: its own lease there is alive. */
  holds: (key: BatchKey) => boolean;
};

type Row = {
  campaign_id: string;
  part: number;
  channel: Lease["channel"];
  account_id: string | null;
  kind: Lease["kind"];
  first_seq: number;
  seqs: number[] | null;
  size: number;
  cursor: number;
  lease_owner: string | null;
  lease_generation: number;
  expired: boolean;
  on_unknown: Lease["onUnknown"];
  content: string;
  step: number;
};

/**
 * Takes an open batch that nobody holds, whose lease has ended, or whose holder is proven dead. What the last holder left
 * without a result is settled in the same transaction: from the journal, as unknown, or marked to be sent again. Null
 * when it cannot be had now. `status`: the campaign's state in which this holder may take it.
 * @throws ZodError for a content that no run can have; then it stays as it was
 */
export function leaseBatch(
  key: BatchKey,
  holder: Holder,
  status: "active" | "cancelled" = "active",
): Promise<Lease | null> {
  return withHotTransaction(key.workspaceId, async (sql) => {
    const asked = performance.now();
    const [row] = await sql<Row[]>`
      select b.campaign_id, b.part, b.channel, b.account_id, b.kind, b.first_seq, b.seqs, b.size, b.cursor, b.lease_owner,
        b.lease_generation, b.lease_until < clock_now() as expired, c.on_unknown, r.content::text as content,
        coalesce((select e.step from executions e where e.part = b.part and e.run_number = b.run_number and e.seq = b.first_seq), 0)
          as step
      from execution_batches b join campaigns c on c.id = b.campaign_id
      join campaign_runs r on r.number = b.run_number
      where b.run_number = ${key.runNumber} and b.batch_number = ${key.batchNumber} and b.status = 'open'
        and c.status = ${status}
      for update of b skip locked`;
    if (!row) return null;
    const dead = row.lease_owner !== null && isDead(row.lease_owner, key, holder);
    if (row.lease_owner !== null && !row.expired && !dead) return null;
    const { workspaceId } = key;
    const circumstances = await loadCircumstances(sql, {
      workspaceId,
      campaignId: row.campaign_id,
      channel: row.channel,
    });
    if (status === "active" && !isOpen(circumstances)) return null;
    const { account } = circumstances;
    const trial = status === "active" && account.unreachable !== null;
    if (trial && !(await beginTrial(sql, account, holder.leaseMs))) return null;
    const lease = { ...toLease(key, holder, { ...row, circumstances }, asked), trial };
    await sql`
      update execution_batches set lease_owner = ${lease.owner}, lease_generation = ${lease.generation},
        lease_until = clock_now() + ${lease.leaseMs}::float8 * interval '1 millisecond',
        account_id = ${lease.account.accountId}
      where run_number = ${key.runNumber} and batch_number = ${key.batchNumber}`;
    const last =
      row.account_id && row.cursor > 0 ? await accountById(sql, workspaceId, row.account_id) : null;
    await settleLeftovers(sql, lease, { dead, mayResend: status === "active", last });
    return lease;
  });
}

const isOpen = ({ account, workspace }: Circumstances): boolean =>
  account.status === "active" && account.unreachable !== "resting" && !workspace.stopped;

const isDead = (owner: string, key: BatchKey, holder: Holder): boolean =>
  owner === holder.owner ? !holder.holds(key) : ownerIsGone(owner);

function toLease(
  key: BatchKey,
  holder: Holder,
  row: Row & { circumstances: Circumstances },
  asked: number,
): Lease {
  return {
    ...key,
    campaignId: row.campaign_id,
    part: row.part,
    channel: row.channel,
    kind: row.kind,
    firstSeq: row.first_seq,
    seqs: row.seqs,
    size: row.size,
    cursor: row.cursor,
    owner: holder.owner,
    generation: row.lease_generation + 1,
    leaseMs: holder.leaseMs,
    onUnknown: row.on_unknown,
    content: keptContent(row.content, row.step),
    account: row.circumstances.account,
    circumstances: row.circumstances,
    again: [],
    deadline: deadlineFrom(asked, holder.leaseMs),
    trial: false,
  };
}

/** The lease of a batch that was sealed for this holder. @throws ZodError for a content that no run can have */
export const leaseFresh = (
  { asked, content, step, ...batch }: FreshBatch,
  { owner, leaseMs, circumstances }: Pick<Lease, "owner" | "leaseMs" | "circumstances">,
): Lease => ({
  ...batch,
  content: keptContent(content, step),
  cursor: 0,
  owner,
  leaseMs,
  account: circumstances.account,
  circumstances,
  again: [],
  deadline: deadlineFrom(asked, leaseMs),
  trial: false,
});

type Takeover = {
  /** The last holder is proven dead: what it had not begun, it will never begin. */
  dead: boolean;
  /** False for a cancelled campaign: what had not gone stays unsent. */
  mayResend: boolean;
  /** What carried the batch for the last holder; the channel may have got another account since. */
  last: Account | null;
};

async function settleLeftovers(sql: Sql, lease: Lease, takeover: Takeover): Promise<void> {
  if (lease.cursor === 0) return;
  const left = await sql<{ seq: number; variant: number }[]>`
    select e.seq, e.variant from executions e
    where e.part = ${lease.part} and e.run_number = ${lease.runNumber}
      and e.seq = any(${membersBetween(lease, 0, lease.cursor)}::int[])
      and not exists (select from execution_results r where r.part = e.part and r.run_number = e.run_number
        and r.seq = e.seq and r.batch_number = ${lease.batchNumber})
    order by e.seq`;
  if (left.length === 0) return;
  const journal = readJournals(lease);
  const rows: ResultRow[] = [];
  for (const { seq, variant } of left) {
    const verdict = judge(journal.get(seq), lease, takeover);
    if (verdict === "send") lease.again.push(seq);
    else rows.push(toRow(seq, variant, verdict));
  }
  await advanceWithin(sql, lease, { rows, to: lease.cursor, recorded: lease.cursor - lease.again.length });
}

type Verdict = "send" | { state: ResultState; reason: Reason | null };

/**
 * What a member without a result becomes. An idempotent account is simply asked again, if it is still the one that was
 * asked. Otherwise the journal decides; where
 * it says nothing certain, *hold* never sends twice and *resend* never misses (performance.md, section 2).
 */
function judge(entry: JournalEntry | undefined, lease: Lease, { dead, mayResend, last }: Takeover): Verdict {
  if (entry) return entry;
  const repeatable = last?.adapter.idempotent === true && last.accountId === lease.account.accountId;
  // Idempotent accounts keep no journal, so its silence proves nothing about them.
  const untouched = entry === undefined && dead && last?.adapter.idempotent === false;
  if (mayResend && (untouched || repeatable || lease.onUnknown === "resend")) return "send";
  if (untouched) return { state: "cancelled", reason: "campaign_cancelled" };
  return { state: "unknown", reason: "worker_died" };
}

const toRow = (seq: number, variant: number, verdict: Exclude<Verdict, "send">): ResultRow => ({
  ...nothingMore,
  ...verdict,
  seq,
  variant,
  delayMs: verdict.state === "held" || verdict.state === "retrying" ? 0 : null,
  attempts: 1,
});
