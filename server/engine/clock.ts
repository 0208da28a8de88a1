/**
 * The movable clock, served only by an engine that was started with ENGINE_TEST_CLOCK=1.
 *
 *   GET  /test/clock   { now, next, busy }: the time, when something is due next, and how much is due, ready, out or to be set right
 *   POST /test/clock   { to: milliseconds }: moves the time forward or back
 */
import { z } from "zod";
import type { Core } from "./core";
import { nextSlot } from "./cron-expression";
import type { Reply, Route } from "./http";

/** Schedules that still stand for a later time than the clock says, because it went back: `next` is not true yet. */
async function wrongSchedules(core: Core, now: number): Promise<number> {
  const crons = await core.sql<{ expression: string; next_at: number }[]>`
    select expression, next_at from engine.cron`;
  return crons.filter(({ expression, next_at }) => next_at > (nextSlot(expression, now) ?? next_at)).length;
}

async function read(core: Core): Promise<Reply> {
  const [row] = await core.sql<{ now: number; next: number | null; busy: number }[]>`
    with clock as (select engine.now_ms() as now)
    select now,
      least((select min(due_at) from engine.timer), (select min(next_at) from engine.cron),
        (select min(run_at) from engine.job where state = 'future'), (select min(wake_at) from engine.rate)) as next,
      (select count(*) from engine.job where state in ('ready', 'leased') or (state = 'future' and run_at <= now))
        + (select count(*) from engine.timer where due_at <= now) + (select count(*) from engine.cron where next_at <= now)
        + (select count(*) from engine.rate where wake_at <= now) as busy
    from clock`;
  if (!row) throw new Error("The clock's table is empty.");
  return { body: { ...row, busy: row.busy + (await wrongSchedules(core, row.now)) } };
}

export const clockRoutes: Route[] = [
  { method: "GET", pattern: "/test/clock", access: "signed", handle: read },
  {
    method: "POST",
    pattern: "/test/clock",
    access: "signed",
    handle: async (core, { json }) => {
      const { to } = z.object({ to: z.number().int() }).parse(json());
      await core.sql`update engine.clock set offset_ms = offset_ms + ${to} - engine.now_ms()`;
      core.wake();
      core.tick();
      return read(core);
    },
  },
];
