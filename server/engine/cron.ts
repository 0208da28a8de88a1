import { canonical } from "./canonical";
import type { Core } from "./core";
import { nextSlot } from "./cron-expression";
import { ulid } from "./ids";
import { inUnit } from "./intake";
import { insertRuns } from "./runs";
import type { EngineEvent, Unit } from "./unit";

type CronRow = {
  function_id: string;
  expression: string;
  jitter_ms: number;
  next_at: number;
  last_slot: number | null;
};

async function startSlot(unit: Unit, { function_id, expression, jitter_ms }: CronRow): Promise<void> {
  const fn = unit.functions.find(({ id }) => id === function_id);
  if (!fn) return;
  const id = ulid(unit.now);
  const body = { id, name: "inngest/scheduled.timer", data: { cron: expression }, ts: unit.now };
  const event: EngineEvent = { id, body, text: canonical(body), internal: true };
  await unit.tx`
    insert into engine.event (id, name, body, received_at) values (${id}, ${body.name}, ${event.text}, ${unit.now})`;
  await insertRuns(unit, [{ fn, events: [event], delayMs: Math.floor(Math.random() * jitter_ms) }]);
}

/**
 * Starts the functions whose schedule is due: once however many slots were missed, and never twice for one slot.
 * A next slot that lies further away than the schedule says (the clock went back) is set right.
 */
export async function fireCrons(core: Core): Promise<number> {
  const [any] = await core.sql`select 1 from engine.cron limit 1`;
  if (!any) return 0;
  return inUnit(core, async (unit) => {
    const { tx, now } = unit;
    const rows = await tx<
      CronRow[]
    >`select * from engine.cron order by function_id, expression for update skip locked`;
    let started = 0;
    for (const row of rows) {
      const next = nextSlot(row.expression, now) ?? Number.MAX_SAFE_INTEGER;
      const due = row.next_at <= now;
      if (!due && row.next_at <= next) continue;
      const fired = row.last_slot !== null && row.last_slot >= row.next_at && row.last_slot <= now;
      if (due && !fired) {
        await startSlot(unit, row);
        started++;
      }
      await tx`update engine.cron set next_at = ${next}, last_slot = ${due ? row.next_at : row.last_slot}
        where function_id = ${row.function_id} and expression = ${row.expression}`;
    }
    return started;
  });
}
