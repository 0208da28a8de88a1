import { eq } from "drizzle-orm";
import { channelAccounts } from "@/db/schema/channels";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { type Channel, channelLabels } from "../status";
import { clearDefault } from "./add-account";
import { type CampaignUse, campaignsUsing } from "./campaigns-using";
import { isBuiltIn, lockAccount } from "./find-account";

type Row = Awaited<ReturnType<typeof lockAccount>>;

/** One account changes its state, with its audit entry. */
function move(
  ctx: Context,
  accountId: string,
  action: string,
  change: (tx: Transaction, now: Row) => Promise<Partial<typeof channelAccounts.$inferInsert> | null>,
): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    const now = await lockAccount(tx, ctx, accountId);
    const values = await change(tx, now);
    if (values === null) return;
    await tx
      .update(channelAccounts)
      .set({ ...values, updatedAt: clockNow as unknown as Date })
      .where(eq(channelAccounts.id, now.id));
    await recordAudit(tx, ctx, { action, subjectType: "channel_account", subjectId: now.id });
    await bumpTopics(tx, ctx, "channels", "campaigns");
  });
}

/** Hands nothing to the account until it is resumed; what waits for it waits. */
export const pauseAccount = (ctx: Context, accountId: string): Promise<void> =>
  move(ctx, accountId, "channel_account.paused", async (_tx, now) =>
    now.status === "active" ? { status: "paused", trouble: null, troubleAt: null } : null,
  );

/** Goes on with the next message, and forgets what was wrong. */
export const resumeAccount = (ctx: Context, accountId: string): Promise<void> =>
  move(ctx, accountId, "channel_account.resumed", async (_tx, now) => {
    if (now.status === "archived")
      throw new AppError("CONFLICT", "This account is archived. Add it again to use it.");
    return now.status === "paused" ? { status: "active", trouble: null, troubleAt: null } : null;
  });

/** Carries its channel from now on, instead of whichever account did. */
export const makeDefault = (ctx: Context, accountId: string): Promise<void> =>
  move(ctx, accountId, "channel_account.made_default", async (tx, now) => {
    if (now.status === "archived")
      throw new AppError("CONFLICT", "This account is archived. Add it again to use it.");
    if (now.isDefault) return null;
    await clearDefault(tx, ctx, now.channel);
    return { isDefault: true };
  });

/** Puts an account away. What its provider still tells of its messages is taken. */
export const archiveAccount = (ctx: Context, accountId: string): Promise<void> =>
  move(ctx, accountId, "channel_account.archived", async (tx, now) => {
    if (isBuiltIn(now))
      throw new AppError(
        "CONFLICT",
        "This account belongs to the installation and stays. Pause it if nothing is to go out by it.",
      );
    refuseWhileUsed(await campaignsUsing(tx, ctx, now), now);
    if (now.isDefault)
      throw new AppError(
        "CONFLICT",
        `This account carries ${channelLabels[now.channel]}: what is sent would go elsewhere without anybody choosing it. Make another account the default first.`,
      );
    return now.status === "archived" ? null : { status: "archived", trouble: null, troubleAt: null };
  });

const NAMED = 3;

/** @throws AppError CONFLICT that names the campaigns */
function refuseWhileUsed(campaigns: CampaignUse[], { channel }: { channel: Channel }): void {
  if (campaigns.length === 0) return;
  const names = campaigns.slice(0, NAMED).map(({ name }) => `“${name}”`);
  const more = campaigns.length - names.length;
  const words = new Intl.ListFormat("en-IN").format([...names, ...(more > 0 ? [`${more} more`] : [])]);
  throw new AppError(
    "CONFLICT",
    `${campaigns.length === 1 ? "A campaign uses" : "Campaigns use"} this account: ${words}. Make another ${channelLabels[channel]} account the default, or wait until they have ended.`,
    { campaigns: campaigns.length },
  );
}

/**
 * Makes a new verify token (Meta, which asks for it when the webhook is set up) or a new key in the address (MSG91, whose
 * calls with the old one are refused from now on). The new one has to be pasted at the provider.
 */
export const rotateWebhook = (ctx: Context, accountId: string): Promise<void> =>
  move(ctx, accountId, "channel_account.webhook_rotated", async (_tx, now) => {
    if (now.provider !== "meta" && now.provider !== "msg91")
      throw new AppError("UNSUPPORTED", "This provider's webhook has no token of its own to replace.");
    return { webhookGeneration: now.webhookGeneration + 1 };
  });
