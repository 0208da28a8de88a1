import { hotSql } from "@/db/client";
import type { Context } from "@/server/platform/context";
import type { Lease } from "./lease";

const BATCH_SIZE = 1_000;
/** A morning may bring a million: they are sealed a part at a time. */
const MOST_AT_ONCE = 10_000;

/** A batch that was its holder's when it was sealed: nobody else has had it. */
export type FreshBatch = Pick<
  Lease,
  | "workspaceId"
  | "runNumber"
  | "batchNumber"
  | "campaignId"
  | "part"
  | "channel"
  | "kind"
  | "firstSeq"
  | "seqs"
  | "size"
  | "generation"
  | "onUnknown"
> & {
  /** The run's content as it is stored, and the step of it: read by whoever sends, for one that nobody can read is no reason to seal nothing else. */
  content: string;
  step: number;
  /** When its lease was asked for, on this process's monotonic clock (ms). */
  asked: number;
};

/** Who takes batches while they are sealed, and how many at most. */
type Taker = { owner: string; leaseMs: number; most: number };

type Row = {
  batch_number: number;
  part: number;
  campaign_id: string;
  channel: FreshBatch["channel"];
  kind: FreshBatch["kind"];
  first_seq: number;
  seqs: number[];
  size: number;
  leased: boolean;
  generation: number;
  on_unknown: FreshBatch["onUnknown"];
  content: string | null;
  step: number;
};

/**
 * Seals a run's new live entries, which count as targeted from then on, and its held and retrying executions that are due into batches that can be leased, each of one channel, step and kind:
 * batch and members in one transaction. Only while the campaign is active. `taker`: whose the first of them are at once. Returns how many executions were sealed, and the batches
 * that were taken.
 */
export async function sealDue(
  { workspaceId }: Context,
  { runNumber }: { runNumber: number },
  taker: Taker = { owner: "", leaseMs: 0, most: 0 },
): Promise<{ sealed: number; taken: FreshBatch[] }> {
  const asked = performance.now();
  const rows = await hotSql()<Row[]>`
    select * from seal_due(${workspaceId}, ${runNumber}, ${MOST_AT_ONCE}, ${BATCH_SIZE}, ${taker.owner},
      ${taker.leaseMs}::float8, ${taker.most})`;
  return {
    sealed: rows.reduce((sum, { size }) => sum + size, 0),
    taken: rows.flatMap((row) =>
      row.content === null
        ? []
        : [
            {
              workspaceId,
              runNumber,
              batchNumber: row.batch_number,
              campaignId: row.campaign_id,
              part: row.part,
              channel: row.channel,
              kind: row.kind,
              firstSeq: row.first_seq,
              seqs: row.seqs,
              size: row.size,
              generation: row.generation,
              onUnknown: row.on_unknown,
              content: row.content,
              step: row.step,
              asked,
            },
          ],
    ),
  };
}
