/**
 * What an inspector needs beyond Inngest's own API. Bearer token of the signing key, as for the rest of the API.
 * Times are milliseconds since the epoch. Errors: 400, 404, 409 with `{ error, status }`, a sentence each.
 *
 *   GET  /engine/functions
 *        { functions: [{ id, name, triggers, archived, counts: { queued, running, failed, cancelled } }] }
 *        counts: live runs, and those that failed or were cancelled in the last 24 hours
 *   GET  /engine/runs?function=ID&state=STATE&from=MS&to=MS&search=TEXT&after=CURSOR&limit=50
 *        newest first; { runs: [{ id, functionId, state, eventName, eventId, createdAt, startedAt, endedAt, steps,
 *        error }], next }: `next` is the cursor of the next page or null. state: queued, running, completed, failed,
 *        cancelled. search: a whole value in the event's data (two levels deep), such as a customer's or campaign's id
 *   GET  /engine/runs/:run
 *        { run, events, steps: [{ id, name, op, state, input, output, error, attempts, queuedAt, endedAt }],
 *          calls: [{ stepId, state, attempt, maxAttempts, nextAt, blockedBy, error }],
 *          waits: [{ stepId, eventName, expression, expiresAt }], sleeps: [{ stepId, until }], invoked: [run…] }
 *        inputs and outputs above 64 kB are left out and marked { truncated: bytes }
 *   POST /engine/runs/:run/retry    a failed or cancelled run goes on behind its last finished step
 *   POST /engine/runs/:run/cancel   ends a live run
 */
import { z } from "zod";
import type { Core } from "./core";
import { endRun } from "./endings";
import { HttpError, type Incoming, type Reply, type Route } from "./http";
import { inUnit } from "./intake";
import { retryRun } from "./retry-run";

const day = 86_400_000;
const states = ["queued", "running", "completed", "failed", "cancelled"] as const;

async function functions({ sql }: Core): Promise<Reply> {
  const [rows, counts] = await Promise.all([
    sql<{ id: string; name: string; config: string; archived_at: number | null }[]>`
      select id, name, config, archived_at from engine.function order by archived_at is not null, id`,
    sql<{ function_id: string; state: string; count: number }[]>`
      select function_id, state, count(*) from engine.run
      where state in ('queued', 'running')
        or (state in ('failed', 'cancelled') and created_at > engine.now_ms() - ${day})
      group by function_id, state`,
  ]);
  const list = rows.map(({ id, name, config, archived_at }) => {
    const own = counts
      .filter(({ function_id }) => function_id === id)
      .map(({ state, count }) => [state, count]);
    const { triggers } = JSON.parse(config) as { triggers: unknown };
    const none = { queued: 0, running: 0, failed: 0, cancelled: 0 };
    return {
      id,
      name,
      triggers,
      archived: archived_at !== null,
      counts: { ...none, ...Object.fromEntries(own) },
    };
  });
  return { body: { functions: list } };
}

const query = z.object({
  function: z.string().optional(),
  state: z.enum(states).optional(),
  from: z.coerce.number().optional(),
  to: z.coerce.number().optional(),
  search: z.string().optional(),
  after: z
    .string()
    .regex(/^\d+_\w+$/, "is not a cursor")
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

type Row = {
  id: string;
  function_id: string;
  state: string;
  event_name: string;
  event_id: string;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  step_count: number;
  error: string | null;
};

const parse = (text: string | null): unknown => (text === null ? null : JSON.parse(text));

const summary = (row: Row) => ({
  id: row.id,
  functionId: row.function_id,
  state: row.state,
  eventName: row.event_name,
  eventId: row.event_id,
  createdAt: row.created_at,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  steps: row.step_count,
  error: parse(row.error),
});

async function runs({ sql }: Core, { url }: Incoming): Promise<Reply> {
  const asked = query.parse(Object.fromEntries(url.searchParams));
  const [time, id] = asked.after?.split("_") ?? [];
  const rows = await sql<Row[]>`
    select id, function_id, state, event_name, event_id, created_at, started_at, ended_at, step_count, error
    from engine.run where true
      ${asked.function ? sql`and function_id = ${asked.function}` : sql``}
      ${asked.state ? sql`and state = ${asked.state}` : sql``}
      ${asked.from ? sql`and created_at >= ${asked.from}` : sql``}
      ${asked.to ? sql`and created_at < ${asked.to}` : sql``}
      ${asked.search ? sql`and terms @> array[${asked.search}]` : sql``}
      ${time && id ? sql`and (created_at, id) < (${Number(time)}, ${id})` : sql``}
    order by created_at desc, id desc limit ${asked.limit + 1}`;
  const page = rows.slice(0, asked.limit);
  const last = page.at(-1);
  const next = rows.length > page.length && last ? `${last.created_at}_${last.id}` : null;
  return { body: { runs: page.map(summary), next } };
}

const shown = 64 * 1024;
const value = (text: string | null): unknown =>
  text !== null && text.length > shown ? { truncated: text.length } : parse(text);

type StepRow = {
  id: string;
  name: string;
  op: string;
  state: string;
  memo: string | null;
  input: string | null;
  output: string | null;
  attempts: number;
  queued_at: number;
  ended_at: number | null;
};

const stepView = (step: StepRow) => ({
  id: step.id,
  name: step.name,
  op: step.op,
  state: step.state,
  input: value(step.input),
  output: step.memo === "error" ? null : value(step.output),
  error: step.memo === "error" ? value(step.output) : null,
  attempts: step.attempts,
  queuedAt: step.queued_at,
  endedAt: step.ended_at,
});

async function one({ sql }: Core, { params }: Incoming): Promise<Reply> {
  const id = params.run ?? "";
  const [run] = await sql<(Row & { output: string | null; max_attempts: number })[]>`
    select * from engine.run where id = ${id}`;
  if (!run) throw new HttpError(404, "There is no such run.");
  const [events, steps, calls, waits, sleeps, invoked] = await Promise.all([
    sql<{ body: string }[]>`
      select e.body from engine.run r cross join unnest(coalesce(r.event_ids, array[r.event_id])) with ordinality u (id, n)
      join engine.event e on e.id = u.id where r.id = ${id} order by u.n limit 100`,
    sql<
      StepRow[]
    >`select * from engine.step where run_id = ${id} order by coalesce(seq, 9223372036854775807), queued_at, id`,
    sql`select step_id as "stepId", state, attempt, ${run.max_attempts}::int as "maxAttempts", run_at as "nextAt",
        blocked_by as "blockedBy", error from engine.job where run_id = ${id} order by id`,
    sql`select step_id as "stepId", kind, event_name as "eventName", coalesce(expression, nullif(path, '')) as expression,
        expires_at as "expiresAt" from engine.wait where run_id = ${id} order by id`,
    sql`select step_id as "stepId", due_at as until from engine.timer where run_id = ${id} and kind = 'sleep' order by due_at`,
    sql<Row[]>`select * from engine.run where parent_run = ${id} order by id limit 200`,
  ]);
  const view = { ...summary(run), output: value(run.output) };
  const tries = calls.map((call) => ({ ...call, error: parse(call.error as string | null) }));
  const seen = events.map(({ body }) => value(body));
  return {
    body: {
      run: view,
      events: seen,
      steps: steps.map(stepView),
      calls: tries,
      waits,
      sleeps,
      invoked: invoked.map(summary),
    },
  };
}

async function retry(core: Core, { params }: Incoming): Promise<Reply> {
  const refusal = await retryRun(core, params.run ?? "");
  if (refusal) throw new HttpError(refusal.status, refusal.sentence);
  return { body: { ok: true } };
}

async function cancel(core: Core, { params }: Incoming): Promise<Reply> {
  const id = params.run ?? "";
  const [run] = await core.sql`select 1 from engine.run where id = ${id}`;
  if (!run) throw new HttpError(404, "There is no such run.");
  const ended = await inUnit(core, (unit) =>
    endRun(unit, id, { state: "cancelled", reason: "Cancelled by an operator." }),
  );
  if (!ended) throw new HttpError(409, "The run has ended already.");
  return { body: { ok: true } };
}

export const inspectRoutes: Route[] = [
  { method: "GET", pattern: "/engine/functions", access: "signed", handle: functions },
  { method: "GET", pattern: "/engine/runs", access: "signed", handle: runs },
  { method: "GET", pattern: "/engine/runs/:run", access: "signed", handle: one },
  { method: "POST", pattern: "/engine/runs/:run/retry", access: "signed", handle: retry },
  { method: "POST", pattern: "/engine/runs/:run/cancel", access: "signed", handle: cancel },
];
