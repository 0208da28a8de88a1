import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { isZone } from "@/server/sending-rules";
import { type Candidate, changeCandidates, eventCandidates, isChange, readCandidates } from "./candidates";
import { dateCandidates } from "./date-candidates";
import { type DueDay, dueDays } from "./due-days";
import { inSegments } from "./enter";
import { localInstant } from "./local-instant";
import { isEvent } from "./match-events";
import { type Automated, isDateTrigger } from "./schemas";

/** How far ahead the next day of a trigger is looked for: every yearly day lies within, a 29 February too. */
const DAYS_AHEAD = 400;
/** How far back an event or a change serves as the example; as far as "who would have entered" looks. */
const DAYS_BACK = 30;
const DAY_MS = 86_400_000;
/** More are no help to whoever chooses one. */
const MOST = 20;

/** What a trigger lets one customer in for. */
export type Occasion = Pick<
  Candidate,
  "place" | "occurrence" | "policyId" | "aboutDate" | "eventId" | "at"
> & {
  policyNumber: string | null;
  productName: string | null;
};

type Asked = {
  campaignId: string;
  customerId: string;
  schedule: Automated;
  place: number;
  /** The local moment that was chosen, `2026-12-01T10:30`; absent: from now on. */
  start: string | undefined;
  now: Date;
  /** The occurrence that was chosen among several; absent or no longer there: the one that comes first. */
  occurrence: string | undefined;
};

export type Occasions = {
  /** What is played; null where nothing on record lets the customer in. */
  chosen: Occasion | null;
  /** All that one may choose from, at most 20: coming days in their order, events and changes the latest first. */
  all: Occasion[];
};

/**
 * For what the trigger at `place` would let a customer in, by the statements of the matcher: of a day's trigger its
 * occurrences from the asked day on that have not let them in before, of an event or a change those of the last 30 days.
 * Unless one was chosen, it is the next day's or the latest event's. Policies count as they stand now.
 */
export async function findOccasions(tx: Transaction, ctx: Context, asked: Asked): Promise<Occasions> {
  const trigger = asked.schedule.triggers[asked.place];
  if (!trigger) return { chosen: null, all: [] };
  const placed = { place: asked.place, trigger };
  const isDate = isDateTrigger(trigger);
  const recent = (column: string) => sql`${sql.raw(column)} > ${back(asked.now)}::timestamptz`;
  const source = isDate
    ? dateCandidates(ctx, placed, await daysAhead(tx, ctx, asked))
    : isEvent(placed)
      ? eventCandidates(ctx, placed, recent("e.received_at"))
      : isChange(placed)
        ? changeCandidates(ctx, placed, recent("h.at"))
        : null;
  const found = await readCandidates(tx, source ? [source] : [], asked.customerId);
  const inside = await inSegments(tx, ctx, { triggers: [placed] }, found);
  const before = isDate && !asked.start ? await enteredFor(tx, asked) : new Set<string>();
  const fresh = inside.filter(({ occurrence }) => !before.has(occurrence));
  const all = await withPolicies(tx, ctx, (isDate ? fresh : fresh.toReversed()).slice(0, MOST));
  return { all, chosen: all.find(({ occurrence }) => occurrence === asked.occurrence) ?? all[0] ?? null };
}

const back = (now: Date) => new Date(now.getTime() - DAYS_BACK * DAY_MS).toISOString();

/** The days whose hour lies ahead, of the asked day also the one that is over: its hour may be chosen freely. */
async function daysAhead(
  tx: Transaction,
  ctx: Context,
  { customerId, schedule: { clock, time }, start, now }: Asked,
): Promise<DueDay[]> {
  const [own] = await tx.execute<{ key: string; workspace: string }>(sql`
    select coalesce(c.time_zone, '') as key, w.time_zone as workspace
    from customers c join workspaces w on w.id = c.workspace_id
    where c.id = ${customerId} and c.workspace_id = ${ctx.workspaceId}`);
  if (!own) return [];
  const { key, workspace } = own;
  const zone = clock === "workspace" ? workspace : isZone(key) ? key : workspace;
  const day = start?.split("T")[0];
  const from = day ? (await localInstant(tx, ctx, { day, time: "00:00" })).getTime() - 1 : now.getTime();
  return dueDays([{ key: clock === "workspace" ? null : key, zone }], {
    time,
    since: new Date(from),
    until: new Date(from + DAYS_AHEAD * DAY_MS),
  });
}

/** What the campaign has let the customer in for: the matcher never does so twice. */
async function enteredFor(tx: Transaction, { campaignId, customerId }: Asked): Promise<Set<string>> {
  const rows = await tx.execute<{ occurrence: string }>(sql`
    select occurrence from automation_entries where campaign_id = ${campaignId} and customer_id = ${customerId}`);
  return new Set(rows.map(({ occurrence }) => occurrence));
}

/** The candidates with the policies that they are about. */
async function withPolicies(tx: Transaction, ctx: Context, found: Candidate[]): Promise<Occasion[]> {
  const ids = found.flatMap(({ policyId }) => policyId ?? []);
  const rows = await tx.execute<{ id: string; policyNumber: string; productName: string }>(sql`
    select id, policy_number as "policyNumber", product_name as "productName" from policies
    where id = any(${sql.param(ids)}::uuid[]) and workspace_id = ${ctx.workspaceId}`);
  const known = new Map(rows.map(({ id, ...policy }) => [id, policy]));
  return found.map((candidate) => ({
    ...candidate,
    ...(known.get(candidate.policyId ?? "") ?? { policyNumber: null, productName: null }),
  }));
}
