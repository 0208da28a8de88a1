import { canonical } from "./canonical";
import type { Core, Sql, Tx } from "./core";

/** A leased job with what its call needs. */
export type Call = {
  id: number;
  run_id: string;
  function_id: string;
  step_id: string | null;
  attempt: number;
  lost: number;
  generation: number;
  keys: string[];
  event_id: string;
  event_ids: string[] | null;
  max_attempts: number;
  step_count: number;
  state_bytes: number;
  url: string;
};

/** State above this is not sent: the SDK is told to read it from the API. */
const inlineLimit = 4 * 1024 * 1024 - 1024;

type StepRow = { run_id: string; id: string; memo: string; output: string };
type Steps = { finished: StepRow[]; planned: Set<string> };

/**
 * The finished steps of runs in the order in which they finished, and the runs in which a planned step is not finished.
 * One statement, because both must be true at the same moment: between two, a step could finish and be in neither.
 */
async function loadSteps(sql: Sql | Tx, runIds: string[]): Promise<Steps> {
  if (runIds.length === 0) return { finished: [], planned: new Set() };
  const rows = await sql<(StepRow & { state: string })[]>`
    select run_id, id, memo, output, state from engine.step
    where run_id = any(${runIds}) and (state <> 'pending' or op = 'StepPlanned') order by seq`;
  const planned = rows.filter(({ state }) => state === "pending").map(({ run_id }) => run_id);
  return { finished: rows.filter(({ state }) => state !== "pending"), planned: new Set(planned) };
}

const memoText = ({ memo, output }: StepRow): string => (memo === "bare" ? output : `{"${memo}":${output}}`);

function stepsText(steps: StepRow[]): string {
  const sorted = [...steps].sort((a, b) => (a.id < b.id ? -1 : 1));
  return `{${sorted.map((step) => `"${step.id}":${memoText(step)}`).join(",")}}`;
}

/** The memoised steps of one run as the SDK reads them from `/v0/runs/:id/actions`. */
export async function stateOf(sql: Sql, runId: string): Promise<string> {
  return stepsText((await loadSteps(sql, [runId])).finished);
}

/** The events of one run, in order, as canonical JSON texts. */
export async function eventsOf(sql: Sql, runId: string): Promise<string[]> {
  const rows = await sql<{ body: string }[]>`
    select e.body from engine.run r
    cross join unnest(coalesce(r.event_ids, array[r.event_id])) with ordinality as u (id, n)
    join engine.event e on e.id = u.id where r.id = ${runId} order by u.n`;
  return rows.map(({ body }) => body);
}

export type Request = { body: string; headers: Record<string, string>; address: string };

function context(call: Call, stack: string[], useApi: boolean, pending: boolean): string {
  return canonical({
    attempt: call.attempt,
    disable_immediate_execution: pending,
    env: "",
    fn_id: call.function_id,
    generation_id: call.generation,
    job_id: String(call.id),
    max_attempts: call.max_attempts,
    qi_id: String(call.id),
    request_id: `${call.id}-${call.generation}`,
    run_id: call.run_id,
    stack: { current: stack.length, stack },
    step_id: call.step_id ?? "step",
    use_api: useApi,
  });
}

function address(call: Call): string {
  const url = new URL(call.url);
  url.searchParams.set("stepId", call.step_id ?? "step");
  return url.href;
}

/** The requests of leased jobs, read in two queries for all of them. Bodies are canonical, so they can be signed. */
export async function buildRequests(core: Core, calls: Call[]): Promise<Map<number, Request>> {
  const { sql, config } = core;
  const eventIds = calls.flatMap(({ event_id, event_ids }) => event_ids ?? [event_id]);
  const stateful = calls.filter(({ step_count }) => step_count > 0).map(({ run_id }) => run_id);
  const [events, { finished, planned }] = await Promise.all([
    sql<{ id: string; body: string }[]>`select id, body from engine.event where id = any(${eventIds})`,
    loadSteps(sql, stateful),
  ]);
  const bodies = new Map(events.map(({ id, body }) => [id, body]));
  return new Map(
    calls.map((call) => {
      const own = finished.filter(({ run_id }) => run_id === call.run_id);
      const list = (call.event_ids ?? [call.event_id]).map((id) => bodies.get(id) ?? "{}");
      const state = stepsText(own);
      const useApi = state.length + list.reduce((sum, text) => sum + text.length, 0) > inlineLimit;
      const ids = own.map(({ id }) => id);
      const ctx = context(call, ids, useApi, call.step_id === null && planned.has(call.run_id));
      const parts = useApi ? { events: "", steps: "{}" } : { events: list.join(","), steps: state };
      const body = `{"ctx":${ctx},"defers":{},"event":${list[0] ?? "{}"},"events":[${parts.events}],"steps":${parts.steps},"use_api":${useApi},"version":-1}`;
      const headers = {
        "user-agent": "ringback-engine",
        "x-run-id": call.run_id,
        "x-request-id": `${call.id}-${call.generation}`,
        "x-inngest-generation-id": String(call.generation),
        "x-inngest-job-id": String(call.id),
        "x-inngest-server-kind": config.signingKey ? "cloud" : "dev",
      };
      return [call.id, { body, headers, address: address(call) }];
    }),
  );
}
