import { eq } from "drizzle-orm";
import { users } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";

/** Changes the own name, in every workspace: a person is one user. */
export async function changeName(ctx: Context, input: { name: string }): Promise<void> {
  const userId = required(ctx.userId, "user");
  await withTransaction(ctx, async (tx) => {
    await tx.update(users).set({ name: input.name }).where(eq(users.id, userId));
    await recordAudit(tx, ctx, {
      action: "user.renamed",
      subjectType: "user",
      subjectId: userId,
      after: { changed: ["name"] },
    });
  });
}
