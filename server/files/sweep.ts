import { hotSql } from "@/db/client";
import { withHotTransaction } from "@/db/transaction";
import { eachWorkspace } from "@/server/platform/each-workspace";
import { storageKey } from "./read";
import { storage } from "./storage";

/** Days for which a file waits to be used. */
const KEPT_DAYS = 7;
const MOST_AT_ONCE = 200;

/**
 * Removes files that nothing uses: uploaded a week ago, never sent, named by no campaign, template or branding. One that cannot
 * be removed holds up no other. Returns how many went; asked again until it is none.
 * @throws Error when some were left and none went, as while the bucket is away
 */
export async function sweepFiles(): Promise<number> {
  const unused = await hotSql()<{ id: string; workspaceId: string }[]>`
    select id, workspace_id as "workspaceId" from unused_files(${KEPT_DAYS}, ${MOST_AT_ONCE})`;
  const { done, broken } = await eachWorkspace("files", unused, async (_, { id, workspaceId }) => {
    // Bytes first: a row that stays is found again, bytes without a row never would be.
    await storage().remove(storageKey(workspaceId, id));
    await withHotTransaction(
      workspaceId,
      (sql) => sql`delete from files where id = ${id} and workspace_id = ${workspaceId}`,
    );
    return 1;
  });
  if (done === 0 && broken > 0) throw new Error(`${broken} unused files could not be removed.`);
  return done;
}
