import type { Sql } from "postgres";
import type { Channel, Provider } from "../status";

/** What one message (SMS: one part) costs. */
export type Price = {
  /** Before tax, micro-units. */
  netMicros: bigint;
  /** With tax, micro-units, rounded half up. */
  grossMicros: bigint;
  taxRate: number;
  currency: string;
};

export type PriceQuestion = {
  workspaceId: string;
  channel: Channel;
  provider: Provider;
  /** WhatsApp: marketing, utility, authentication, service. SMS: `part`. E-mail: `message`. */
  category: string;
  /** ISO 3166 country of the recipient; `*` where it is not known. */
  country: string;
  /** `YYYY-MM-DD` in the workspace's zone. */
  on: string;
};

/** The price of a day: the country's own row before the one for all countries, the latest that is valid. Null: none is known. */
export async function priceFor(sql: Sql, question: PriceQuestion): Promise<Price | null> {
  const { category, country, ...rest } = question;
  return (await priceTable(sql, rest))(category, country);
}

/** All prices of an account's channel on a day, in one read; the answer is asked for each recipient. */
export async function priceTable(
  sql: Sql,
  { workspaceId, channel, provider, on }: Omit<PriceQuestion, "category" | "country">,
): Promise<(category: string, country: string) => Price | null> {
  const rows = await sql<{ category: string; country: string; net: string; tax: number; currency: string }[]>`
    select distinct on (category, country) category, country, price_micros::text as net, tax_rate as tax, currency
    from channel_prices
    where workspace_id = ${workspaceId} and channel = ${channel} and provider = ${provider} and valid_from <= ${on}::date
    order by category, country, valid_from desc`;
  const prices = new Map(
    rows.map(({ category, country, net, tax, currency }) => [
      `${category} ${country}`,
      { netMicros: BigInt(net), grossMicros: withTax(BigInt(net), tax), taxRate: tax, currency },
    ]),
  );
  return (category, country) => prices.get(`${category} ${country}`) ?? prices.get(`${category} *`) ?? null;
}

/** Tax rates have four decimals at most: integer arithmetic, rounded half up. */
export const withTax = (net: bigint, rate: number): bigint =>
  (net * (10_000n + BigInt(Math.round(rate * 10_000))) + 5_000n) / 10_000n;
