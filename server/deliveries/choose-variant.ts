import { type SQL, sql } from "drizzle-orm";
import type { RunContent } from "@/server/campaigns/content";
import type { Channel } from "@/server/channels/status";

/** What of a run's content says who gets which variant. */
export type Tested = Pick<RunContent, "channels" | "variants" | "abTest">;

/**
 * A hundredth from a hash of campaign and customer (`metrics.md`, A/B/n): the same whenever, in whatever order and however
 * often it is asked. `from`: the digit that it begins at, so that the hold-out, the share of the test and the variant do not
 * depend on each other.
 */
export const hundredthOf = (campaignId: string, customerId: SQL, from: number): SQL => sql`
  (('x' || substr(md5(${campaignId}::text || ${customerId}::text), ${from}, 7))::bit(28)::int % 100)`;

/** The number of a customer's variant, as it is for those in the test. */
function armOf(campaignId: string, customerId: SQL, { variants }: Tested): SQL {
  let upTo = 0;
  const cases = variants.map(({ share }, nth) => {
    upTo += share;
    return sql`when ${hundredthOf(campaignId, customerId, 9)} < ${upTo} then ${nth}::int`;
  });
  return sql`case ${sql.join(cases, sql` `)} else 0 end`;
}

/** The customer's variant; null for the rest, which waits for the winner; 0 without a test. */
export function variantOf(campaignId: string, customerId: SQL, tested: Tested): SQL {
  if (!tested.abTest) return sql`0`;
  const arm = armOf(campaignId, customerId, tested);
  const { testShare } = tested.abTest;
  if (testShare === 100) return arm;
  return sql`case when ${hundredthOf(campaignId, customerId, 17)} < ${testShare} then ${arm} end`;
}

/**
 * The orders of channels that customers may get, each with whom it is for (over `customers`): one for each variant that has
 * its own, the first for the rest. Null: for everybody.
 */
export function ordersOf(
  campaignId: string,
  tested: Tested,
): { channels: readonly Channel[]; only: SQL | null }[] {
  const { variants, channels, abTest } = tested;
  if (abTest?.varies !== "channel") return [{ channels, only: null }];
  const variant = sql`coalesce(${variantOf(campaignId, sql`customers.id`, tested)}, 0)`;
  return variants.map((each, nth) => ({
    channels: each.channels?.length ? each.channels : channels,
    only: sql`${variant} = ${nth}`,
  }));
}

/** Every channel that some variant may go by, each once. */
export const channelsOf = ({ channels, variants }: Pick<Tested, "channels" | "variants">): Channel[] => [
  ...new Set([...channels, ...variants.flatMap((variant) => variant.channels ?? [])]),
];
