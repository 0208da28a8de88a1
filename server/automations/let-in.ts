import type { Candidate } from "./candidates";
import { addressKey, firstReached, type Reached, takenFor } from "./shared-address";

type Rule = { againHours: number | null; eachPolicy: boolean };
type Holder = { customerId: string; at: number; lasts: boolean };

const HOUR_MS = 3_600_000;

/**
 * The rule of `enter`, on candidates who are in the audience, over some time: once for an occurrence, not again within the
 * campaign's hours, and, where `reached` says to which addresses promotion goes, once for an address. A pure function.
 */
export function letIn(
  candidates: readonly Candidate[],
  { againHours, eachPolicy }: Rule,
  reached: ReadonlyMap<string, Reached> | null,
): { entered: Candidate[]; shared: number } {
  const hours = takenFor(againHours);
  const last = new Map<string, number>();
  const seen = new Set<string>();
  const holders = new Map<string, Holder>();
  let shared = 0;
  const entered = candidates.toSorted(inOrder(reached)).filter((candidate) => {
    const { customerId, occurrence, policyId } = candidate;
    const at = Date.parse(candidate.at);
    const who = reached?.get(customerId);
    const key = who ? addressKey(who) : null;
    const holder = key === null ? undefined : holders.get(key);
    // Whoever's message is left out holds the address only at that moment.
    const holds =
      holder && (holder.at === at || (holder.lasts && (hours === null || at - holder.at < hours * HOUR_MS)));
    if (holds && holder.customerId !== customerId) {
      shared += 1;
      return false;
    }
    const subject = `${customerId} ${eachPolicy ? (policyId ?? "") : ""}`;
    const before = last.get(subject);
    const again = before === undefined || (againHours !== null && at - before >= againHours * HOUR_MS);
    if (!again || seen.has(`${customerId} ${occurrence}`)) return false;
    seen.add(`${customerId} ${occurrence}`);
    last.set(subject, at);
    if (key !== null) holders.set(key, { customerId, at, lasts: who?.granted === true && !who.stopped });
    return true;
  });
  return { entered, shared };
}

/** As they came about; of one moment whoever may be sent it first. */
const inOrder = (reached: ReadonlyMap<string, Reached> | null) => (a: Candidate, b: Candidate) => {
  const [one, other] = [reached?.get(a.customerId), reached?.get(b.customerId)];
  return (
    a.at.localeCompare(b.at) ||
    (one && other ? firstReached(one, other) : 0) ||
    a.occurrence.localeCompare(b.occurrence)
  );
};
