import { eq, sql } from "drizzle-orm";
import { throttles } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { AppError } from "@/server/platform/errors";
import { mac } from "@/server/platform/secrets";

/** Attempts that a door allows in one window, for one key. Addresses get more: an office shares one. */
const doors = {
  "sign-in:identifier": { max: 8, seconds: 15 * 60 },
  "sign-in:address": { max: 60, seconds: 15 * 60 },
  "password-reset:identifier": { max: 3, seconds: 15 * 60 },
  "password-reset:address": { max: 20, seconds: 60 * 60 },
  "password-confirmation:user": { max: 8, seconds: 15 * 60 },
  // Tests of campaigns go through real accounts: somebody pays for each, and the phone is not always one's own.
  "test-message:user": { max: 30, seconds: 15 * 60 },
  // Links of customers: a link's own changes, and guesses at links. A mail provider presses many customers' buttons from
  // one address, so good links are never counted by address.
  "customer-link:changes": { max: 30, seconds: 15 * 60 },
  "customer-link:guesses": { max: 60, seconds: 15 * 60 },
  // The public form for calls: anybody may use it, nobody may flood the queue with it.
  "call-me:visitor": { max: 10, seconds: 15 * 60 },
  "call-me:number": { max: 5, seconds: 60 * 60 },
} as const;

export type Door = keyof typeof doors;

// Keyed hashes: the table must not become a list of who tried to sign in from where.
const keyOf = (door: Door, value: string): string =>
  mac("throttle", `${door} ${value}`).toString("base64url");

/**
 * Counts one attempt before it is made, so that parallel guesses cannot slip through together. Its own transaction: a
 * refused attempt stays counted. @throws AppError LIMIT_EXCEEDED with the time to wait (`retryAfterSeconds`)
 */
export async function countAttempt(door: Door, value: string): Promise<void> {
  const { max, seconds } = doors[door];
  const over = sql`${throttles.windowStartedAt} <= clock_now() - make_interval(secs => ${seconds})`;
  const [row] = await withTransaction({ workspaceId: null }, (tx) =>
    tx
      .insert(throttles)
      .values({ key: keyOf(door, value), count: 1 })
      .onConflictDoUpdate({
        target: throttles.key,
        set: {
          count: sql`case when ${over} then 1 else ${throttles.count} + 1 end`,
          windowStartedAt: sql`case when ${over} then clock_now() else ${throttles.windowStartedAt} end`,
        },
      })
      .returning({
        count: throttles.count,
        wait: sql<number>`ceil(extract(epoch from ${throttles.windowStartedAt} - clock_now()) + ${seconds})::int`,
      }),
  );
  if (!row || row.count <= max) return;
  throw new AppError("LIMIT_EXCEEDED", `Too many attempts. Try again in ${inWords(row.wait)}.`, {
    retryAfterSeconds: row.wait,
  });
}

/** Takes back the count of an attempt that proved good: all of it for a person, one for a shared address. */
export async function forgiveAttempt(door: Door, value: string, all: boolean): Promise<void> {
  await withTransaction({ workspaceId: null }, (tx) =>
    tx
      .update(throttles)
      .set({ count: all ? 0 : sql`greatest(${throttles.count} - 1, 0)` })
      .where(eq(throttles.key, keyOf(door, value))),
  );
}

function inWords(seconds: number): string {
  if (seconds <= 90) return `${Math.max(seconds, 1)} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
