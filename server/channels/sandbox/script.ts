import { isMail, type OutboundMessage } from "../adapter";
import { drawnFrom } from "./draws";
import type { SandboxConfig } from "./schemas";
import { scriptedReplies } from "./script-words";

/** One thing that a scripted customer will do about a message. */
export type PlannedAct = {
  kind: "read" | "opened" | "clicked" | "replied" | "converted";
  afterSeconds: number;
  link: number | null;
  /** The words, or the label of the button that is pressed. */
  reply: string | null;
  button: boolean;
};

/** What a message's customer will do; nothing for tests and the product's own mail. */
export type Script = (message: OutboundMessage) => PlannedAct[];

/** A link of ours in a body: its number in the run's content. */
const LINKS = /\/t\/c\/[\w-]+\/(\d{1,4})|\/s\/[\w-]+(?:\/(\d{1,4}))?(?![\w-])/g;

/**
 * The script of an account: each message's fate is drawn from its public id and the seed, so that the same message fares the
 * same however often it is planned. Nobody clicks or answers without having opened what can be opened.
 */
export function scriptOf(config: SandboxConfig): Script {
  const { open, click, reply, convert, fastest, slowest, seed } = config;
  if (open === 0 && click === 0 && reply === 0) return () => [];
  return (message) => {
    if (message.kind !== "campaign") return [];
    const { channel } = message.content;
    const draw = (what: string) => drawnFrom(`${seed} ${message.publicId} ${what}`);
    const span = Math.max(0, slowest - fastest);
    const answers = draw("reply") < reply;
    const opens = channel !== "sms" && (answers || draw("open") < open);
    // Most look soon, a few much later.
    const openedAfter = fastest + span * draw("open at") ** 2;
    const later = (what: string) => openedAfter + Math.min(span, 45) * draw(what);
    const act = (kind: PlannedAct["kind"], afterSeconds: number, more: Partial<PlannedAct> = {}) => ({
      kind,
      afterSeconds,
      link: null,
      reply: null,
      button: false,
      ...more,
    });
    const acts: PlannedAct[] = [];
    if (opens) acts.push(act(channel === "email" ? "opened" : "read", openedAfter));
    const links = linksOf(message);
    if (links.length > 0 && (opens || channel === "sms") && draw("click") < click) {
      const clickedAfter = later("click at");
      acts.push(act("clicked", clickedAfter, { link: pick(links, draw("link")) ?? 0 }));
      if (draw("convert") < convert)
        acts.push(act("converted", clickedAfter + 5 + Math.min(span, 60) * draw("convert at")));
    }
    if (answers) acts.push(act("replied", later("reply at"), answerOf(message, draw)));
    return acts;
  };
}

function linksOf(message: OutboundMessage): number[] {
  const { content } = message;
  const button = content.channel === "whatsapp" ? (content.template?.buttons ?? []) : [];
  const body = isMail(message) ? (message.content.html ?? message.content.text) : content.text;
  const texts = [body, ...button.filter(({ kind }) => kind === "url").map(({ value }) => value)];
  const found = texts.flatMap((text) =>
    [...text.matchAll(LINKS)].map((hit) => Number(hit[1] ?? hit[2] ?? 0)),
  );
  return [...new Set(found)];
}

function answerOf(
  { content }: OutboundMessage,
  draw: (what: string) => number,
): Pick<PlannedAct, "reply" | "button"> {
  const buttons =
    content.channel === "whatsapp"
      ? (content.template?.buttons ?? []).filter(({ kind }) => kind === "quick_reply")
      : [];
  const pressed = draw("button") < 0.6 ? pick(buttons, draw("which button")) : undefined;
  if (pressed) return { reply: pressed.label, button: true };
  const total = scriptedReplies.reduce((sum, { weight }) => sum + weight, 0);
  let left = draw("says") * total;
  const chosen = scriptedReplies.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  return { reply: pick(chosen?.words ?? [], draw("words")) ?? "Ok", button: false };
}

const pick = <T>(list: readonly T[], at: number): T | undefined => list[Math.floor(at * list.length)];
