import { hotSql } from "@/db/client";
import { withHotTransaction } from "@/db/transaction";
import { storageKey } from "./read";
import { storage } from "./storage";

/** Days for which a file waits to be used. */
const KEPT_DAYS = 7;
const MOST_AT_ONCE = 200;

/**
 * Removes files that nothing uses: uploaded a week ago, never sent, named by no campaign, template or branding. Returns how
 * many; asked again until it is none.
 */
export async function sweepFiles(): Promise<number> {
  const rows = await hotSql()<{ id: string; workspace_id: string }[]>`
    select * from unused_files(${KEPT_DAYS}, ${MOST_AT_ONCE})`;
  for (const { id, workspace_id: workspaceId } of rows) {
    // Bytes first: a row that stays is found again, bytes without a row never would be.
    await storage().remove(storageKey(workspaceId, id));
    await withHotTransaction(
      workspaceId,
      (sql) => sql`delete from files where id = ${id} and workspace_id = ${workspaceId}`,
    );
  }
  return rows.length;
}
