import type { Sql } from "postgres";
import { advanceBatch, membersBetween } from "@/server/deliveries/lease";
import { leaseBatch } from "@/server/deliveries/lease-batch";
import { thisOwner } from "@/server/deliveries/owner";
import { nothingMore, type ResultRow } from "@/server/deliveries/record-results";
import { arrangeCampaign, release } from "./arrange";

const LANES = 4;
const MICRO_BATCH = 100;

/**
 * The ledger alone: four lanes lease every batch of a campaign and, with the sender's own statement, record the results of
 * each micro-batch while they claim the next. Nothing is read of customers, rendered or sent. Rows a second.
 */
export async function ledgerRate(owner: Sql, workspaceId: string): Promise<number> {
  const campaign = await arrangeCampaign(owner, workspaceId);
  await release(owner, campaign);
  const batches = await owner<{ number: number }[]>`
    select batch_number as number from execution_batches where run_number = ${campaign.runNumber} order by 1`;
  const waiting = batches.values();
  const began = performance.now();
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      for (const { number } of waiting)
        await claimAndRecord({ workspaceId, runNumber: campaign.runNumber, batchNumber: number });
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  const [counted] = await owner<{ rows: number }[]>`
    select count(*)::int as rows from execution_results where run_number = ${campaign.runNumber} and state = 'delivered'`;
  return (counted?.rows ?? 0) / seconds;
}

async function claimAndRecord(key: Parameters<typeof leaseBatch>[0]): Promise<void> {
  const lease = await leaseBatch(key, { owner: thisOwner, leaseMs: 30_000, holds: () => false });
  if (!lease) throw new Error("a batch could not be leased");
  let rows: ResultRow[] = [];
  for (let done = false; !done; ) {
    done = lease.cursor === lease.size;
    const to = Math.min(lease.size, lease.cursor + MICRO_BATCH);
    const end = done ? { end: "done" as const } : {};
    const going = await advanceBatch(lease, { rows, to, recorded: lease.cursor, ...end });
    if (!going) throw new Error("a lease was lost");
    rows = membersBetween(lease, lease.cursor, to).map((seq) => ({
      ...nothingMore,
      seq,
      variant: 0,
      state: "delivered",
      providerMessageId: `queued-${seq}`,
      cost: 0n,
      attempts: 1,
    }));
    lease.cursor = to;
  }
}
