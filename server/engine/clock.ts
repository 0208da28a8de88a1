/**
 * The movable clock, served only by an engine that was started with ENGINE_TEST_CLOCK=1.
 *
 *   GET  /test/clock   { now, next, busy }: the time, when something is due next, and jobs that are ready or out
 *   POST /test/clock   { to: milliseconds }: moves the time forward or back
 */
import { z } from "zod";
import type { Core } from "./core";
import type { Reply, Route } from "./http";

async function read(core: Core): Promise<Reply> {
  const [row] = await core.sql<{ now: number; next: number | null; busy: number }[]>`
    select engine.now_ms() as now,
      least((select min(due_at) from engine.timer), (select min(next_at) from engine.cron),
        (select min(run_at) from engine.job where state = 'future'), (select min(wake_at) from engine.rate)) as next,
      (select count(*) from engine.job where state in ('ready', 'leased')) as busy`;
  return { body: row };
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
      return read(core);
    },
  },
];
