import { eq } from "drizzle-orm";
import { channelAccounts } from "@/db/schema/channels";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import type { OwnProvider } from "../providers";
import type { ChangeAccountInput, LimitsInput } from "../schemas";
import { isBuiltIn, lockAccount } from "./find-account";
import { keptSecrets, openSecrets, readSettings, sealSecrets } from "./settings-of";

/** Changes an account's settings; secrets that are left empty stay. The audit log names what changed, never what to. */
export async function changeAccount(ctx: Context, input: ChangeAccountInput): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const now = await lockAccount(tx, ctx, input.accountId);
    if (isBuiltIn(now)) throw new AppError("CONFLICT", "This account is set up by the installation itself.");
    const stored = openSecrets(now.encryptedSecrets);
    const { config, secrets } = readSettings(now.provider as OwnProvider, input, keptSecrets(now, input));
    const changed = [
      ...(input.name === now.name ? [] : ["name"]),
      ...Object.keys(config).filter((key) => config[key] !== now.config[key]),
      ...Object.keys(secrets).filter((key) => secrets[key] !== stored[key]),
    ];
    if (changed.length === 0) return;
    const sealed =
      JSON.stringify(secrets) === JSON.stringify(stored) ? now.encryptedSecrets : sealSecrets(secrets);
    await tx
      .update(channelAccounts)
      .set({ name: input.name, config, encryptedSecrets: sealed, updatedAt: clockNow })
      .where(eq(channelAccounts.id, now.id));
    await recordAudit(tx, ctx, {
      action: "channel_account.changed",
      subjectType: "channel_account",
      subjectId: now.id,
      after: { changed },
    });
    await bumpTopics(tx, ctx, "channels");
  });
}

/** Changes how fast and how much an account sends; the lanes see it at their next micro-batch. */
export async function setLimits(ctx: Context, { accountId, ...limits }: LimitsInput): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const now = await lockAccount(tx, ctx, accountId);
    const before = { ratePerSecond: now.ratePerSecond, dailyLimit: now.dailyLimit };
    await tx
      .update(channelAccounts)
      .set({ ...limits, updatedAt: clockNow })
      .where(eq(channelAccounts.id, now.id));
    await recordAudit(tx, ctx, {
      action: "channel_account.limits_changed",
      subjectType: "channel_account",
      subjectId: now.id,
      before,
      after: limits,
    });
    await bumpTopics(tx, ctx, "channels");
  });
}
