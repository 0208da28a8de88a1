import { eq, sql } from "drizzle-orm";
import { users } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import type { TestAddresses } from "./schemas";

/** Where tests of messages go for this person: what they chose, else what they sign in with. Empty where there is none. */
export async function getTestAddresses(ctx: Context): Promise<TestAddresses> {
  const userId = required(ctx.userId, "user");
  const [user] = await withTransaction(ctx, (tx) =>
    tx
      .select({ email: users.email, phone: users.phone, preferences: users.preferences })
      .from(users)
      .where(eq(users.id, userId)),
  );
  const { email, phone, preferences } = required(user, "user");
  const own = preferences.testAddresses as Partial<TestAddresses> | undefined;
  return { email: own?.email ?? email ?? "", phone: own?.phone ?? phone ?? "" };
}

/** Keeps where tests go, in every workspace. The audit says that they changed, not what they are. */
export async function changeTestAddresses(ctx: Context, input: TestAddresses): Promise<void> {
  const userId = required(ctx.userId, "user");
  await withTransaction(ctx, async (tx) => {
    await tx
      .update(users)
      .set({
        preferences: sql`${users.preferences} || jsonb_build_object('testAddresses', ${JSON.stringify(input)}::jsonb)`,
      })
      .where(eq(users.id, userId));
    await recordAudit(tx, ctx, {
      action: "user.test_addresses_changed",
      subjectType: "user",
      subjectId: userId,
      after: { changed: ["testAddresses"] },
    });
  });
}
