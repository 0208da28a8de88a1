import { withHotTransaction } from "@/db/transaction";
import { type ExecutionKey, lockTracking } from "@/server/deliveries";
import { reclassifyEvents } from "./reclassify-events";

/** Judges one execution's opens and clicks again, when a later one shed new light on them. */
export function reclassifyExecution(workspaceId: string, key: ExecutionKey): Promise<number> {
  return withHotTransaction(workspaceId, async (sql) => {
    await lockTracking(sql, key.runNumber, true);
    return reclassifyEvents(sql, key, [key.seq]);
  });
}
