import { and, eq, gt, sql } from "drizzle-orm";
import { channelPrices } from "@/db/schema/channels";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId, parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import type { SetPriceInput } from "../schemas";

/** `0.8631` → 863,100 micro-units; exact. */
export function toMicros(amount: string): bigint {
  const [whole = "0", part = ""] = amount.split(".");
  return BigInt(whole) * 1_000_000n + BigInt(part.padEnd(6, "0"));
}

/** Sets what a kind of message costs from a day on. Earlier prices stay; the same day's is corrected, and audited. */
export async function setPrice(ctx: Context, input: SetPriceInput): Promise<void> {
  const { price, tax, ...kind } = input;
  const value = { price: toMicros(price), taxRate: Number(tax) / 100, currency: input.currency };
  await withTransaction(ctx, async (tx) => {
    const same = and(
      eq(channelPrices.workspaceId, ctx.workspaceId),
      eq(channelPrices.channel, kind.channel),
      eq(channelPrices.provider, kind.provider),
      eq(channelPrices.category, kind.category),
      eq(channelPrices.country, kind.country),
      eq(channelPrices.validFrom, kind.validFrom),
    );
    const [before] = await tx.select().from(channelPrices).where(same).for("update");
    const id = before?.id ?? newId();
    if (before) await tx.update(channelPrices).set(value).where(eq(channelPrices.id, id));
    else await tx.insert(channelPrices).values({ id, workspaceId: ctx.workspaceId, ...kind, ...value });
    await recordAudit(tx, ctx, {
      action: before ? "channel_price.corrected" : "channel_price.set",
      subjectType: "channel_price",
      subjectId: id,
      before: before ? { price: Number(before.price) / 1e6, tax: before.taxRate } : null,
      after: { ...kind, price: Number(price), tax: value.taxRate },
    });
    await bumpTopics(tx, ctx, "channels");
  });
}

/**
 * Takes back a price whose day has not come. What was valid once stays: costs were counted with it.
 * @throws AppError NOT_FOUND; CONFLICT for one that is valid
 */
export async function removePrice(ctx: Context, priceId: string): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const one = and(eq(channelPrices.id, parseId(priceId)), eq(channelPrices.workspaceId, ctx.workspaceId));
    const [known] = await tx.select({ id: channelPrices.id }).from(channelPrices).where(one).for("update");
    required(known, "price");
    const [gone] = await tx
      .delete(channelPrices)
      .where(
        and(
          one,
          gt(
            channelPrices.validFrom,
            sql`(select ((select clock_now()) at time zone time_zone)::date from workspaces where id = ${ctx.workspaceId})`,
          ),
        ),
      )
      .returning({ id: channelPrices.id });
    if (!gone)
      throw new AppError("CONFLICT", "This price is valid already. Set a new one from a day on instead.");
    await recordAudit(tx, ctx, {
      action: "channel_price.removed",
      subjectType: "channel_price",
      subjectId: gone.id,
    });
    await bumpTopics(tx, ctx, "channels");
  });
}
