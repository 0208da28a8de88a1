import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, systemContext } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { seedSegments } from "./seed-workspace";

/**
 * The id of a segment that every workspace begins with; one that an earlier release did not make yet is made.
 * @throws AppError CONFLICT when people took it out of use
 */
export async function findSeededSegment(ctx: Context, seedKey: string): Promise<string> {
  return withTransaction(ctx, async (tx) => {
    await seedSegments(tx, systemContext(ctx.workspaceId));
    const [row] = await tx.execute<{ id: string }>(sql`
      select id from segments where workspace_id = ${ctx.workspaceId} and seed_key = ${seedKey}
        and archived_at is null and deleted_at is null`);
    if (row) return row.id;
    throw new AppError(
      "CONFLICT",
      "The segment of this name is out of use here. Take it into use again, or choose segments by their ids.",
      { code: "segment_out_of_use", segment: seedKey },
    );
  });
}
