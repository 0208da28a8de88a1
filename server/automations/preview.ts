import { sql } from "drizzle-orm";
import type { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import { requireReader, withinBook } from "@/server/campaigns";
import { audienceOf } from "@/server/campaigns/audience";
import { purposeOf } from "@/server/campaigns/status";
import { channelChoice } from "@/server/deliveries";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { dayIn } from "@/server/platform/days";
import { type Candidate, changeCandidates, eventCandidates, isChange, readCandidates } from "./candidates";
import { dateCandidates } from "./date-candidates";
import { dueDays } from "./due-days";
import { inSegments } from "./enter";
import { letIn } from "./let-in";
import { zonesOf } from "./look-at-days";
import { isEvent } from "./match-events";
import { previewInput } from "./preview-input";
import type { Trigger } from "./schemas";
import type { Reached } from "./shared-address";

/** Days that are looked back over. */
const DAYS = 30;
const MOST_SHOWN = 50;

export type EntriesPreview = {
  /** Messages that would have been begun, and to how many customers. */
  entries: number;
  customers: number;
  /** Left out: not in the audience or a segment; entered shortly before. */
  outside: number;
  again: number;
  /** Left out because another customer at the same address entered: promotion goes once to an address. */
  shared: number;
  /** By the trigger's place. */
  byTrigger: number[];
  /** By local day of the workspace, oldest first. */
  byDay: { day: string; entries: number }[];
  latest: { customerId: string; name: string; place: number; at: string }[];
};

/**
 * Who would have entered in the last 30 days, had this schedule run: by the statements and the rule with which it will let
 * customers in. Customers, policies and segments count as they stand now, events and payments as they were. @throws AppError
 * FORBIDDEN
 */
export async function previewEntries(
  ctx: Context,
  input: z.input<typeof previewInput>,
): Promise<EntriesPreview> {
  requireReader(ctx);
  const { schedule, ...about } = previewInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const placed = schedule.triggers.map((trigger, place) => ({ trigger, place }));
    const [workspace] = await tx.execute<{ zone: string }>(
      sql`select time_zone as zone from workspaces where id = ${ctx.workspaceId}`,
    );
    const zone = workspace?.zone ?? "UTC";
    const until = await readClock(tx);
    const since = new Date(until.getTime() - DAYS * 86_400_000);
    const days = dueDays(await zonesOf(tx, ctx, { clock: schedule.clock, zone }), {
      time: schedule.time,
      since,
      until,
    });
    const found = await readCandidates(tx, [
      ...placed.flatMap((each) => dateCandidates(ctx, each, days) ?? []),
      ...placed.filter(isEvent).map((each) => eventCandidates(ctx, each, after(since, "e.received_at"))),
      ...placed.filter(isChange).map((each) => changeCandidates(ctx, each, after(since, "h.at"))),
    ]);
    const triggers = { triggers: placed };
    const { wanted, reached } = await among(tx, ctx, {
      ...about,
      candidates: await inSegments(tx, ctx, triggers, found),
    });
    const { entered, shared } = letIn(wanted, schedule, reached);
    return {
      ...summary(entered, schedule.triggers),
      byDay: countDays(entered, { zone, since, until }),
      outside: found.length - wanted.length,
      again: wanted.length - entered.length - shared,
      shared,
      latest: await named(tx, ctx, entered.slice(-MOST_SHOWN).reverse()),
    };
  });
}

const after = (since: Date, column: string) => sql`${sql.raw(column)} > ${since.toISOString()}::timestamptz`;

type Among = Pick<z.output<typeof previewInput>, "audience" | "category" | "channels"> & {
  candidates: readonly Candidate[];
};

/** Those of the audience; for promotion also the address to which each is sent it. */
async function among(
  tx: Transaction,
  ctx: Context,
  { audience, category, channels, candidates }: Among,
): Promise<{ wanted: Candidate[]; reached: Map<string, Reached> | null }> {
  const ids = [...new Set(candidates.map(({ customerId }) => customerId))];
  const within = await audienceOf(tx, ctx, withinBook(ctx, audience), ids);
  const purpose = purposeOf(category);
  const rows = await tx.execute<Reached>(
    purpose === "promotional"
      ? await channelChoice(tx, ctx, { channels, purpose, within })
      : sql`select customers.id from customers where ${within}`,
  );
  const inside = new Map(rows.map((row) => [row.id, row]));
  return {
    wanted: candidates.filter(({ customerId }) => inside.has(customerId)),
    reached: purpose === "promotional" ? inside : null,
  };
}

const summary = (entered: readonly Candidate[], triggers: readonly Trigger[]) => ({
  entries: entered.length,
  customers: new Set(entered.map(({ customerId }) => customerId)).size,
  byTrigger: triggers.map((_, nth) => entered.filter(({ place }) => place === nth).length),
});

function countDays(
  entered: readonly Candidate[],
  { zone, since, until }: { zone: string; since: Date; until: Date },
): EntriesPreview["byDay"] {
  const days = new Map<string, number>();
  for (let at = since.getTime() + 86_400_000; at <= until.getTime(); at += 86_400_000)
    days.set(dayIn(zone, new Date(at)), 0);
  for (const { at } of entered) {
    const day = dayIn(zone, new Date(at));
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return [...days].map(([day, entries]) => ({ day, entries })).sort((a, b) => a.day.localeCompare(b.day));
}

async function named(
  tx: Transaction,
  ctx: Context,
  entered: readonly Candidate[],
): Promise<EntriesPreview["latest"]> {
  const ids = entered.map(({ customerId }) => customerId);
  const rows = await tx.execute<{ id: string; name: string }>(sql`
    select id, name from customers where workspace_id = ${ctx.workspaceId} and id = any(${sql.param(ids)}::uuid[])`);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return entered.map(({ customerId, place, at }) => ({
    customerId,
    name: names.get(customerId) ?? "",
    place,
    at,
  }));
}
