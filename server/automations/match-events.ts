import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { eventCandidates, type Placed, readCandidates } from "./candidates";
import { enter, type Listening } from "./enter";
import { listeningTo } from "./listening";
import type { Trigger } from "./schemas";
import { awaitedNames, wakeWaiting } from "./wake-waiting";

type Stored = { id: string; name: string; customerId: string };

/** The automations that listen to some names of events, and those of the names that somebody inside waits for. */
type Interest = { listening: Listening[]; awaited: ReadonlySet<string> };

/**
 * Who is interested in events of these names. Ask behind the statement that stores them, without waiting for its answer:
 * whoever begins to wait later than this looks for them.
 */
export async function interestIn(tx: Transaction, ctx: Context, names: readonly string[]): Promise<Interest> {
  if (names.length === 0) return { listening: [], awaited: new Set() };
  const [listening, awaited] = await Promise.all([
    listeningTo(
      tx,
      ctx,
      names.map((name) => `event:${name}`),
    ),
    awaitedNames(tx, ctx, names),
  ]);
  return { listening, awaited };
}

/**
 * Lets in whom these events let in, and wakes those inside who wait for them, in the transaction that stored them: an event that is answered has its message. Returns
 * how many entered.
 */
export async function matchEvents(
  tx: Transaction,
  ctx: Context,
  { stored, interest: { listening, awaited } }: { stored: readonly Stored[]; interest: Interest },
): Promise<number> {
  if (stored.length === 0) return 0;
  const names = new Set(stored.map(({ name }) => name));
  await wakeWaiting(
    tx,
    ctx,
    stored.filter(({ name }) => awaited.has(name)),
  );
  let entered = 0;
  for (const automation of listening) {
    const fired = automation.triggers.flatMap((placed) =>
      isEvent(placed) && names.has(placed.trigger.name)
        ? [
            eventCandidates(
              ctx,
              placed,
              sql`e.id = any(${sql.param(idsOf(stored, placed.trigger.name))}::uuid[])`,
            ),
          ]
        : [],
    );
    const candidates = await readCandidates(tx, fired);
    entered += await enter(tx, ctx, { automation, candidates });
  }
  return entered;
}

const idsOf = (stored: readonly Stored[], wanted: string): string[] =>
  stored.filter(({ name }) => name === wanted).map(({ id }) => id);

export const isEvent = (placed: Placed): placed is Placed<Extract<Trigger, { on: "event" }>> =>
  placed.trigger.on === "event";
