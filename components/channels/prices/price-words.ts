import { groupBy } from "@/components/ui/group-by";
import type { PriceLine } from "@/server/channels/prices/list-prices";
import { type Channel, channels } from "@/server/channels/status";

/** What a price is for, as people call it. */
const categories: Record<string, string> = {
  marketing: "Marketing template",
  utility: "Utility template",
  authentication: "Authentication template",
  service: "Free text in the 24 h window",
  part: "SMS part",
  message: "E-mail",
};

export const categoryLabel = (category: string): string => categories[category] ?? category;

/** The kinds of message that a channel charges for. */
export const priceCategories: Record<Channel, readonly string[]> = {
  whatsapp: ["marketing", "utility", "authentication", "service"],
  sms: ["part"],
  email: ["message"],
};

const names = new Intl.DisplayNames("en-IN", { type: "region" });

/** `IN` → India; `*` is every country without a price of its own. */
export function countryLabel(country: string): string {
  if (country === "*") return "Everywhere";
  try {
    return names.of(country) ?? country;
  } catch {
    return country;
  }
}

/** All prices of one kind of message: what it costs now, what it will, and what it cost. */
export type PriceKind = Pick<PriceLine, "channel" | "provider" | "category" | "country"> & {
  key: string;
  now: PriceLine | null;
  /** The next one that is planned. */
  next: PriceLine | null;
  /** Every row, the latest first. */
  rows: readonly PriceLine[];
};

const kindKey = ({
  channel,
  provider,
  category,
  country,
}: Omit<PriceKind, "key" | "now" | "next" | "rows">) => `${channel}.${provider}.${category}.${country}`;

/** Channels in their usual order, and what costs real money before the sandbox. */
const placeOf = ({ channel, provider }: PriceKind): number =>
  channels.indexOf(channel) * 2 + (provider === "sandbox" ? 1 : 0);

export function kindsOf(lines: readonly PriceLine[]): PriceKind[] {
  const kinds = groupBy(lines, kindKey);
  return kinds
    .flatMap(([key, rows]) => {
      const [first] = rows;
      if (!first) return [];
      const { channel, provider, category, country } = first;
      return [
        {
          ...{ key, channel, provider, category, country, rows },
          now: rows.find(({ when }) => when === "now") ?? null,
          next: rows.findLast(({ when }) => when === "future") ?? null,
        },
      ];
    })
    .toSorted((one, other) => placeOf(one) - placeOf(other));
}
