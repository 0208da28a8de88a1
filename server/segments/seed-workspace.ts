import { sql } from "drizzle-orm";
import { segments } from "@/db/schema/segments";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type Context, systemContext } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { seededSegments } from "./seeds";

/**
 * Gives a workspace the segments that every workspace begins with; one that is there already, or whose name somebody
 * uses, is left out.
 */
export async function seedSegments(tx: Transaction, ctx: Context): Promise<void> {
  // The list shows the newest first.
  const rows = [...seededSegments].reverse().map(({ key, ...segment }) => ({
    id: newId(),
    workspaceId: ctx.workspaceId,
    seedKey: key,
    ...segment,
  }));
  await tx.insert(segments).values(rows).onConflictDoNothing();
}

/** The same for workspaces that were made before there were segments. */
export async function seedWorkspacesWithoutSegments(): Promise<void> {
  const rows = await withTransaction({ workspaceId: null }, (tx) =>
    tx.execute<{ workspace_id: string }>(sql`select workspace_id from workspaces_without_segments(10000)`),
  );
  for (const { workspace_id } of rows) {
    const ctx = systemContext(workspace_id);
    await withTransaction(ctx, (tx) => seedSegments(tx, ctx));
  }
}
