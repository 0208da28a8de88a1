import type { ChannelAdapter, OutboundMessage, SendOutcome } from "@/server/channels";
import { decide } from "./decide";
import { factsOf } from "./facts-of";
import type { Journal } from "./journal";
import { type Lease, renewLease } from "./lease";
import type { Member } from "./load-members";
import type { ResultRow } from "./record-results";
import type { Copy } from "./render-message";
import { toResult, toSkipped } from "./to-result";

/** Why sending stopped before the end of a window. */
export type Cut =
  | { why: "deadline" | "stopped" | "not_active" | "fenced" }
  | { why: "configuration" | "unreachable"; sentence: string };

export type Window = {
  rows: ResultRow[];
  /** Members that were not handed over, in order. */
  left: Member[];
  /** Members that the channel answered for: everything before the last of these was begun or decided. */
  handedOver: Set<number>;
  /** Addresses that the channel called dead, with its words. */
  dead: { address: string; detail: string }[];
  cut: Cut | null;
};

export type Tools = {
  adapter: ChannelAdapter;
  journal: Journal;
  copy: (member: Member) => Copy;
  stopping: () => boolean;
};

/** How often a long window renews its lease and rereads the campaign's state. */
const LOOK_MS = 1_000;

/**
 * Decides about each member and hands over those who may get the message. Nothing is begun after the lease's deadline,
 * while the process stops, or once the campaign is no longer active.
 */
export async function sendWindow(lease: Lease, members: Member[], tools: Tools): Promise<Window> {
  const window: Window = { rows: [], left: [], handedOver: new Set(), dead: [], cut: null };
  const going: { member: Member; message: OutboundMessage }[] = [];
  for (const member of members) {
    const copy = tools.copy(member);
    const refusal = decide(factsOf(lease, member, copy));
    if (refusal) window.rows.push(toSkipped(member, refusal.reason, refusal.saw));
    else if (copy.ok) going.push({ member, message: copy.message });
  }
  const attempt = (member: Member) => ({
    runNumber: lease.runNumber,
    batchNumber: lease.batchNumber,
    seq: member.seq,
  });
  const written = !tools.adapter.idempotent;
  const look = watch(lease, window);
  const outcomes = await tools.adapter
    .send(
      lease.workspaceId,
      going.map(({ message }) => message),
      {
        start: (index) => {
          const member = going[index]?.member;
          window.cut ??= cutNow(lease, tools);
          if (window.cut || !member) return false;
          if (written) tools.journal.started(attempt(member));
          return true;
        },
        finish: (index, outcome) => {
          const member = going[index]?.member;
          const row = member && toResult(member, outcome, lease.onUnknown);
          if (written && row) tools.journal.finished(attempt(member), row.state, row.reason);
        },
      },
    )
    .finally(look.end);
  going.forEach(({ member, message }, index) => {
    const outcome = outcomes[index] ?? { kind: "not_started" };
    const row = toResult(member, outcome, lease.onUnknown);
    if (!row) window.left.push(member);
    else {
      window.rows.push(row);
      window.handedOver.add(member.seq);
    }
    if (outcome.kind === "failed" && outcome.suppress)
      window.dead.push({ address: message.to.address, detail: outcome.detail });
    window.cut = worse(window.cut, outcome);
  });
  return window;
}

function cutNow(lease: Lease, tools: Tools): Cut | null {
  if (tools.stopping()) return { why: "stopped" };
  return performance.now() > lease.deadline ? { why: "deadline" } : null;
}

function worse(cut: Cut | null, outcome: SendOutcome): Cut | null {
  if (cut?.why === "configuration") return cut;
  if (outcome.kind === "configuration") return { why: "configuration", sentence: outcome.sentence };
  if (outcome.kind === "unreachable") return { why: "unreachable", sentence: outcome.sentence };
  return cut;
}

/** Renews the lease while a window lasts, and cuts it short when the campaign stops or the lease is another's. */
function watch(lease: Lease, window: Window): { end: () => void } {
  const every = Math.min(LOOK_MS, lease.leaseMs / 4);
  let timer: NodeJS.Timeout | null = setTimeout(look, every);
  async function look(): Promise<void> {
    try {
      const seen = await renewLease(lease);
      if (!seen) window.cut ??= { why: "fenced" };
      else if (seen.campaignStatus !== "active") window.cut ??= { why: "not_active" };
    } catch {
      // The database is away: the deadline stops the window if it stays so.
    }
    if (timer) timer = setTimeout(look, every);
  }
  return {
    end: () => {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
