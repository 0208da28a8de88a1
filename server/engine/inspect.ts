/**
 * What an inspector needs beyond Inngest's own API. Bearer token of the signing key, as for the rest of the API.
 * Times are milliseconds since the epoch. Errors: 400, 404, 409 with `{ error, status }`, a sentence each.
 *
 *   GET  /engine/functions?within=TEXT
 *        { functions: [{ id, name, triggers, archived, counts: { queued, running, waiting, failed, cancelled } }] }
 *        counts: live runs, and those that failed or were cancelled in the last 24 hours
 *   GET  /engine/runs?function=ID&state=STATE&from=MS&to=MS&within=TEXT&search=TEXT&after=CURSOR&before=CURSOR&limit=50
 *        newest first; { runs: [{ id, functionId, state, eventName, eventId, createdAt, startedAt, endedAt, steps,
 *        error, data }], previous, next }: the cursors of the neighbouring pages or null. state: queued, running,
 *        waiting, completed, failed, cancelled. within and search: a whole value in the event's data (two levels deep),
 *        such as a customer's or campaign's id; `within` must be there and is the asker's scope. function, state and
 *        search may be repeated: any of them. data: the event's data
 *   GET  /engine/runs/:run
 *        { run, events, steps: [{ id, name, op, state, input, output, error, attempts, queuedAt, endedAt }],
 *          calls: [{ stepId, state, attempt, maxAttempts, nextAt, blockedBy, error }],
 *          waits: [{ stepId, kind, eventName, expression, expiresAt }], sleeps: [{ stepId, until }], invoked: [run…] }
 *        inputs and outputs above 64 kB are left out and marked { truncated: bytes }
 *   POST /engine/runs/:run/retry    a failed or cancelled run goes on behind its last finished step
 *   POST /engine/runs/:run/cancel   ends a live run
 */
import { z } from "zod";
import type { Core, Sql } from "./core";
import { endRun } from "./endings";
import { HttpError, type Incoming, type Reply, type Route } from "./http";
import { inUnit } from "./intake";
import { retryRun } from "./retry-run";

const day = 86_400_000;
const states = ["queued", "running", "waiting", "completed", "failed", "cancelled"] as const;

/** A run that started and has nothing to call waits for a time, an event or another run. */
const stateSql = (sql: Sql) => sql`case when r.state = 'running' and not exists
  (select from engine.job j where j.run_id = r.id) then 'waiting' else r.state end`;

async function functions({ sql }: Core, { url }: Incoming): Promise<Reply> {
  const within = url.searchParams.get("within");
  const [rows, counts] = await Promise.all([
    sql<{ id: string; name: string; config: string; archived_at: number | null }[]>`
      select id, name, config, archived_at from engine.function order by archived_at is not null, id`,
    sql<{ function_id: string; state: string; count: number }[]>`
      select function_id, ${stateSql(sql)} as state, count(*) from engine.run r
      where (r.state in ('queued', 'running')
        or (r.state in ('failed', 'cancelled') and r.created_at > engine.now_ms() - ${day}))
        ${within ? sql`and r.terms @> array[${within}]` : sql``}
      group by 1, 2`,
  ]);
  const list = rows.map(({ id, name, config, archived_at }) => {
    const own = counts
      .filter(({ function_id }) => function_id === id)
      .map(({ state, count }) => [state, count]);
    const { triggers } = JSON.parse(config) as { triggers: unknown };
    const none = { queued: 0, running: 0, waiting: 0, failed: 0, cancelled: 0 };
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

const cursor = z.string().regex(/^\d+_\w+$/, "is not a cursor");
const query = z.object({
  function: z.array(z.string()),
  state: z.array(z.enum(states)),
  from: z.coerce.number().optional(),
  to: z.coerce.number().optional(),
  within: z.string().optional(),
  search: z.array(z.string()),
  after: cursor.optional(),
  before: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

function readQuery({ searchParams }: URL): z.infer<typeof query> {
  const all = (key: string) => searchParams.getAll(key);
  const many = { function: all("function"), state: all("state"), search: all("search") };
  return query.parse({ ...Object.fromEntries(searchParams), ...many });
}

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
  event: string | null;
};

const parse = (text: string | null): unknown => (text === null ? null : JSON.parse(text));

const shown = 64 * 1024;
const value = (text: string | null): unknown =>
  text !== null && text.length > shown ? { truncated: text.length } : parse(text);

const dataOf = (body: string | null): unknown =>
  body !== null && body.length > shown
    ? { truncated: body.length }
    : (parse(body) as { data?: unknown })?.data;

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
  data: dataOf(row.event) ?? null,
});

/** Which of the stored states are asked for, and of the started runs only those with or without something to call. */
function stateFilter(sql: Sql, asked: string[]) {
  if (asked.length === 0) return sql``;
  const [running, waiting] = [asked.includes("running"), asked.includes("waiting")];
  const stored = [...asked.filter((state) => state !== "waiting"), ...(waiting ? ["running"] : [])];
  const job = sql`exists (select from engine.job j where j.run_id = r.id)`;
  const called =
    running === waiting ? sql`` : sql`and (r.state <> 'running' or ${running ? job : sql`not ${job}`})`;
  return sql`and r.state = any(${stored}) ${called}`;
}

const cursorOf = (row: Row | undefined) => (row ? `${row.created_at}_${row.id}` : null);

async function runs({ sql }: Core, { url }: Incoming): Promise<Reply> {
  const asked = readQuery(url);
  const { before, limit } = asked;
  const [time, id] = (before ?? asked.after)?.split("_") ?? [];
  const place = time && id ? sql`(${Number(time)}, ${id})` : null;
  const order = before ? sql`created_at, id` : sql`created_at desc, id desc`;
  const rows = await sql<Row[]>`
    select p.*, e.body as event from (
      select id, function_id, ${stateSql(sql)} as state, event_name, event_id, created_at, started_at, ended_at,
        step_count, error
      from engine.run r where true
        ${asked.function.length > 0 ? sql`and function_id = any(${asked.function})` : sql``}
        ${stateFilter(sql, asked.state)}
        ${asked.from ? sql`and created_at >= ${asked.from}` : sql``}
        ${asked.to ? sql`and created_at < ${asked.to}` : sql``}
        ${asked.within ? sql`and terms @> array[${asked.within}]` : sql``}
        ${asked.search.length > 0 ? sql`and terms && ${asked.search}` : sql``}
        ${place ? sql`and (created_at, id) ${before ? sql`>` : sql`<`} ${place}` : sql``}
      order by ${order} limit ${limit + 1}
    ) p left join engine.event e on e.id = p.event_id order by ${order}`;
  const page = rows.slice(0, limit);
  if (before) page.reverse();
  const more = rows.length > limit;
  const previous = (before ? more : asked.after) ? cursorOf(page[0]) : null;
  const next = before || more ? cursorOf(page.at(-1)) : null;
  return { body: { runs: page.map(summary), previous, next } };
}

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
    select r.*, ${stateSql(sql)} as state, e.body as event
    from engine.run r left join engine.event e on e.id = r.event_id where r.id = ${id}`;
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
    sql<Row[]>`select r.*, ${stateSql(sql)} as state, e.body as event
      from engine.run r left join engine.event e on e.id = r.event_id where r.parent_run = ${id} order by r.id limit 200`,
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
