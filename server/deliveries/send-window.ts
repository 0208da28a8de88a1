import { setImmediate } from "node:timers/promises";
import type { ChannelAdapter, OutboundMessage, SendOutcome } from "@/server/channels";
import { decide } from "./decide";
import { factsOf, priceOf } from "./facts-of";
import { handOver } from "./hand-over";
import type { Journal } from "./journal";
import { type Going, type Lease, renewLease } from "./lease";
import type { Member } from "./member";
import { isPaced, type Pacer } from "./pace";
import type { ResultRow } from "./record-results";
import type { Copy } from "./render-message";
import { reserve } from "./reserve";
import { toAnswered, toHeld, toResult, toSkipped } from "./to-result";
import { renewTrial } from "./unreachable";

/** Why sending stopped before the end of a window. */
export type Cut =
  | { why: "deadline" | "stopped" | "not_active" | "fenced" | "over_budget" | "daily_limit" | "throttled" }
  | { why: "configuration"; sentence: string; scope: "account" | "content" }
  | { why: "unreachable"; sentence: string }
  /** What the campaign sends cannot be had; `words` go in brackets. */
  | { why: "unprepared"; words: string };

export type Window = {
  rows: ResultRow[];
  /** Members that were not handed over, in order. */
  left: Member[];
  /** Members that the channel answered for: everything before the last of these was begun or decided. */
  handedOver: Set<number>;
  /** Addresses that the channel called dead, with its words. */
  dead: { address: string; detail: string }[];
  /** Customers whom the provider refused because they had opted out there. */
  optedOut: { address: string; publicId: string }[];
  /** Set when the provider asked for less: its own hint (ms), or null for none. */
  throttled: { hintMs: number | null } | null;
  /** Some were left because the budget is used up; those that fitted in went. */
  overBudget: boolean;
  cut: Cut | null;
};

export type Tools = {
  adapter: ChannelAdapter;
  journal: Journal;
  pacer: Pacer;
  copy: (member: Member) => Copy;
  stopping: () => boolean;
};

/** A message that goes unless something stops it, with its price (micro-units). */
export type Ready = { member: Member; message: OutboundMessage; price: bigint };

/** How often a long window renews its lease and rereads the campaign's state. */
const LOOK_MS = 1_000;

/**
 * Decides about each member and hands over those who may get the message, at the pace of the account and the campaign.
 * Nothing is begun after the lease's deadline, while the process stops, or once sending has stopped.
 */
export async function sendWindow(
  lease: Lease,
  { members, going }: { members: Member[]; going: Going },
  tools: Tools,
): Promise<Window> {
  const window: Window = {
    rows: [],
    left: [],
    handedOver: new Set(),
    dead: [],
    optedOut: [],
    throttled: null,
    overBudget: false,
    cut: null,
  };
  const look = watch(lease, window);
  try {
    const ready = await judge(lease, { members, going, window, tools });
    const outcomes = await handOver({ lease, going, ready, window, tools });
    for (const [index, entry] of ready.entries())
      settle(lease, window, { entry, outcome: outcomes[index] ?? { kind: "not_started" } });
  } finally {
    await look.end();
  }
  if (window.overBudget) window.cut ??= { why: "over_budget" };
  return window;
}

type Judging = { members: Member[]; going: Going; window: Window; tools: Tools };

/** Asks the rules, then takes a place under caps and budget for those who pass. */
async function judge(lease: Lease, { members, going, window, tools }: Judging): Promise<Ready[]> {
  const passed: Ready[] = [];
  for (const member of members) {
    // Other lanes of this process have messages on their way, whose place in time is kept to a few milliseconds.
    if (isPaced(going)) await setImmediate();
    if (member.answered) {
      window.rows.push(toAnswered(member));
      continue;
    }
    const copy = tools.copy(member);
    // The budget is asked where it is taken: what was read before may be spent, or given back, meanwhile.
    const refusal = decide({ ...factsOf(lease, member, copy), budget: null });
    if (refusal?.verdict.answer === "no")
      window.rows.push(toSkipped(member, refusal.verdict.reason, refusal.verdict.saw));
    else if (refusal?.verdict.answer === "hold") {
      const { until, reason, saw } = refusal.verdict;
      if (until) window.rows.push(toHeld(member, { until, reason, saw }));
      else {
        window.left.push(member);
        window.cut ??= reason === "no_template" ? unusable(saw) : { why: "not_active" };
      }
    } else if (copy.ok)
      passed.push({ member, message: copy.message, price: priceOf(lease, member, copy.message.content) });
  }
  const refused = await reserve(lease, going, passed);
  return passed.filter(({ member }) => {
    const refusal = refused.get(member.seq);
    if (!refusal) return true;
    if (refusal.reason === "over_budget") {
      window.left.push(member);
      window.overBudget = true;
    } else window.rows.push(toSkipped(member, refusal.reason, refusal.saw));
    return false;
  });
}

/** A template that WhatsApp takes no more stops its own campaign; others on the account go on. */
const unusable = (saw: string): Cut => ({
  why: "configuration",
  scope: "content",
  sentence: `Nothing can go: ${saw}. Nothing was lost: wait until it is approved or choose another, then resume.`,
});

function settle(
  lease: Lease,
  window: Window,
  { entry: { member, message, price }, outcome }: { entry: Ready; outcome: SendOutcome },
): void {
  const row = toResult({ member, price, channel: lease.channel }, outcome, lease.onUnknown);
  if (!row) window.left.push(member);
  else {
    window.rows.push(row);
    window.handedOver.add(member.seq);
  }
  if (outcome.kind === "failed" && outcome.suppress)
    window.dead.push({ address: message.to.address, detail: outcome.detail });
  if (outcome.kind === "failed" && outcome.reason === "opted_out")
    window.optedOut.push({ address: message.to.address, publicId: message.publicId });
  if (outcome.kind === "again" && outcome.reason === "throttled")
    window.throttled = { hintMs: longer(window.throttled?.hintMs ?? null, outcome.afterMs) };
  window.cut = worse(window.cut, outcome);
}

const longer = (one: number | null, other: number | null): number | null =>
  one === null ? other : Math.max(one, other ?? 0);

function worse(cut: Cut | null, outcome: SendOutcome): Cut | null {
  if (cut?.why === "configuration") return cut;
  if (outcome.kind === "configuration")
    return { why: "configuration", sentence: outcome.sentence, scope: outcome.scope };
  if (outcome.kind === "unprepared") return { why: "unprepared", words: outcome.why };
  if (outcome.kind === "unreachable") return { why: "unreachable", sentence: outcome.sentence };
  return cut;
}

/** Renews the lease, and the trial of its account, while a window lasts, and cuts it short when sending stops or the lease is another's. */
function watch(lease: Lease, window: Window): { end: () => Promise<void> } {
  const every = Math.min(LOOK_MS, lease.leaseMs / 4);
  let looking = Promise.resolve();
  const start = () => {
    looking = look();
  };
  let timer: NodeJS.Timeout | null = setTimeout(start, every);
  async function look(): Promise<void> {
    try {
      const seen = await renewLease(lease);
      if (!seen) window.cut ??= { why: "fenced" };
      else if (!seen.go) window.cut ??= { why: "not_active" };
      if (lease.trial) await renewTrial(lease);
    } catch {
      // The database is away: the deadline stops the window if it stays so.
    }
    if (timer) timer = setTimeout(start, every);
  }
  return {
    end: async () => {
      if (timer) clearTimeout(timer);
      timer = null;
      // Renewed after it has ended, a trial would keep everybody from the account.
      if (lease.trial) await looking;
    },
  };
}
