import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { audienceOf } from "@/server/campaigns/audience";
import type { RunContent } from "@/server/campaigns/content";
import type { Audience } from "@/server/campaigns/schemas";
import type { Context } from "@/server/platform/context";
import { channelChoice } from "./choose-channel";
import { hundredthOf, ordersOf, type Tested } from "./choose-variant";

type Chosen = Pick<RunContent, "purpose"> & Tested;

/** Whether nobody has a choice of channel and nobody shares a message: then the audience is read in the order of its index. */
export const isSimple = ({ channels, purpose, abTest }: Chosen): boolean =>
  channels.length === 1 && purpose === "service" && abTest?.varies !== "channel";

type Of = { campaignId: string; audience: Audience; content: Chosen };

/**
 * Whom a run is for, as rows of (id, channel): one for each customer; for promotion one for each address, the member of a
 * family who may be sent it first. What is frozen and what the pre-flight asks about are the same.
 */
export async function chosenAudience(
  tx: Transaction,
  ctx: Context,
  { campaignId, audience, content }: Of,
): Promise<SQL> {
  const { purpose, channels } = content;
  const within = await audienceOf(tx, ctx, audience);
  if (isSimple(content))
    return sql`select customers.id, ${channels[0]}::text as channel from customers where ${within}`;
  const choice = await channelsChosen(tx, ctx, { campaignId, content, within });
  return purpose === "service" ? choice : onceEach(choice);
}

/** The channel of each customer within, by the order of the own variant; rows as those of `channelChoice`. */
export async function channelsChosen(
  tx: Transaction,
  ctx: Context,
  { campaignId, content, within }: { campaignId: string; content: Chosen; within: SQL },
): Promise<SQL> {
  const choices: SQL[] = [];
  for (const { channels, only } of ordersOf(campaignId, content))
    choices.push(
      await channelChoice(tx, ctx, {
        channels,
        purpose: content.purpose,
        within: only ? sql`${within} and ${only}` : within,
      }),
    );
  return sql.join(choices, sql` union all `);
}

/** Of those who share an address, the one who may be sent promotion first. WhatsApp and SMS go to the same phone. */
export const onceEach = (choice: SQL): SQL => sql`
  select distinct on (channel = 'email', coalesce(nullif(address, ''), id::text)) id, channel, address from (${choice}) a
  order by channel = 'email', coalesce(nullif(address, ''), id::text), stopped, granted is not true, id`;

/**
 * Whether customer `a.id` is held out, by a hash of campaign and customer: the same ones in every run, whatever the order in
 * which they are read.
 */
export const heldOut = ({ campaignId, holdOut }: { campaignId: string; holdOut: number }): SQL => sql`
  (${hundredthOf(campaignId, sql`a.id`, 1)} < ${holdOut})`;
