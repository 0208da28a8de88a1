import { setTimeout as delay } from "node:timers/promises";
import { withHotTransaction } from "@/db/transaction";
import type { Going, Lease } from "./lease";

/** How far ahead places are dealt out: a pause or another rate counts after that at the latest. */
const HORIZON = "400 milliseconds";
/** Longest sleep between two questions, so that whoever waits sees a pause. */
const LONGEST_SLEEP_MS = 250;

/** When messages may go, on this process's monotonic clock (ms), in order; or why none may now. */
export type Places = { at: number[]; why: "pace" | "daily_limit" | null };

type Row = {
  granted: number;
  /** The database's clock (ms). */
  at_ms: number;
  account_ms: number | null;
  campaign_ms: number | null;
  wait_ms: number;
  why: Places["why"];
};

/** Whether anything limits how fast a lease's messages may go. */
export const isPaced = ({ accountRate, campaignRate, dayLimit }: Going): boolean =>
  accountRate !== null || campaignRate !== null || dayLimit !== null;

/** The lower of the two paces (messages a second); null: none is set. */
function rateOf(going: Going | null): number | null {
  const rates = [going?.accountRate, going?.campaignRate].filter((rate) => typeof rate === "number");
  return rates.length === 0 ? null : Math.min(...rates);
}

/**
 * Places are dealt out at this share of a pace: without room between them, a message a few milliseconds late would be one
 * too many in the second in which it arrives, and would have to give up its place. The promise is 98 % of the pace.
 */
const DEALT = 0.99;
const dealtRate = (rate: number | null): number | null => (rate === null ? null : rate * DEALT);

/** Time between two places (ms). */
export const apartMs = (going: Going): number =>
  1_000 / (dealtRate(rateOf(going)) ?? Number.POSITIVE_INFINITY);

/**
 * Members that a quarter of a second needs: what is decided early would be old when it is sent, and deciding about many at
 * once keeps those waiting whose place has come.
 */
export function pacedBatch(going: Going | null, most: number): number {
  const rate = rateOf(going);
  return rate === null ? most : Math.min(most, Math.max(1, Math.ceil(rate / 4)));
}

/**
 * How late a place may be used (ms). Later ones are given up: they would arrive in a second that has its own, where one
 * message or a hundredth too many is the most that is promised. A little is left for the way to the provider.
 */
export function mostLate(going: Going): number {
  const rate = rateOf(going);
  if (rate === null) return LONGEST_LATE_MS;
  const mostInASecond = rate + Math.max(1, Math.floor(rate / 100));
  return Math.min(LONGEST_LATE_MS, mostInASecond * apartMs(going) - 1_000 - WAY_MS);
}
const LONGEST_LATE_MS = 100;
/** How much longer than another a message may be on its way to the provider. */
const WAY_MS = 5;

/**
 * What recording a window and deciding about the next takes (seconds): a lane that nobody shares the bucket with takes the
 * places that come meanwhile before, where the later of them can still be used. Where others wait, they take them.
 */
const TURN_S = 0.15;
/** A first place this near (ms) had nobody before it. */
const ALONE_MS = 20;

/**
 * Deals out places in time from the buckets that all workers share. The lanes of a process that want the same bucket ask
 * one after the other: asking all at once would only make them wait for each other in the database.
 */
export class Pacer {
  readonly #queues = new Map<string, Promise<void>>();
  /** Places of a lease for its next window. */
  readonly #kept = new WeakMap<Lease, number[]>();
  /** Leases whose last places began at once. */
  readonly #alone = new WeakSet<Lease>();
  /** What an account's channel usually takes for one message (ms). */
  readonly #usual = new Map<string, number>();
  /** Places that an account gives up because messages of earlier ones arrived among later ones. */
  readonly #owed = new Map<string, { places: number; until: number }>();

  /** Waits for its turn and a little longer; an empty list means "ask again". */
  async take(lease: Lease, going: Going, wanted: number): Promise<Places> {
    const kept = this.#kept.get(lease)?.filter((at) => at >= performance.now() - mostLate(going)) ?? [];
    const places = kept.length > 0 ? { at: kept, why: null } : await this.#askAhead(lease, going, wanted);
    this.#kept.set(lease, places.at.slice(wanted));
    return { ...places, at: places.at.slice(0, wanted) };
  }

  /**
   * Told of each hand-over that ended now. The usual duration follows the quick ones fast and the slow ones slowly. One that
   * came so late (the channel or this machine stalled) that it counts in a second with places of its own owes a place.
   */
  took(
    { account: { accountId } }: Lease,
    going: Going,
    { places, at, begun }: { places: number; at: number; begun: number },
  ): void {
    const now = performance.now();
    const ms = now - begun;
    const usual = this.#usual.get(accountId) ?? ms;
    this.#usual.set(accountId, usual + (ms - usual) * (ms < usual ? 0.2 : 0.01));
    if (now - at - usual > mostLate(going) + WAY_MS)
      this.#owed.set(accountId, { places: this.#owing(accountId) + places, until: now + 1_000 });
  }

  /** Whether the next places must be given up for messages that came late; they are then no longer owed. */
  owes({ account: { accountId } }: Lease, places: number): boolean {
    const owing = this.#owing(accountId);
    if (owing > 0) this.#owed.set(accountId, { places: owing - places, until: performance.now() + 1_000 });
    return owing > 0;
  }

  #owing(accountId: string): number {
    const owed = this.#owed.get(accountId);
    return owed && owed.until > performance.now() ? Math.max(0, owed.places) : 0;
  }

  /**
   * How many hand-overs this far apart (ms) may be under way at once: what the channel usually needs and one more. When it
   * stalls, the rest waits and gives up its places; sent on, all of them would arrive together.
   */
  mostUnderWay({ account: { accountId } }: Lease, apartMs: number): number {
    return Math.max(1, Math.ceil((1.2 * (this.#usual.get(accountId) ?? 0)) / apartMs));
  }

  async #askAhead(lease: Lease, going: Going, wanted: number): Promise<Places> {
    const more = going.dayLimit === null && lease.cursor < lease.size && this.#alone.has(lease);
    const ahead = more ? Math.ceil((rateOf(going) ?? 0) * TURN_S) : 0;
    const places = await this.#ask(lease, going, wanted + ahead);
    const [first] = places.at;
    if (first !== undefined && first - performance.now() < ALONE_MS) this.#alone.add(lease);
    else this.#alone.delete(lease);
    return places;
  }

  #ask(lease: Lease, going: Going, wanted: number): Promise<Places> {
    const key = `${lease.account.accountId} ${going.campaignRate === null ? "" : lease.campaignId}`;
    const turn = (this.#queues.get(key) ?? Promise.resolve()).then(() => takePlaces(lease, going, wanted));
    const after = turn.then(
      () => {},
      () => {}, // the asker hears of it
    );
    this.#queues.set(key, after);
    void after.then(() => {
      if (this.#queues.get(key) === after) this.#queues.delete(key);
    });
    return turn;
  }
}

/** How far this process's clock is ahead of the database's (ms), by the quickest answer of late. */
let ahead: number | null = null;
let lastSeen = 0;
/** The two clocks drift apart by less than this share. */
const DRIFT = 0.001;
/** More than an answer ever takes: somebody set the database's clock. */
const CLOCK_WAS_SET_MS = 2_000;

/**
 * The moment of the database's clock on this process's own. An answer's way is not the same each time: taken from its
 * arrival, the places of two lanes would overlap by the difference.
 */
function onOwnClock(atMs: number): number {
  const now = performance.now();
  const seen = now - atMs;
  if (ahead === null || Math.abs(seen - ahead) > CLOCK_WAS_SET_MS) ahead = seen;
  ahead = Math.min(seen, ahead + (now - lastSeen) * DRIFT);
  lastSeen = now;
  return atMs + ahead;
}

async function takePlaces(lease: Lease, going: Going, wanted: number): Promise<Places> {
  const { accountId } = lease.account;
  const [row] = await withHotTransaction(
    lease.workspaceId,
    (sql) => sql<Row[]>`
      select granted, extract(epoch from at)::float8 * 1000 as at_ms, extract(epoch from account_first - at)::float8 * 1000 as account_ms,
        extract(epoch from campaign_first - at)::float8 * 1000 as campaign_ms, wait_ms, why
      from take_places(${lease.workspaceId}, ${accountId}, ${dealtRate(going.accountRate)}, ${going.dayLimit},
        (clock_now() at time zone ${lease.circumstances.workspace.timeZone})::date, ${lease.campaignId},
        ${dealtRate(going.campaignRate)}, ${wanted}, ${HORIZON}::interval)`,
  );
  if (!row) throw new Error("a bucket gave no answer");
  const moment = onOwnClock(row.at_ms);
  if (row.granted === 0) {
    if (row.why !== "daily_limit") await delay(Math.min(Math.max(row.wait_ms, 5), LONGEST_SLEEP_MS));
    return { at: [], why: row.why };
  }
  const step = (rate: number | null) => 1_000 / (dealtRate(rate) ?? Number.POSITIVE_INFINITY);
  return {
    at: Array.from({ length: row.granted }, (_, index) =>
      Math.max(
        moment + (row.account_ms ?? 0) + index * step(going.accountRate),
        going.campaignRate === null ? 0 : moment + (row.campaign_ms ?? 0) + index * step(going.campaignRate),
      ),
    ),
    why: null,
  };
}

const FIRST_BACK_OFF_MS = 250;
const LONGEST_BACK_OFF_MS = 60_000;

/**
 * A provider asked for less: nothing goes through the account for a while, from any worker. Its own hint decides, else the
 * waits double until it takes a message again. `tookMost`: of what it was handed just now it took more than it refused; then
 * the wait is the first one, however often that happens. A server that turns away one message in fifty would otherwise be
 * waited for longer and longer.
 */
export async function slowDown(
  lease: Lease,
  { hintMs, tookMost }: { hintMs: number | null; tookMost: boolean },
): Promise<void> {
  await withHotTransaction(
    lease.workspaceId,
    (sql) => sql`
      insert into channel_buckets as k (account_id, workspace_id, next_at, throttles, blocked_until)
      values (${lease.account.accountId}, ${lease.workspaceId}, clock_timestamp(), 1,
        clock_now() + ${hintMs ?? FIRST_BACK_OFF_MS}::float8 * interval '1 millisecond')
      on conflict (account_id) do update set throttles = case when ${tookMost} then 1 else k.throttles + 1 end,
        blocked_until = greatest(k.blocked_until, clock_now() + coalesce(${hintMs}::float8,
          least(${FIRST_BACK_OFF_MS} * power(2, case when ${tookMost} then 0 else least(k.throttles, 10) end),
            ${LONGEST_BACK_OFF_MS})) * interval '1 millisecond')`,
  );
}

/** The account has sent what a day allows: it goes on at the workspace's midnight. */
export async function waitForTomorrow(lease: Lease): Promise<void> {
  const zone = lease.circumstances.workspace.timeZone;
  await withHotTransaction(
    lease.workspaceId,
    (sql) => sql`
      update channel_buckets set blocked_until =
        (date_trunc('day', clock_now() at time zone ${zone}) + interval '1 day') at time zone ${zone}
      where account_id = ${lease.account.accountId}`,
  );
}
