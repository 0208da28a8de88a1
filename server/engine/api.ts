/**
 * The HTTP surface that SDK and tools of Inngest use.
 *
 *   POST   /e/:key                        events in: one object or an array of up to 5,000; answers their ids
 *   POST   /fn/register                   an app lists its functions; 400 with a sentence when one cannot be run here
 *   POST   /v1/checkpoint/:run/async      a call reports finished steps while it goes on; 409 when its lease is gone
 *   GET    /v0/runs/:run/batch, /actions  events and memoised steps of a run whose state is too large for a request
 *   GET    /v1/runs/:run                  status and output · DELETE cancels
 *   GET    /v1/events/:event              the event · GET /v1/events/:event/runs its runs
 *   GET    /health                        200 when the database answers
 */
import { z } from "zod";
import { opList } from "./answer";
import { eventsOf, stateOf } from "./call";
import { type Core, signingKeys } from "./core";
import { endRun } from "./endings";
import { HttpError, type Incoming, type Reply, type Route } from "./http";
import { acceptEvents, incomingEvent, inUnit } from "./intake";
import { register } from "./registry";
import { checkpoint } from "./settle";

const maxEvents = 5000;
const maxEvent = 3 * 1024 * 1024;

function isEventKey(core: Core, key: string): boolean {
  return signingKeys(core.config).length === 0 || (core.config.eventKey ?? "") === key;
}

async function postEvents(core: Core, { params, headers, json }: Incoming): Promise<Reply> {
  if (!isEventKey(core, params.key ?? "")) throw new HttpError(401, "Event key not found");
  const body = json();
  const given = Array.isArray(body) ? body : [body];
  if (given.length > maxEvents) throw new HttpError(400, "A request may carry at most 5,000 events.");
  const events = given.map((event, index) => {
    const parsed = incomingEvent.safeParse(event);
    if (!parsed.success)
      throw new HttpError(400, `Event ${index + 1} is not valid: it needs a name, and data as an object.`);
    if (parsed.data.name.startsWith("inngest/"))
      throw new HttpError(400, "Names beginning with inngest/ are reserved.");
    if (JSON.stringify(event).length > maxEvent)
      throw new HttpError(400, `Event ${index + 1} is larger than 3 MiB.`);
    return parsed.data;
  });
  const seed = headers["x-inngest-event-id-seed"];
  return { body: { ids: await acceptEvents(core, events, String(seed ?? "")), status: 200 } };
}

async function postRegistration(core: Core, { json }: Incoming): Promise<Reply> {
  const result = await register(core, json());
  return { status: result.status, body: { ok: result.status === 200, ...result } };
}

const checkpointBody = z.looseObject({
  qi_id: z.string(),
  generation_id: z.number().int().default(-1),
  steps: opList,
});

async function postCheckpoint(core: Core, { params, json }: Incoming): Promise<Reply> {
  const body = checkpointBody.parse(json());
  if (await checkpoint(core, { ...body, run_id: params.run ?? "" })) return { body: { ok: true } };
  throw new HttpError(409, "This call no longer holds its run.");
}

type RunRow = {
  id: string;
  function_id: string;
  state: string;
  event_id: string;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  output: string | null;
  error: string | null;
};

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const statusOf: Record<string, string> = {
  queued: "Running",
  running: "Running",
  completed: "Completed",
  failed: "Failed",
  cancelled: "Cancelled",
};

function publicRun(run: RunRow) {
  const result = run.output ?? run.error;
  return {
    run_id: run.id,
    run_started_at: iso(run.started_at ?? run.created_at),
    function_id: run.function_id,
    event_id: run.event_id,
    status: statusOf[run.state],
    ended_at: iso(run.ended_at),
    output: result === null ? null : (JSON.parse(result) as unknown),
  };
}

async function getRun(core: Core, { params }: Incoming): Promise<Reply> {
  const [run] = await core.sql<RunRow[]>`select * from engine.run where id = ${params.run ?? ""}`;
  if (!run) throw new HttpError(404, "There is no such run.");
  return { body: { data: publicRun(run) } };
}

async function deleteRun(core: Core, { params }: Incoming): Promise<Reply> {
  const id = params.run ?? "";
  const [run] = await core.sql`select 1 from engine.run where id = ${id}`;
  if (!run) throw new HttpError(404, "There is no such run.");
  await inUnit(core, (unit) => endRun(unit, id, { state: "cancelled", reason: "Cancelled over the API." }));
  return { body: { ok: true } };
}

async function getEvent(core: Core, { params }: Incoming): Promise<Reply> {
  const [event] = await core.sql<{ id: string; name: string; body: string; received_at: number }[]>`
    select * from engine.event where id = ${params.event ?? ""}`;
  if (!event) throw new HttpError(404, "There is no such event.");
  const body = JSON.parse(event.body) as Record<string, unknown>;
  return { body: { data: { ...body, internal_id: event.id, received_at: iso(event.received_at) } } };
}

async function getEventRuns(core: Core, { params }: Incoming): Promise<Reply> {
  const id = params.event ?? "";
  const runs = await core.sql<
    RunRow[]
  >`select * from engine.run where event_id = ${id} order by id limit 1000`;
  if (runs.length > 0) return { body: { data: runs.map(publicRun) } };
  // A member of a batch that is not its first event.
  const batched = await core.sql<RunRow[]>`
    select * from engine.run where event_ids is not null and event_ids @> array[${id}] order by id limit 100`;
  return { body: { data: batched.map(publicRun) } };
}

async function health(core: Core): Promise<Reply> {
  const [row] = await core.sql<{ now: number }[]>`select engine.now_ms() as now`;
  return {
    body: {
      status: "ok",
      time: iso(row?.now ?? null),
      mode: signingKeys(core.config).length > 0 ? "cloud" : "dev",
    },
  };
}

const unsupported = (what: string) => () => {
  throw new HttpError(501, `This engine does not serve ${what}.`);
};

export const apiRoutes: Route[] = [
  { method: "GET", pattern: "/health", access: "open", handle: health },
  { method: "POST", pattern: "/e/:key", access: "event key", handle: postEvents },
  { method: "POST", pattern: "/fn/register", access: "signed", handle: postRegistration },
  { method: "POST", pattern: "/v1/checkpoint/:run/async", access: "signed", handle: postCheckpoint },
  {
    method: "GET",
    pattern: "/v0/runs/:run/batch",
    access: "signed",
    handle: async ({ sql }, { params }) => ({
      body: `[${(await eventsOf(sql, params.run ?? "")).join(",")}]`,
    }),
  },
  {
    method: "GET",
    pattern: "/v0/runs/:run/actions",
    access: "signed",
    handle: async ({ sql }, { params }) => ({ body: await stateOf(sql, params.run ?? "") }),
  },
  { method: "GET", pattern: "/v1/runs/:run", access: "signed", handle: getRun },
  { method: "DELETE", pattern: "/v1/runs/:run", access: "signed", handle: deleteRun },
  { method: "GET", pattern: "/v1/events/:event", access: "signed", handle: getEvent },
  { method: "GET", pattern: "/v1/events/:event/runs", access: "signed", handle: getEventRuns },
  { method: "POST", pattern: "/v1/signals", access: "signed", handle: unsupported("signals") },
  { method: "POST", pattern: "/v1/realtime/publish", access: "signed", handle: unsupported("realtime") },
  { method: "POST", pattern: "/v1/realtime/token", access: "signed", handle: unsupported("realtime") },
  {
    method: "POST",
    pattern: "/v1/cancellations",
    access: "signed",
    handle: unsupported("bulk cancellations"),
  },
  { method: "POST", pattern: "/v1/checkpoint", access: "signed", handle: unsupported("durable endpoints") },
  { method: "POST", pattern: "/v0/connect/start", access: "signed", handle: unsupported("connect") },
];
