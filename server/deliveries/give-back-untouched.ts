import { withHotTransaction } from "@/db/transaction";
import type { BatchKey } from "./lease";

/**
 * Ends a holder's lease of a batch of which nothing was begun, so that anybody may have it. What was begun stays the holder's:
 * only whoever follows a dead holder settles it by the journal.
 */
export async function giveBackUntouched(key: BatchKey, owner: string): Promise<void> {
  await withHotTransaction(
    key.workspaceId,
    (sql) => sql`
      update execution_batches set lease_owner = null, lease_until = null
      where run_number = ${key.runNumber} and batch_number = ${key.batchNumber} and status = 'open'
        and lease_owner = ${owner} and cursor = 0`,
  );
}
