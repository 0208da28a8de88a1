import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { interestIn, matchEvents, wakeSender } from "@/server/automations";
import { keepFromEvents, measuredEvents } from "@/server/conversions";
import { lookUpCustomers, makeMatcher, type Wanted } from "@/server/customers";
import { KEPT_OUT, whoIsKeptOut } from "@/server/erasures";
import { bumpTopicsSoon } from "@/server/platform/bump-soon";
import { readClock } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { type Draft, readEvents } from "./read";
import {
  type EventOutcome,
  type IngestBatch,
  type IngestInput,
  type IngestResult,
  ingestInput,
} from "./schemas";
import { eventSenders } from "./status";
import { insertCustomers, type ReadyEvent, storeEvents } from "./store";
import { wakeEvaluator } from "./touch";

/** Clocks differ a little; what lies further ahead is a mistake. */
const AHEAD_MS = 10 * 60_000;

/**
 * Takes up to 1,000 events: stored, rolled up, their customers marked, and the messages of the automations that listen to them
 * written when it returns, in one transaction. The same
 * sender's id twice, in one batch or in many at once, is one event. Rows that cannot be taken are refused one by one, with
 * the reason; unknown customers too, unless they are to be created.
 * @throws AppError FORBIDDEN; ZodError when the batch itself is malformed
 */
export async function ingestEvents(ctx: Context, input: IngestInput): Promise<IngestResult> {
  const [result] = await ingestBatches(ctx, [ingestInput.parse(input)]);
  if (!result) throw new Error("a batch has no result");
  return result;
}

/** The same for several batches in one transaction; each has its own result. They ask alike whether customers are created. */
export async function ingestBatches(ctx: Context, batches: readonly IngestBatch[]): Promise<IngestResult[]> {
  if (ctx.actor.kind !== "api_key") requireRole(ctx, ...eventSenders);
  const { outcomes, drafts } = readEvents(batches.flatMap(({ events }) => events));
  const create = batches.some(({ create_customers }) => create_customers);
  const { made, entered } = await withTransaction(ctx, (tx) =>
    takeDrafts(tx, ctx, { drafts, outcomes, create }),
  );
  if (entered > 0) wakeSender();
  wakeEvaluator();
  bumpTopicsSoon(ctx.workspaceId, "events", ...(made.length > 0 ? ["customers"] : []));
  let from = 0;
  return batches.map(({ events }) => {
    const to = from + events.length;
    const created = made.filter(({ at }) => at >= from && at < to).length;
    const result = resultOf(outcomes.slice(from, to), created);
    from = to;
    return result;
  });
}

/** What `ingestEvents` would answer to this batch now, without storing anything. @throws as it does */
export async function checkEvents(ctx: Context, input: IngestInput): Promise<IngestResult> {
  requireRole(ctx, ...eventSenders);
  const { events, create_customers } = ingestInput.parse(input);
  const { outcomes, drafts } = readEvents(events);
  const undone = new Undone();
  let created = 0;
  await withTransaction(ctx, async (tx) => {
    ({ length: created } = (await takeDrafts(tx, ctx, { drafts, outcomes, create: create_customers })).made);
    throw undone;
  }).catch((error: unknown) => {
    if (error !== undone) throw error;
  });
  return resultOf(outcomes, created);
}

/** Thrown to take a transaction back: what it would have done is known by then. */
class Undone extends Error {}

function resultOf(outcomes: EventOutcome[], created: number): IngestResult {
  const count = (status: EventOutcome["status"]) => outcomes.filter((one) => one.status === status).length;
  return {
    stored: count("stored"),
    duplicates: count("duplicate"),
    refused: count("refused"),
    created_customers: created,
    outcomes,
  };
}

type Work = { drafts: Draft[]; outcomes: EventOutcome[]; create: boolean };
type Made = Wanted & { customerId: string; at: number };

async function takeDrafts(
  tx: Transaction,
  ctx: Context,
  { drafts, outcomes, create }: Work,
): Promise<{ made: Made[]; entered: number }> {
  if (drafts.length === 0) return { made: [], entered: 0 };
  const wanted = drafts.map((draft) => draft.wanted);
  // Sent one behind the other, without waiting for the first answer.
  const [known, now] = await Promise.all([lookUpCustomers(tx, ctx, wanted), readClock(tx)]);
  const latest = now.getTime() + AHEAD_MS;
  let matcher = makeMatcher(known);
  const makesSome = create && wanted.some((one) => "unknown" in matcher.find(one));
  if (makesSome) {
    await oneMakerAtATime(tx, ctx);
    matcher = makeMatcher(await lookUpCustomers(tx, ctx, wanted));
  }
  const keptOut = makesSome ? await keptOutAmong(tx, ctx, drafts) : new Set<number>();
  const made: Made[] = [];
  const ready: (ReadyEvent & { at: number })[] = [];
  for (const { at, event, wanted } of drafts) {
    const refuse = (reason: string) => (outcomes[at] = { status: "refused", reason });
    if (event.occurred_at && Date.parse(event.occurred_at) > latest) {
      refuse("occurred_at lies in the future.");
      continue;
    }
    const found = matcher.find(wanted);
    if ("reason" in found) refuse(found.reason);
    else if ("unknown" in found && !create) refuse("No customer has this external_id, phone or e-mail.");
    else if ("unknown" in found && keptOut.has(at)) refuse(KEPT_OUT);
    else {
      const customerId = "customerId" in found ? found.customerId : matcher.add(wanted);
      if ("unknown" in found) made.push({ ...wanted, customerId, at });
      ready.push({
        at,
        id: newId(),
        customerId,
        sourceId: event.id ?? null,
        name: event.name,
        properties: event.properties,
        occurredAt: event.occurred_at ?? null,
      });
    }
  }
  if ((await insertCustomers(tx, ctx, made)) < made.length)
    throw new AppError("CONFLICT", "Somebody added the same customers at this moment. Send the batch again.");
  const names = [...new Set(ready.map(({ name }) => name))];
  // What is asked by name needs no stored event: it travels behind them.
  const [repeats, measured, interest] = await Promise.all([
    storeEvents(tx, ctx, ready),
    measuredEvents(tx, ctx, names),
    interestIn(tx, ctx, names),
  ]);
  const fresh = repeats.size === 0 ? ready : ready.filter(({ id }) => !repeats.has(id));
  await keepFromEvents(tx, ctx, { events: fresh, measured });
  const entered = await matchEvents(tx, ctx, { stored: fresh, interest });
  for (const { at, id, customerId } of ready)
    outcomes[at] = repeats.has(id)
      ? { status: "duplicate" }
      : { status: "stored", event_id: id, customer_id: customerId };
  return { made, entered };
}

/** Places in the batch of events that would bring an erased person back. */
async function keptOutAmong(tx: Transaction, ctx: Context, drafts: Draft[]): Promise<Set<number>> {
  const kept = await whoIsKeptOut(
    tx,
    ctx,
    drafts.map((draft) => draft.wanted),
  );
  return new Set(drafts.flatMap(({ at }, nth) => (kept[nth] ? [at] : [])));
}

/** A phone is no key of the table: without this, two batches at once would add the same stranger twice. */
async function oneMakerAtATime(tx: Transaction, ctx: Context): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtext('ringback.customers'), hashtext(${ctx.workspaceId}))`,
  );
}
