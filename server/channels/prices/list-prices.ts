import { asc, desc, eq } from "drizzle-orm";
import { channelPrices } from "@/db/schema/channels";
import { withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
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

/** Every price with its history, the latest first within each kind of message. */
export function listPrices(ctx: Context): Promise<PriceLine[]> {
  return withTransaction(ctx, async (tx) => {
    const today = (await readClock(tx)).toISOString().slice(0, 10);
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
    return rows.map(({ workspaceId: _, price, ...row }) => {
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
  });
}
