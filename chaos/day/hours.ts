import { setTimeout as pause } from "node:timers/promises";
import { automated } from "@/server/automations/testing/arrange";
import { beginAttempt, recordOutcome } from "@/server/callbacks/attempt";
import { claimNextCallback } from "@/server/callbacks/claim-next";
import { completeCallback } from "@/server/callbacks/close";
import { requestCallback } from "@/server/callbacks/request";
import type { Outcome } from "@/server/callbacks/status";
import { launchCampaign } from "@/server/campaigns/launch";
import { makeCampaign } from "@/server/campaigns/testing/arrange";
import { ingestEvents } from "@/server/events/ingest";
import { AppError } from "@/server/platform/errors";
import type { Size } from "../day";
import type { Day } from "./arrange";

const STEP_MINUTES = 15;
const STEPS = (14 * 60) / STEP_MINUTES;
const NAMES = ["inquiry", "website_visit", "quote_requested", "app_login"] as const;
/** What one mail costs, tax included, in micro-units. */
const MAIL_MICROS = 11_800n;

/** A small generator of the same numbers for the same seed (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Lives through the day, a quarter of an hour at a time; after each, everything that can be done is done. */
export async function liveDay(day: Day, size: Size): Promise<void> {
  const roll = dice(size.seed);
  for (let nth = 0; nth < size.automations; nth++) await switchOn(day, nth);
  for (let step = 0; step < STEPS; step++) {
    const launches =
      Math.floor(((step + 1) * size.campaigns) / STEPS) - Math.floor((step * size.campaigns) / STEPS);
    for (let nth = 0; nth < launches; nth++) await launch(day, size, roll);
    await happen(day, size, roll);
    await ask(day, size, roll);
    await quiet(day);
    await Promise.all(day.agents.map((agent) => work(agent, roll)));
    await day.pass(STEP_MINUTES);
    process.stdout.write(`\r  ${step + 1} of ${STEPS} quarters of an hour`);
  }
  // What was asked for in the last of them is done before the count.
  await quiet(day);
  process.stdout.write("\n");
}

const one = <T>(from: readonly T[], roll: () => number): T => from[Math.floor(roll() * from.length)] as T;

async function switchOn({ owner, admin }: Day, nth: number): Promise<void> {
  const name = NAMES[nth % NAMES.length] ?? "inquiry";
  const id = await makeCampaign(owner, admin, {
    name: `Automation ${nth + 1}`,
    schedule: automated([{ on: "event", name }]),
  });
  await launchCampaign(admin, { id, version: 1 });
}

let launched = 0;

/** Offers and service by turns; every fourth may spend what half of its audience costs. */
async function launch({ owner, admin }: Day, { customers }: Size, roll: () => number): Promise<void> {
  const nth = launched++;
  const id = await makeCampaign(owner, admin, {
    name: `Campaign ${nth + 1}`,
    category: nth % 2 === 0 ? "newsletter" : "renewal_reminder",
    body: "Hello {{customer_name}}, [Have a look](https://example.com/offer)",
  });
  const budget =
    nth % 4 === 3 ? (MAIL_MICROS * BigInt(Math.floor(customers * (0.3 + 0.4 * roll())))).toString() : null;
  await owner`update campaigns set budget_micros = ${budget}, on_unknown = 'hold' where id = ${id}`;
  await launchCampaign(admin, { id, version: 1 });
}

async function happen({ admin, customers }: Day, size: Size, roll: () => number): Promise<void> {
  const count = Math.min(1_000, Math.ceil(size.customers / 40));
  const events = Array.from({ length: count }, () => ({
    id: `e-${Math.floor(roll() * 1e12)}`,
    name: one(NAMES, roll),
    customer: { id: one(customers, roll).id },
  }));
  // The same batch twice, as after a lost answer: each event is one.
  await Promise.all([ingestEvents(admin, { events }), ingestEvents(admin, { events })]);
}

async function ask({ lead, customers }: Day, { callbacks }: Size, roll: () => number): Promise<void> {
  for (let left = Math.ceil(callbacks / STEPS); left > 0; left--)
    await requestCallback(lead, {
      phone: one(customers, roll).phone,
      requestType: one(["policy_issue", "general_inquiry", "claim"] as const, roll),
      source: "form",
      urgency: one(["low", "medium", "high"] as const, roll),
    });
}

const OUTCOMES: readonly Outcome[] = [
  "connected",
  "connected",
  "connected",
  "no_answer",
  "busy",
  "switched_off",
];

/** Two calls a quarter of an hour, if there are any and the hour allows it. */
async function work(agent: Day["lead"], roll: () => number): Promise<void> {
  for (let call = 0; call < 2; call++)
    try {
      const claim = await claimNextCallback(agent);
      if (!claim) return;
      const hold = { callbackId: claim.callbackId, generation: claim.generation };
      const { attemptId } = await beginAttempt(agent, { ...hold, via: "tel" });
      const { next } = await recordOutcome(agent, {
        ...hold,
        attemptId,
        outcome: one(OUTCOMES, roll),
        talkSeconds: 60,
      });
      if (next === "wrap_up") await completeCallback(agent, { ...hold, resolution: "Explained." });
    } catch (error) {
      // What the hour or the state does not allow is refused, and leaves nothing behind.
      if (!(error instanceof AppError)) throw error;
    }
}

/** Waits until worker and engine have nothing to do at this moment of the clock. */
async function quiet({ owner, engine }: Day): Promise<void> {
  for (let calm = 0; calm < 2; ) {
    await engine.settle();
    const [row] = await owner<{ busy: boolean }[]>`
      select exists (select from outbox where sent_at is null)
        or exists (select from campaign_runs where status = 'freezing')
        or exists (select from execution_batches b join campaigns c on c.id = b.campaign_id
          where b.status = 'open' and c.status = 'active')
        or exists (select from executions_due where not_before <= clock_now())
        or exists (select from touched_customers)
        or exists (select from sandbox_acts where due_at <= clock_now())
        or exists (select from sla_clocks where status in ('running', 'paused') and wakes_at <= clock_now()) as busy`;
    calm = row?.busy ? 0 : calm + 1;
    await pause(150);
  }
}
