import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import type { Assignment } from "./schemas";

/** How waiting requests find an agent in this workspace. */
export const readAssignment = (ctx: Context): Promise<Assignment> =>
  withTransaction(ctx, (tx) => read(tx, ctx));

async function read(tx: Transaction, ctx: Context): Promise<Assignment> {
  const [row] = await tx.execute<Assignment>(sql`
    select assignment_policy as policy, assignment_sticky as sticky from workspaces
    where id = ${ctx.workspaceId}`);
  return required(row, "workspace");
}

/** From now on; what was given stays given. */
export function changeAssignment(ctx: Context, { policy, sticky }: Assignment): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    const before = await read(tx, ctx);
    if (before.policy === policy && before.sticky === sticky) return;
    await tx.execute(sql`
      update workspaces set assignment_policy = ${policy}, assignment_sticky = ${sticky} where id = ${ctx.workspaceId}`);
    await recordAudit(tx, ctx, {
      action: "assignment.changed",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      before,
      after: { policy, sticky },
    });
    await bumpTopics(tx, ctx, "agents");
  });
}
