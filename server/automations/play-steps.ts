import type { RunContent } from "@/server/campaigns/content";
import type { Channel } from "@/server/channels/status";
import type { Imagined, ImaginedMessage } from "@/server/deliveries";
import { type Asked, decideStep, type Leaving, type Place } from "./decide-step";
import type { Exit, Step } from "./schemas";
import type { Happening, StepOutcome } from "./status";

/** Something that is assumed to happen, at its moment. */
export type Assumed = { what: Happening; name: string | null; at: Date };

export type Said = { subject: string | null; html: string | null; text: string };

/** A line of a play-through. `step` is the step's place from 1; 0 is the first message. Instants are ISO. */
export type Moment = { at: string } & (
  | { kind: "entered" }
  | { kind: "assumed"; what: Happening; name: string | null }
  | { kind: "waits"; step: number; until: string; name: string | null }
  | { kind: "took"; step: number; outcome: StepOutcome }
  | {
      kind: "message";
      step: number;
      channel: Channel;
      verdict: ImaginedMessage["verdict"];
      reason: string | null;
      saw: string | null;
      until: string | null;
      /** As it would read; null where a tag has no value. */
      said: Said | null;
    }
  | { kind: "ended"; status: "finished" | "left" | "inside"; reason: string | null }
);

type Message = { step: number; nth: number; channel: Channel };
type Judged = Pick<Imagined, "at" | "sent" | "optedOut" | "repliedAt" | "left">;

/** What a play-through cannot know by itself. */
export type Oracle = {
  judge: (message: Message, imagined: Judged) => Promise<ImaginedMessage>;
  inSegment: (segment: string) => Promise<boolean>;
  instantOf: Asked["instantOf"];
};

type Script = {
  content: Pick<RunContent, "steps" | "exits">;
  start: Date;
  channel: Channel;
  assumed: readonly Assumed[];
};

/** More than any sequence of steps and happenings has. */
const MOST_MOMENTS = 500;

/**
 * Plays one customer through an automation from the moment of entering: at each moment at which something is due (a wait that
 * ends, something that is assumed, a message whose hours open) it decides as the real run does. Pure but for the oracle.
 */
export async function playSteps(
  { content, start, channel, assumed }: Script,
  oracle: Oracle,
): Promise<Moment[]> {
  const { steps, exits } = content;
  const story = [...assumed].sort((one, other) => one.at.getTime() - other.at.getTime());
  const moments: Moment[] = [];
  const sent: { channel: Channel; at: Date; step: number }[] = [];
  let held: { message: Message; until: Date }[] = [];
  let place: Place = { step: 1, wakesAt: null, waitsSince: null };
  let now = start;
  let inside = steps.length > 0;

  const say = (moment: Moment extends infer M ? (M extends Moment ? Omit<M, "at"> : never) : never) =>
    moments.push({ at: now.toISOString(), ...moment } as Moment);
  const told = (): Told => tellUntil(story, { exits: steps.length > 0 ? exits : [], now, sent });
  const end = (status: "finished" | "left", reason: string | null) => {
    inside = false;
    say({ kind: "ended", status, reason });
  };

  const judge = async (message: Message) => {
    const { optedOutOf, repliedOnWhatsApp, exit } = told();
    const {
      verdict,
      reason,
      saw,
      until,
      content: said,
    } = await oracle.judge(message, {
      at: now,
      sent,
      optedOut: optedOutOf.has(message.channel),
      repliedAt: repliedOnWhatsApp,
      left: exit,
    });
    if (verdict === "goes") sent.push({ channel: message.channel, at: now, step: message.step });
    if (verdict === "held" && until) held.push({ message, until });
    const { step, channel: on } = message;
    say({
      kind: "message",
      ...{ step, channel: on, verdict, reason, saw },
      until: until?.toISOString() ?? null,
      said: said && {
        subject: said.channel === "email" ? said.subject : null,
        html: said.channel === "email" ? said.html : null,
        text: said.text,
      },
    });
  };

  const asked: Asked = {
    exit: async () => told().exit,
    holds: async (check) => {
      const { opened, clicked, paid } = told();
      if (check.holds === "in_segment") return oracle.inSegment(check.segment);
      return check.holds === "unpaid" ? !paid : check.holds === "not_opened" ? !opened : !clicked;
    },
    came: async (name, since) =>
      story.some((each) => eventOf(each) === name && each.at >= since && each.at <= now),
    instantOf: oracle.instantOf,
  };

  /** Takes steps until one waits or the sequence is over. */
  const takeSteps = async () => {
    while (inside && moments.length < MOST_MOMENTS) {
      const decision = await decideStep({ steps, place, now }, asked);
      const { step } = place;
      if (decision.does === "wait") {
        const { until, name, begins } = decision;
        if (begins) say({ kind: "waits", step, until: until.toISOString(), name });
        place = begins ? { step, wakesAt: until, waitsSince: now } : place;
        return;
      }
      if (decision.does === "left" || decision.does === "finished") {
        if (decision.outcome) say({ kind: "took", step, outcome: decision.outcome });
        end(decision.does, decision.does === "left" ? decision.reason : null);
        return;
      }
      const by = decision.does === "go_on" ? decision.by : 1;
      say({
        kind: "took",
        step,
        outcome: decision.does === "go_on" ? decision.outcome : outcomeOf(decision.step),
      });
      place = { step: step + by, wakesAt: null, waitsSince: null };
      if (decision.does === "act" && decision.step.do === "send")
        await judge({ step, nth: sentBefore(steps, step), channel: decision.step.channel });
    }
  };

  say({ kind: "entered" });
  await judge({ step: 0, nth: -1, channel });
  await takeSteps();
  while ((inside || held.length > 0) && moments.length < MOST_MOMENTS) {
    const next = story.find(({ at }) => at > now)?.at;
    now = earliest([
      ...(inside && place.wakesAt ? [place.wakesAt] : []),
      ...held.map(({ until }) => until),
      next,
    ]);
    for (const { what, name, at } of story)
      if (at.getTime() === now.getTime()) say({ kind: "assumed", what, name });
    const open = held.filter(({ until }) => until <= now);
    held = held.filter(({ until }) => until > now);
    for (const { message } of open) await judge(message);
    await takeSteps();
  }
  if (steps.length === 0) say({ kind: "ended", status: "finished", reason: null });
  return moments;
}

const earliest = (moments: readonly (Date | undefined)[]): Date =>
  new Date(Math.min(...moments.flatMap((moment) => (moment ? [moment.getTime()] : []))));

const sentBefore = (steps: readonly Step[], step: number): number =>
  steps.slice(0, step - 1).filter((each) => each.do === "send").length;

/** What a real run would write down; whether a call or a value is there already, it finds out then. */
const outcomeOf = (step: Step): StepOutcome =>
  step.do === "send" ? "sent" : step.do === "callback" ? "callback" : step.do === "notify" ? "told" : "set";

const eventOf = ({ what, name }: Assumed): string | null => (what === "pays" ? "payment_received" : name);

type Told = {
  paid: boolean;
  opened: boolean;
  clicked: boolean;
  exit: Leaving | null;
  optedOutOf: Set<Channel>;
  repliedOnWhatsApp: Date | null;
};
type Telling = { exits: readonly Exit[]; now: Date; sent: readonly { channel: Channel; at: Date }[] };

/** What the rules have been told by now. An answer and an opt-out are about the last message before them. */
function tellUntil(story: readonly Assumed[], { exits, now, sent }: Telling): Told {
  const past = story.filter(({ at }) => at <= now);
  const did = (...kinds: Happening[]) => past.filter(({ what }) => kinds.includes(what));
  const paid = past.some((each) => eventOf(each) === "payment_received");
  const about = ({ at }: Assumed) => sent.findLast((message) => message.at <= at)?.channel;
  const came: Record<Exit, boolean> = {
    paid,
    unsubscribed: did("opts_out").length > 0,
    replied: did("replies").length > 0,
    converted: did("converts").length > 0,
  };
  // In the order of `exit_of_entry` in the database.
  const order = ["paid", "unsubscribed", "replied", "converted"] as const;
  return {
    paid,
    opened: did("opens", "clicks").length > 0,
    clicked: did("clicks").length > 0,
    exit: order.find((exit) => exits.includes(exit) && came[exit]) ?? null,
    optedOutOf: new Set(did("opts_out").flatMap((each) => about(each) ?? [])),
    repliedOnWhatsApp: did("replies").findLast((each) => about(each) === "whatsapp")?.at ?? null,
  };
}
