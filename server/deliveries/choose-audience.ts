import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { audienceOf } from "@/server/campaigns/audience";
import type { RunContent } from "@/server/campaigns/content";
import type { Audience } from "@/server/campaigns/schemas";
import type { Context } from "@/server/platform/context";
import { channelChoice } from "./choose-channel";

/** Whether nobody has a choice of channel and nobody shares a message: then the audience is read in the order of its index. */
export const isSimple = ({ channels, purpose }: Pick<RunContent, "channels" | "purpose">): boolean =>
  channels.length === 1 && purpose === "service";

/**
 * Whom a run is for, as rows of (id, channel): one for each customer; for promotion one for each address, the member of a
 * family who may be sent it first. What is frozen and what the pre-flight asks about are the same.
 */
export async function chosenAudience(
  tx: Transaction,
  ctx: Context,
  of: { audience: Audience; content: Pick<RunContent, "channels" | "purpose"> },
): Promise<SQL> {
  const { channels, purpose } = of.content;
  const within = await audienceOf(tx, ctx, of.audience);
  if (isSimple(of.content))
    return sql`select customers.id, ${channels[0]}::text as channel from customers where ${within}`;
  const choice = await channelChoice(tx, ctx, { channels, purpose, within });
  if (purpose === "service") return choice;
  return sql`select distinct on (channel, coalesce(nullif(address, ''), id::text)) id, channel from (${choice}) a
    order by channel, coalesce(nullif(address, ''), id::text), stopped, granted is not true, id`;
}

/**
 * Whether customer `a.id` is held out, by a hash of campaign and customer: the same ones in every run, whatever the order in
 * which they are read.
 */
export const heldOut = ({ campaignId, holdOut }: { campaignId: string; holdOut: number }): SQL => sql`
  (('x' || substr(md5(${campaignId}::text || a.id::text), 1, 7))::bit(28)::int % 100 < ${holdOut})`;
