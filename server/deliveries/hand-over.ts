import { setTimeout as delay } from "node:timers/promises";
import type { SendOutcome } from "@/server/channels";
import type { Going, Lease } from "./lease";
import { apartMs, isPaced, mostLate } from "./pace";
import type { Cut, Ready, Tools, Window } from "./send-window";
import { toResult } from "./to-result";

type Handing = { lease: Lease; going: Going; ready: Ready[]; window: Window; tools: Tools };

/** Refusals in a row, without a hint of the provider's own, after which the rest of a window waits too. */
const MOST_THROTTLED = 5;

/**
 * Gives messages to the channel: all at once where nothing limits the pace, else each at its place in time. Resolves with
 * one outcome for each, in order. Rejects only for what keeps anything from being known (the sandbox's database).
 */
export async function handOver(handing: Handing): Promise<SendOutcome[]> {
  const { ready, going, window } = handing;
  const outcomes: SendOutcome[] = ready.map(() => ({ kind: "not_started" }));
  if (ready.length === 0 || window.cut) return outcomes;
  if (going.blockedMs > 0) await delay(going.blockedMs);
  if (isPaced(going)) await paced(handing, outcomes);
  else
    await give(
      handing,
      ready.map((_, index) => index),
      outcomes,
    );
  return outcomes;
}

/** Hands over the messages with these numbers; the outcomes are filled in. */
async function give(handing: Handing, numbers: number[], outcomes: SendOutcome[]): Promise<void> {
  const { lease, ready, window, tools } = handing;
  const written = !tools.adapter.idempotent;
  let throttled = 0;
  const entry = (index: number) => ready[numbers[index] ?? -1];
  const attempt = ({ member }: Ready) => ({
    runNumber: lease.runNumber,
    batchNumber: lease.batchNumber,
    seq: member.seq,
  });
  const answers = await tools.adapter.send(
    lease.workspaceId,
    numbers.flatMap((number) => ready[number]?.message ?? []),
    {
      start: (index) => {
        const next = entry(index);
        window.cut ??= cutNow(lease, tools);
        if (window.cut || !next) return false;
        if (written) tools.journal.started(attempt(next));
        return true;
      },
      finish: (index, outcome) => {
        const next = entry(index);
        const row = next && toResult({ ...next, channel: lease.channel }, outcome, lease.onUnknown);
        if (written && next && row) tools.journal.finished(attempt(next), row.state, row.reason);
        if (outcome.kind === "accepted") throttled = 0;
        if (outcome.kind === "again" && outcome.reason === "throttled")
          if (outcome.afterMs !== null || ++throttled >= MOST_THROTTLED) window.cut ??= { why: "throttled" };
      },
    },
  );
  answers.forEach((outcome, index) => {
    const number = numbers[index];
    if (number !== undefined) outcomes[number] = outcome;
  });
}

function cutNow(lease: Lease, tools: Tools): Cut | null {
  if (tools.stopping()) return { why: "stopped" };
  return performance.now() > lease.deadline ? { why: "deadline" } : null;
}

/** Messages whose places lie this close together go to the adapter together (ms). */
const TOGETHER_MS = 4;

/** One message after the other, each at its place; no more under way at once than the channel has connections. */
async function paced(handing: Handing, outcomes: SendOutcome[]): Promise<void> {
  const { lease, going, ready, window, tools } = handing;
  const waiting = ready.map((_, index) => index);
  const underWay = new Set<Promise<void>>();
  let broken: unknown;
  const late = mostLate(going);
  const apart = Math.max(TOGETHER_MS, apartMs(going));
  const most = () => Math.min(tools.adapter.limits.connections, tools.pacer.mostUnderWay(lease, apart));
  const stopped = () => broken !== undefined || window.cut !== null;
  while (waiting.length > 0 && !stopped()) {
    window.cut ??= cutNow(lease, tools);
    if (stopped()) break;
    const places = await tools.pacer.take(lease, going, waiting.length);
    if (places.why === "daily_limit") window.cut = { why: "daily_limit" };
    for (let place = 0; place < places.at.length && !stopped(); ) {
      const at = places.at[place] ?? 0;
      const early = at - performance.now();
      if (early > 0) await delay(early);
      while (underWay.size >= most()) await Promise.race(underWay);
      const together = places.at.slice(place).filter((next) => next - at < TOGETHER_MS).length;
      place += together;
      if (performance.now() - at > late || tools.pacer.owes(lease, together)) continue;
      const begun = performance.now();
      const sent = give(handing, waiting.splice(0, together), outcomes)
        .catch((error: unknown) => {
          broken ??= error;
        })
        .finally(() => {
          tools.pacer.took(lease, going, { places: together, at, begun });
          underWay.delete(sent);
        });
      underWay.add(sent);
    }
  }
  await Promise.all(underWay);
  if (broken !== undefined) throw broken;
}
