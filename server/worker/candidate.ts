import type { BatchKey } from "@/server/deliveries/lease";

/** A batch that waits, as `leasable_batches` names it. */
export type Candidate = {
  workspace_id: string;
  run_number: string;
  batch_number: number;
  lease_owner: string | null;
  free: boolean;
};

/** The batch that a candidate is. */
export const keyOf = (row: Candidate): BatchKey => ({
  workspaceId: row.workspace_id,
  runNumber: Number(row.run_number),
  batchNumber: row.batch_number,
});

/** A batch's name among all: "run:batch". */
export const nameOf = (key: BatchKey): string => `${key.runNumber}:${key.batchNumber}`;
