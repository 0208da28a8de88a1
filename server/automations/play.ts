import { sql } from "drizzle-orm";
import type { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import { followedBy, ownWorkspace, requireReader, snapshotOf, withinBook } from "@/server/campaigns";
import { audienceOf } from "@/server/campaigns/audience";
import { contentAt, type RunContent, stepOfFollowUp } from "@/server/campaigns/content";
import type { Channel } from "@/server/channels/status";
import { channelChoice, heldOut, imagineMessage, requireCampaignReader } from "@/server/deliveries";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { isInSegment } from "./happened";
import { localInstant } from "./local-instant";
import { findOccasions, type Occasion } from "./occasion";
import { playInput } from "./play-input";
import { type Moment, playSteps } from "./play-steps";
import { isDateTrigger } from "./schemas";

export type Played = {
  customer: { id: string; name: string };
  /** False: not in the audience, so they would not enter. */
  inAudience: boolean;
  /** True: kept apart to compare with, so they would get nothing. */
  heldOut: boolean;
  /** What the trigger lets them in for; null: nothing on record would, and it is played as about nothing in particular. */
  occasion: Occasion | null;
  /** All that the trigger would let them in for, the played one among them; at most 20. */
  occasions: Occasion[];
  /** What happens, in its order; empty for whoever is kept apart. */
  moments: Moment[];
};

type Playing = z.output<typeof playInput>;

/**
 * Plays one customer through an automation, saved or not, from a chosen moment on, by the code that decides in the real run:
 * each wait with its end, each decision, each message as it would read, with the hours, caps and consent of that moment.
 * Addresses, consent, policies and segments count as they stand now; nothing happens but what is assumed; messages are taken
 * as received. What the messages are about is what the trigger would choose. Nothing is sent or written. @throws AppError
 * FORBIDDEN; NOT_FOUND for a foreign customer or campaign
 */
export async function playThrough(ctx: Context, input: z.input<typeof playInput>): Promise<Played> {
  requireReader(ctx);
  const asked = playInput.parse(input);
  const { campaignId, assumed } = asked;
  const customerId = parseId(asked.customerId);
  const { content, channel, start, ...about } = await withTransaction(ctx, (tx) =>
    arrange(tx, ctx, { ...asked, customerId }),
  );
  if (about.heldOut) return { ...about, moments: [] };
  const moments = await playSteps(
    {
      ...{ content, start, channel },
      assumed: assumed.map(({ what, name, afterMinutes }) => ({
        what,
        name: what === "event" ? (name ?? null) : null,
        at: new Date(start.getTime() + afterMinutes * 60_000),
      })),
    },
    {
      judge: ({ nth, channel: on }, imagined) =>
        imagineMessage(ctx, {
          ...imagined,
          ...{ campaignId: parseId(campaignId), customerId, channel: on },
          occurrence: about.occasion?.occurrence ?? "",
          content: nth < 0 ? content : contentAt(content, stepOfFollowUp(nth)),
        }),
      inSegment: (segment) => withTransaction(ctx, (tx) => isInSegment(tx, ctx, { segment, customerId })),
      instantOf: (day, time) => withTransaction(ctx, (tx) => localInstant(tx, ctx, { day, time })),
    },
  );
  return { ...about, moments };
}

type Arranged = Omit<Played, "moments"> & { content: RunContent; channel: Channel; start: Date };

async function arrange(
  tx: Transaction,
  ctx: Context,
  asked: Playing & { customerId: string },
): Promise<Arranged> {
  const { customerId, schedule, holdOut, start } = asked;
  const campaignId = parseId(asked.campaignId);
  await requireCampaignReader(tx, ctx, campaignId);
  const [customer] = await tx.execute<{ id: string; name: string; held: boolean }>(sql`
    select a.id, a.name, ${holdOut > 0 ? heldOut({ campaignId, holdOut }) : sql`false`} as held
    from customers a where a.id = ${customerId} and a.workspace_id = ${ctx.workspaceId} and a.erased_at is null
      ${ctx.role === "advisor" ? sql`and a.advisor_id = ${ctx.membershipId}::uuid` : sql``}`);
  const { id, name, held } = required(customer, "customer");
  const snapshot = await snapshotOf(tx, ctx, { attachments: [], ...asked }, await ownWorkspace(tx, ctx));
  const content = { ...snapshot, ...followedBy({ schedule }, snapshot) };
  const within = await audienceOf(tx, ctx, withinBook(ctx, asked.audience), [id]);
  const inside = await tx.execute(sql`select from customers where ${within}`);
  const choice = await channelChoice(tx, ctx, { ...content, within: sql`customers.id = ${id}` });
  const [chosen] = await tx.execute<{ channel: Channel }>(sql`select a.channel from (${choice}) a`);
  const now = await readClock(tx);
  const place = asked.trigger;
  const { occurrence } = asked;
  const { chosen: occasion, all: occasions } = await findOccasions(tx, ctx, {
    ...{ campaignId, customerId, schedule, place, start, now, occurrence },
  });
  return {
    customer: { id, name },
    inAudience: inside.length > 0,
    heldOut: held,
    occasion,
    occasions,
    content,
    channel: chosen?.channel ?? "email",
    start: await startOf(tx, ctx, { start, occasion, schedule, now }),
  };
}

type Start = Pick<Playing, "start" | "schedule"> & { occasion: Occasion | null; now: Date };

async function startOf(
  tx: Transaction,
  ctx: Context,
  { start, occasion, schedule, now }: Start,
): Promise<Date> {
  const [day, time] = start?.split("T") ?? [];
  if (day && time) return localInstant(tx, ctx, { day, time });
  const trigger = occasion && schedule.triggers[occasion.place];
  // A day comes at its hour; an event is played as though it came now.
  return trigger && isDateTrigger(trigger) ? new Date(occasion.at) : now;
}
