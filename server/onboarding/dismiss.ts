import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";

/** Puts the list of first steps away for this person in this workspace. Twice is once. */
export async function dismissChecklist(ctx: Context): Promise<void> {
  const userId = required(ctx.userId, "user");
  await withTransaction(ctx, (tx) =>
    tx.execute(sql`
      update users set preferences = jsonb_set(preferences, '{onboardingDismissed}',
        coalesce(preferences -> 'onboardingDismissed', '[]') || to_jsonb(${ctx.workspaceId}::text))
      where id = ${userId} and not coalesce(preferences -> 'onboardingDismissed' ? ${ctx.workspaceId}, false)`),
  );
}
