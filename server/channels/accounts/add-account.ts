import { and, eq } from "drizzle-orm";
import { channelAccounts } from "@/db/schema/channels";
import { workspaces } from "@/db/schema/workspaces";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import type { AddAccountInput } from "../schemas";
import { type Channel, providers } from "../status";
import { readSettings, sealSecrets } from "./settings-of";

/** Connects a provider's account. Its secrets are encrypted before they are stored, and never leave the server again. */
export async function addAccount(ctx: Context, input: AddAccountInput): Promise<{ accountId: string }> {
  const { channel, provider, name, makeDefault } = input;
  if (!(providers[provider].channels as readonly Channel[]).includes(channel))
    throw new AppError("BAD_INPUT", `${providers[provider].label} does not carry this channel.`);
  const { config, secrets } = readSettings(provider, input);
  const accountId = newId();
  await withTransaction(ctx, async (tx) => {
    await refuseDemo(tx, ctx);
    if (makeDefault) await clearDefault(tx, ctx, channel);
    await tx.insert(channelAccounts).values({
      id: accountId,
      workspaceId: ctx.workspaceId,
      channel,
      provider,
      name,
      config,
      encryptedSecrets: sealSecrets(secrets),
      isDefault: makeDefault,
    });
    await recordAudit(tx, ctx, {
      action: "channel_account.added",
      subjectType: "channel_account",
      subjectId: accountId,
      after: { channel, provider, name, default: makeDefault },
    });
    await bumpTopics(tx, ctx, "channels");
  });
  return { accountId };
}

/** The demo's people are made up: whoever has their addresses must never be written to. */
async function refuseDemo(tx: Transaction, ctx: Context): Promise<void> {
  const [row] = await tx
    .select({ isDemo: workspaces.isDemo })
    .from(workspaces)
    .where(eq(workspaces.id, ctx.workspaceId));
  if (row?.isDemo)
    throw new AppError(
      "CONFLICT",
      "The demo workspace only ever delivers to the sandbox inbox: its people are made up. Create a workspace of your own to connect a provider.",
    );
}

/** Takes the default away from whichever account has it. */
export async function clearDefault(tx: Transaction, ctx: Context, channel: Channel): Promise<void> {
  await tx
    .update(channelAccounts)
    .set({ isDefault: false })
    .where(
      and(
        eq(channelAccounts.workspaceId, ctx.workspaceId),
        eq(channelAccounts.channel, channel),
        eq(channelAccounts.isDefault, true),
      ),
    );
}
