import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";

/** The membership of somebody in the asker's workspace, by its own id or the person's. @throws AppError NOT_FOUND */
export async function findMembership(ctx: Context, id: string): Promise<string> {
  const asked = parseId(id);
  const [row] = await withTransaction(ctx, (tx) =>
    tx.execute<{ id: string }>(sql`
      select id from memberships where workspace_id = ${ctx.workspaceId} and status = 'active'
        and (id = ${asked} or user_id = ${asked})`),
  );
  if (row) return row.id;
  throw new AppError("NOT_FOUND", "This person is not in the workspace. Choose somebody else.", {
    field: "agent_id",
  });
}
