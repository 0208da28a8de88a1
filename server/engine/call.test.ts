import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { buildRequests, type Call } from "./call";
import type { Core, Sql } from "./core";
import { createStage, silent } from "./testing/stage";

const db = await testDatabase();
const { sql, config, start } = createStage(db.url);

/** A client that does `after` when the first statement about steps was answered, and only then sends the next. */
function finishingBetween(real: Sql, after: () => Promise<unknown>): Sql {
  let turn: Promise<unknown> = Promise.resolve();
  return new Proxy(real, {
    apply(target, self, [text, ...values]: [TemplateStringsArray, ...never[]]) {
      if (!text.join("").includes("engine.step")) return Reflect.apply(target, self, [text, ...values]);
      const rows = turn.then(() => target(text, ...values));
      turn = rows.then(after);
      return turn.then(() => rows);
    },
  });
}

test("a step that finishes while a call is written is in it as finished or as under way, never as neither", async () => {
  await start();
  await sql`insert into engine.event (id, name, body, received_at) values ('e', 'two', '{}', 1)`;
  await sql`insert into engine.run (id, function_id, event_id, event_name, created_at, max_attempts, state, step_count)
    values ('r', 'two', 'e', 'two', 1, 1, 'running', 1)`;
  await sql`insert into engine.step (run_id, id, name, op, state, queued_at) values ('r', 'slow', 'slow', 'StepPlanned', 'pending', 1)`;
  const finish = () =>
    sql`update engine.step set state = 'done', memo = 'data', output = '1', seq = 1, ended_at = 1 where id = 'slow'`;
  const core = { sql: finishingBetween(sql, finish), config, log: silent } as unknown as Core;
  const call = { id: 1, run_id: "r", function_id: "two", step_id: null, attempt: 0, generation: 1, keys: [] };
  const rest = { lost: 0, event_id: "e", event_ids: null, max_attempts: 1, step_count: 1, state_bytes: 0 };
  const requests = await buildRequests(core, [{ ...call, ...rest, url: "http://app.test/" } satisfies Call]);
  const { ctx, steps } = JSON.parse(requests.get(1)?.body ?? "{}");
  expect([ctx.disable_immediate_execution, Object.keys(steps)]).toEqual([true, []]);
});
