import { type Transaction, withTransaction } from "@/db/transaction";
import { bumpTopicsSoon } from "@/server/platform/bump-soon";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { decideStep } from "./decide-step";
import { doStep } from "./do-step";
import { advance, beginWait, type Entry, type EntryKey, endEntry, lockEntry, recordStep } from "./entry";
import { cameSince, checkHolds, exitOf } from "./happened";
import { localInstant } from "./local-instant";

/** What an entry's workflow does next. `until` is ISO. */
export type Next =
  | { next: "ended" }
  | { next: "sleep"; until: string }
  /** Until something happens, at most until then. */
  | { next: "listen"; until: string };

/** A paused campaign keeps those who are inside where they are, and is asked again after this. */
const PAUSED_MS = 30 * 60_000;

/**
 * Takes the steps of somebody inside an automation, one transaction each, until one has to wait or it is over. Before each it
 * is asked whether they leave. Safe to repeat: a step that was taken is not taken again.
 * @throws AppError when a step cannot be taken as it is set: an attribute or a segment that is gone
 */
export async function takeSteps(ctx: Context, key: EntryKey): Promise<Next> {
  for (;;) {
    const taken = await withTransaction(ctx, (tx) => takeStep(tx, ctx, key));
    if (taken.next !== "on") return taken;
  }
}

type Taken = Next | { next: "on" };

async function takeStep(tx: Transaction, ctx: Context, key: EntryKey): Promise<Taken> {
  const entry = await lockEntry(tx, ctx, key);
  if (entry?.status !== "inside") return { next: "ended" };
  const now = await readClock(tx);
  if (entry.campaignStatus === "paused")
    return { next: "sleep", until: new Date(now.getTime() + PAUSED_MS).toISOString() };
  const taken = await decided(tx, ctx, { entry, now });
  bumpTopicsSoon(ctx.workspaceId, `campaign:${entry.campaignId}`, `customer:${entry.customerId}`);
  return taken;
}

/** Decides as a play-through does, by what the database says, and writes down what came of it. */
async function decided(
  tx: Transaction,
  ctx: Context,
  { entry, now }: { entry: Entry; now: Date },
): Promise<Taken> {
  if (entry.campaignStatus !== "active") return end(tx, entry, "left", "campaign_ended");
  const { steps } = entry.content;
  const decision = await decideStep(
    { steps, place: entry, now },
    {
      exit: () => exitOf(tx, entry),
      holds: (check) => checkHolds(tx, ctx, entry, check),
      came: (name, since) => cameSince(tx, entry, { name, since }),
      instantOf: (day, time) => localInstant(tx, ctx, { day, time }),
    },
  );
  switch (decision.does) {
    case "left":
    case "finished":
      if (decision.outcome) await recordStep(tx, entry, decision.outcome);
      return end(tx, entry, decision.does, decision.does === "left" ? decision.reason : null);
    case "wait": {
      const { until, begins, name } = decision;
      if (begins) await beginWait(tx, entry, { until, name });
      return { next: name === null ? "sleep" : "listen", until: until.toISOString() };
    }
    case "go_on":
      await recordStep(tx, entry, decision.outcome);
      await advance(tx, entry, decision.by);
      return { next: "on" };
    case "act":
      await recordStep(tx, entry, await doStep(tx, ctx, { entry, step: decision.step }));
      await advance(tx, entry);
      return { next: "on" };
  }
}

async function end(
  tx: Transaction,
  entry: Entry,
  status: "left" | "finished",
  reason: string | null,
): Promise<Taken> {
  await endEntry(tx, entry, { status, reason });
  return { next: "ended" };
}
