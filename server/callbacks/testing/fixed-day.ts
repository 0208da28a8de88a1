import type { Sql } from "postgres";
import type { TestDatabase } from "@/db/testing/database";
import type { Context } from "@/server/platform/context";
import { claimNextCallback } from "../claim-next";
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

/** The request that is next for this agent, claimed. */
export async function takeNext(agent: Context): Promise<{ callbackId: string; generation: number }> {
  const claim = await claimNextCallback(agent);
  if (!claim) throw new Error("nothing waits");
  return { callbackId: claim.callbackId, generation: claim.generation };
}

/** A clock of a request as it is stored, that of its latest cycle. */
export async function clockOf(owner: Sql, callbackId: string, metric: string) {
  const [row] = await owner<
    { status: string; due_at: Date | null; breached_at: Date | null }[]
  >`select * from sla_clocks where callback_id = ${callbackId} and metric = ${metric} order by cycle desc limit 1`;
  if (!row) throw new Error(`no clock ${metric}`);
  return row;
}

/** Minutes from the beginning to an instant. */
export const inMinutes = (date: Date | null): number | null =>
  date === null ? null : Math.round((date.getTime() - BEGIN) / 60_000);
