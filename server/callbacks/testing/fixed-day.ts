import type { TestDatabase } from "@/db/testing/database";
import type { Context } from "@/server/platform/context";
import { requestCallback } from "../request";

/** Monday 17 August 2026, 10:00 in India, as milliseconds. */
export const BEGIN = Date.parse("2026-08-17T10:00+05:30");

/** A clock that stands on a fixed day, so that office hours and dial windows are the same whenever a test runs. */
export function fixedDay(db: TestDatabase) {
  let offset = 0;
  const go = async (seconds: number): Promise<void> => {
    offset += seconds;
    const [row] = await db.owner<{ shift: string }[]>`
      select (to_timestamp(${BEGIN / 1000 + offset}) - statement_timestamp())::text as shift`;
    await db.moveClock(row?.shift ?? "0");
  };
  return {
    /** Lets so many seconds pass. */
    go,
    /** Back to the beginning. */
    begin: (): Promise<void> => {
      offset = 0;
      return go(0);
    },
    /** Seconds since the beginning. */
    seconds: (): number => offset,
  };
}

/** An urgent request from a form; returns its id. */
export const ask = async (ctx: Context, more: object = {}): Promise<string> =>
  (
    await requestCallback(ctx, {
      phone: "98200 00001",
      requestType: "policy_issue",
      source: "form",
      urgency: "high",
      ...more,
    })
  ).id;
