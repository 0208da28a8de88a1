import { withHotTransaction } from "@/db/transaction";
import type { RunContent } from "@/server/campaigns/content";
import type { MessageContent } from "@/server/channels/adapter";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { dayIn } from "@/server/platform/days";
import { required } from "@/server/platform/errors";
import { compileBodies } from "@/server/templates";
import { loadCircumstances } from "./circumstances";
import { countedBefore } from "./counted-before";
import { decide } from "./decide";
import { REPLY_WINDOW_HOURS } from "./decide-content";
import { factsOf } from "./facts-of";
import { loadAsMember, type Reading } from "./load-members";
import type { Member } from "./member";
import { copier } from "./render-message";
import type { Reason } from "./status";

const HOUR_MS = 3_600_000;

/** One message to one customer at some moment, and what is assumed to have happened before. */
export type Imagined = {
  campaignId: string;
  content: RunContent;
  channel: Channel;
  customerId: string;
  /** What it is about, as an execution says it; empty: about nothing. */
  occurrence: string;
  at: Date;
  /** Messages of the same play that went before. */
  sent: readonly { channel: Channel; at: Date }[];
  /** The customer withdrew promotion on this channel. */
  optedOut: boolean;
  /** When the customer last wrote on WhatsApp. */
  repliedAt: Date | null;
  /** Why they leave the automation, or null. */
  left: string | null;
};

export type ImaginedMessage = {
  verdict: "goes" | "held" | "skipped" | "waits";
  reason: Reason | null;
  /** What the deciding rule saw. */
  saw: string | null;
  until: Date | null;
  /** As the customer would read it; null where a tag has no value. */
  content: MessageContent | null;
};

/**
 * What the sender's own rules would say about a message at some moment, and how it would read. Addresses, consent, policies,
 * prices and hours count as they stand now, earlier messages as they are on record. Nothing is sent, reserved or counted.
 * @throws AppError NOT_FOUND for a foreign customer
 */
export function imagineMessage(ctx: Context, imagined: Imagined): Promise<ImaginedMessage> {
  const { campaignId, channel, customerId, occurrence } = imagined;
  // Nobody is counted: links lead straight to their targets.
  const content = { ...imagined.content, tracking: { opens: false, clicks: false } };
  return withHotTransaction(ctx.workspaceId, async (hot) => {
    const { workspaceId } = ctx;
    const circumstances = await loadCircumstances(hot, { workspaceId, campaignId, channel });
    const reading: Reading & { campaignId: string } = {
      ...{ part: 0, runNumber: 0, kind: "pending" as const },
      ...{ campaignId, channel, content, circumstances },
    };
    const member = required(await loadAsMember(hot, reading, { customerId, occurrence }), "customer");
    if (!compileBodies(content).body(channel, member.language)) return unwritten;
    const days = content.purpose === "promotional" ? circumstances.rules.caps[channel]?.days : undefined;
    const before = days ? await countedBefore(hot, { ctx, customerId, channel, days, at: imagined.at }) : 0;
    const then = memberThen(reading, { member, imagined, days, before });
    const copy = (await copier(reading))(then);
    const verdict = decide(factsOf(reading, then, copy))?.verdict ?? null;
    return {
      verdict:
        verdict === null
          ? "goes"
          : verdict.answer === "no"
            ? "skipped"
            : verdict.until === null
              ? "waits"
              : "held",
      reason: verdict?.reason ?? null,
      saw: verdict?.saw ?? null,
      until: verdict?.answer === "hold" ? verdict.until : null,
      content: copy.ok ? copy.message.content : null,
    };
  });
}

const unwritten: ImaginedMessage = {
  ...{ verdict: "waits", reason: null, saw: "nothing is written for this channel", until: null },
  content: null,
};

type Now = { member: Member; imagined: Imagined; days: number | undefined; before: number };

/** The customer as the rules would read them at that moment. */
function memberThen(reading: Reading, { member, imagined, days = 0, before }: Now): Member {
  const { at, sent, channel, optedOut, repliedAt, left } = imagined;
  const { timeZone } = reading.circumstances.workspace;
  const ofDay = (moment: Date) => dayIn(timeZone, moment) === dayIn(timeZone, at);
  const within = sent.filter(
    (each) => each.channel === channel && each.at.getTime() > at.getTime() - days * 24 * HOUR_MS,
  );
  const hoursSince =
    repliedAt !== null
      ? (at.getTime() - repliedAt.getTime()) / HOUR_MS
      : member.lastReplyHours === null
        ? null
        : member.lastReplyHours + (at.getTime() - member.now.getTime()) / HOUR_MS;
  return {
    ...member,
    now: at,
    left,
    consent: optedOut && reading.content.purpose === "promotional" ? false : member.consent,
    recently: before + within.length,
    today: (ofDay(member.now) ? member.today : 0) + sent.filter((each) => ofDay(each.at)).length,
    lastReplyHours: hoursSince !== null && hoursSince <= REPLY_WINDOW_HOURS ? hoursSince : null,
  };
}
