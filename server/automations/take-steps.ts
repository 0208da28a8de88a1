import { sql } from "drizzle-orm";
import { Temporal } from "temporal-polyfill";
import { type Transaction, withTransaction } from "@/db/transaction";
import { stepOfFollowUp } from "@/server/campaigns/content";
import { notify } from "@/server/notifications";
import { bumpTopicsSoon } from "@/server/platform/bump-soon";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { advance, type Entry, type EntryKey, endEntry, lockEntry } from "./entry";
import { cameSince, checkHolds, exitOf } from "./happened";
import type { Step } from "./schemas";
import { wakeSender } from "./wake-sender";

/** What an entry's workflow does next. `until` is ISO. */
export type Next =
  | { next: "ended" }
  | { next: "sleep"; until: string }
  /** Until something happens, at most until then. */
  | { next: "listen"; until: string };

/** A paused campaign keeps those who are inside where they are, and is asked again after this. */
const PAUSED_MS = 30 * 60_000;
const MS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/**
 * Takes the steps of somebody inside an automation, one transaction each, until one has to wait or it is over. Before each it
 * is asked whether they leave. Safe to repeat: a step that was taken is not taken again.
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
  const leaves = entry.campaignStatus === "active" ? await exitOf(tx, entry) : "campaign_ended";
  if (leaves) return end(tx, ctx, entry, { status: "left", reason: leaves });
  const step = entry.content.steps[entry.step - 1];
  if (!step) return end(tx, ctx, entry, { status: "finished", reason: null });
  const taken = await take(tx, ctx, { entry, step, now });
  bumpTopicsSoon(ctx.workspaceId, `campaign:${entry.campaignId}`, `customer:${entry.customerId}`);
  return taken;
}

async function end(
  tx: Transaction,
  ctx: Context,
  entry: Entry,
  how: Parameters<typeof endEntry>[2],
): Promise<Taken> {
  await endEntry(tx, entry, how);
  bumpTopicsSoon(ctx.workspaceId, `campaign:${entry.campaignId}`, `customer:${entry.customerId}`);
  return { next: "ended" };
}

type Taking = { entry: Entry; step: Step; now: Date };

async function take(tx: Transaction, ctx: Context, { entry, step, now }: Taking): Promise<Taken> {
  switch (step.do) {
    case "wait":
      return wait(tx, entry, { now, until: new Date(now.getTime() + step.amount * MS[step.unit]) });
    case "wait_until":
      return wait(tx, entry, { now, until: await localInstant(tx, ctx, step) });
    case "wait_event":
      return waitForEvent(tx, ctx, { entry, step, now });
    case "check":
      if (await checkHolds(tx, ctx, entry, step)) return on(tx, entry);
      return step.otherwise === "skip"
        ? on(tx, entry, 2)
        : end(tx, ctx, entry, { status: "left", reason: `check_${step.holds}` });
    case "send":
      await send(tx, ctx, entry, step);
      return on(tx, entry);
    case "notify":
      await tell(tx, ctx, entry, step.text);
      return on(tx, entry);
    case "leave":
      return end(tx, ctx, entry, { status: "finished", reason: null });
  }
}

async function on(tx: Transaction, entry: Entry, by = 1): Promise<Taken> {
  await advance(tx, entry, by);
  return { next: "on" };
}

/** The first look writes down until when; a later one goes on when it has come. */
async function wait(
  tx: Transaction,
  entry: Entry,
  { now, until }: { now: Date; until: Date },
): Promise<Taken> {
  const wakes = entry.wakesAt ?? until;
  if (wakes <= now) return on(tx, entry);
  if (!entry.wakesAt)
    await tx.execute(sql`
      update automation_entries set wakes_at = ${wakes.toISOString()}::timestamptz, waits_since = clock_now()
      where run_number = ${entry.runNumber} and seq = ${entry.seq}`);
  return { next: "sleep", until: wakes.toISOString() };
}

type WaitEvent = Extract<Step, { do: "wait_event" }>;

async function waitForEvent(
  tx: Transaction,
  ctx: Context,
  { entry, step, now }: Taking & { step: WaitEvent },
): Promise<Taken> {
  if (!entry.wakesAt) {
    const until = new Date(now.getTime() + step.amount * MS[step.unit]).toISOString();
    await tx.execute(sql`
      update automation_entries set wakes_at = ${until}::timestamptz, waits_since = clock_now(), waits_for = ${step.name}
      where run_number = ${entry.runNumber} and seq = ${entry.seq}`);
    return { next: "listen", until };
  }
  if (await cameSince(tx, entry, step.name)) return on(tx, entry);
  if (entry.wakesAt > now) return { next: "listen", until: entry.wakesAt.toISOString() };
  return step.otherwise === "go_on"
    ? on(tx, entry)
    : end(tx, ctx, entry, { status: "left", reason: "no_event" });
}

/** The message of this step: an execution of its own, sealed and decided like every other one. */
async function send(
  tx: Transaction,
  ctx: Context,
  entry: Entry,
  { channel }: Extract<Step, { do: "send" }>,
): Promise<void> {
  const { part, runNumber, customerId, occurrence, content, step } = entry;
  const nth = content.steps.slice(0, step - 1).filter((before) => before.do === "send").length;
  await tx.execute(sql`
    with written as (
      insert into executions (part, run_number, seq, workspace_id, customer_id, occurrence, step, channel)
      values (${part}, ${runNumber}, nextval('live_executions'), ${ctx.workspaceId}, ${customerId}, ${occurrence},
        ${stepOfFollowUp(nth)}, ${channel})
      on conflict (part, run_number, customer_id, occurrence, step) do nothing returning seq)
    insert into executions_due (part, run_number, seq, workspace_id, state, attempts, not_before)
    select ${part}, ${runNumber}, seq, ${ctx.workspaceId}, 'pending', 0, clock_now() from written`);
  wakeSender();
}

/** Tells the campaign's owner. */
async function tell(tx: Transaction, ctx: Context, entry: Entry, text: string): Promise<void> {
  const members = await tx.execute<{ id: string }>(sql`
    select id from memberships where workspace_id = ${ctx.workspaceId} and user_id = ${entry.ownerId} and status = 'active'`);
  await notify(
    tx,
    ctx,
    members.map(({ id }) => id),
    {
      kind: "automation.told",
      subjectType: "customer",
      subjectId: entry.customerId,
      text,
      key: `automation:${entry.runNumber}:${entry.seq}:${entry.step}`,
    },
  );
}

async function localInstant(
  tx: Transaction,
  ctx: Context,
  { day, time }: Extract<Step, { do: "wait_until" }>,
): Promise<Date> {
  const [row] = await tx.execute<{ zone: string }>(
    sql`select time_zone as zone from workspaces where id = ${ctx.workspaceId}`,
  );
  const zoned = Temporal.PlainDate.from(day).toZonedDateTime({
    timeZone: row?.zone ?? "UTC",
    plainTime: time,
  });
  return new Date(zoned.epochMilliseconds);
}
