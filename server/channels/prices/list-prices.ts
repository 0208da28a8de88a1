import { asc, desc, eq } from "drizzle-orm";
import { channelPrices } from "@/db/schema/channels";
import { withTransaction } from "@/db/transaction";
import { readToday } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import type { Channel, Provider } from "../status";
import { withTax } from "./price-for";

export type PriceLine = {
  id: string;
  channel: Channel;
  provider: Provider;
  category: string;
  country: string;
  /** Micro-units, as text: bigint does not cross. */
  netMicros: string;
  grossMicros: string;
  currency: string;
  taxRate: number;
  validFrom: string;
  /** `now` is what a message costs today; `past` and `future` are the history and what is planned. */
  when: "past" | "now" | "future";
};

export type Prices = {
  prices: PriceLine[];
  /** `YYYY-MM-DD` in the workspace's zone. */
  today: string;
};

/** Every price with its history, the latest first within each kind of message. */
export function listPrices(ctx: Context): Promise<Prices> {
  return withTransaction(ctx, async (tx) => {
    const today = await readToday(tx, ctx);
    const rows = await tx
      .select()
      .from(channelPrices)
      .where(eq(channelPrices.workspaceId, ctx.workspaceId))
      .orderBy(
        asc(channelPrices.channel),
        asc(channelPrices.provider),
        asc(channelPrices.country),
        asc(channelPrices.category),
        desc(channelPrices.validFrom),
      );
    const current = new Set<string>();
    const prices = rows.map(({ workspaceId: _, price, ...row }): PriceLine => {
      const kind = `${row.channel} ${row.provider} ${row.category} ${row.country}`;
      const when = row.validFrom > today ? "future" : current.has(kind) ? "past" : "now";
      if (when === "now") current.add(kind);
      return {
        ...row,
        when,
        netMicros: price.toString(),
        grossMicros: withTax(price, row.taxRate).toString(),
      };
    });
    return { prices, today };
  });
}
