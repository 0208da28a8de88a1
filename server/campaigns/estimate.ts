import { type Transaction, withHotTransaction } from "@/db/transaction";
import { accountFor, priceTable } from "@/server/channels";
import { type Channel, channels } from "@/server/channels/status";
import { pricingOf } from "@/server/deliveries";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { countryOfLocale } from "@/server/platform/country";
import { dayIn } from "@/server/platform/days";
import { renderSample } from "./render-sample";
import { ownWorkspace } from "./snapshot";
import type { CampaignRow } from "./transition";

/** What it would take to send a campaign to those whom it reaches now. */
export type Estimate = {
  /** Micro-units, tax included: as one customer's message costs, times those on its channel; null when nobody is reached. */
  cost: string | null;
  /** Seconds from the launch to the last message by the pace that is set; null where none is: then it takes moments. */
  seconds: number | null;
};

/** Reckons cost and duration from one real message a channel, the price table, and the pace of account and campaign. */
export async function estimateSending(
  tx: Transaction,
  ctx: Context,
  { campaign, byChannel }: { campaign: CampaignRow; byChannel: Record<Channel, number> },
): Promise<Estimate> {
  const { timeZone, locale, currency } = await ownWorkspace(tx, ctx);
  const on = dayIn(timeZone, await readClock(tx));
  let cost: bigint | null = null;
  let seconds: number | null = null;
  for (const channel of channels) {
    const messages = BigInt(Math.round((byChannel[channel] * (100 - campaign.holdOut)) / 100));
    if (messages === 0n) continue;
    const { account, prices } = await withHotTransaction(ctx.workspaceId, async (hot) => {
      const account = await accountFor(hot, ctx.workspaceId, channel);
      const { provider } = account;
      return {
        account,
        prices: await priceTable(hot, { workspaceId: ctx.workspaceId, channel, provider, on }),
      };
    });
    const { rendered } = await renderSample(tx, ctx, {
      ...{ content: campaign, audience: campaign.audience, channel, turn: 0 },
    });
    if (rendered?.ok) {
      const { category, units } = pricingOf(rendered.content);
      const price = prices(category, countryOfLocale(locale));
      cost =
        (cost ?? 0n) + (price?.currency === currency ? price.grossMicros : 0n) * BigInt(units) * messages;
    }
    const rates = [account.ratePerSecond, campaign.ratePerSecond].filter((rate) => rate !== null);
    if (rates.length > 0) seconds = Math.max(seconds ?? 0, Number(messages) / Math.min(...rates));
  }
  return { cost: cost?.toString() ?? null, seconds };
}
