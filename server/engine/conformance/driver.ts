import { setTimeout as pause } from "node:timers/promises";
import type { Inngest } from "inngest";
import { z } from "zod";

const runSchema = z.looseObject({
  run_id: z.string(),
  function_id: z.string().optional(),
  status: z.string(),
  ended_at: z.string().nullish(),
  output: z.unknown().optional(),
});
type Run = z.infer<typeof runSchema>;

type Sent = { name: string; data?: Record<string, unknown>; id?: string; ts?: number };

/** What a test may do to an engine over its public API, whichever engine it is. */
export type Driver = {
  send(events: Sent | Sent[]): Promise<string[]>;
  /** The event as it was stored, as soon as it is. */
  event(id: string): Promise<Record<string, unknown>>;
  run(runId: string): Promise<Run>;
  /** The runs that an event started, as soon as there are `count`. */
  runsOf(eventId: string, count?: number): Promise<Run[]>;
  /** The one run of an event, once it has ended. */
  ended(eventId: string): Promise<Run>;
  /** The run once it has ended. */
  endedRun(runId: string): Promise<Run>;
  /** Asks to cancel; gives the HTTP status. */
  cancel(runId: string): Promise<number>;
  /** Repeats `act` until `result` is there: an event may come before the run waits for it, and is then not taken. */
  repeat<T>(act: () => Promise<unknown>, result: () => Promise<T>): Promise<T>;
  api(path: string, init?: RequestInit): Promise<Response>;
  /** Where events are posted to. */
  eventPath: string;
};

const pollMs = 100;
const limitMs = 180_000;
const over = new Set(["Completed", "Failed", "Cancelled"]);

async function poll<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  for (const end = Date.now() + limitMs; Date.now() < end; await pause(pollMs)) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new Error(`${what} did not come within ${limitMs / 1000} s`);
}

/**
 * A driver for the engine that `api` reaches. `outputs`: what functions returned, by their run, for an engine whose API
 * answers an empty text instead (Inngest's, when the function reported its end over checkpointing).
 */
export function createDriver(
  client: Inngest.Any,
  api: Driver["api"],
  eventKey: string = "conformance",
  outputs: ReadonlyMap<string, unknown> = new Map(),
): Driver {
  const data = async (path: string): Promise<unknown> => {
    const response = await api(path);
    return response.ok ? ((await response.json()) as { data: unknown }).data : null;
  };
  const run = async (runId: string): Promise<Run> => runSchema.parse(await data(`/v1/runs/${runId}`));
  const runsOf = (eventId: string, count = 1): Promise<Run[]> =>
    poll(`${count} run(s) of event ${eventId}`, async () => {
      const list =
        z
          .array(runSchema)
          .nullable()
          .parse(await data(`/v1/events/${eventId}/runs`)) ?? [];
      return list.length >= count ? list : null;
    });
  const endedRun = (runId: string): Promise<Run> =>
    poll(`the end of run ${runId}`, async () => {
      const found = await run(runId);
      if (!over.has(found.status)) return null;
      return found.output === "" && outputs.has(runId) ? { ...found, output: outputs.get(runId) } : found;
    });
  return {
    send: async (events) => (await client.send(events)).ids,
    event: (id) =>
      poll(`event ${id}`, async () =>
        z
          .record(z.string(), z.unknown())
          .nullable()
          .parse(await data(`/v1/events/${id}`)),
      ),
    run,
    runsOf,
    endedRun,
    ended: async (eventId) => {
      const [first] = await runsOf(eventId);
      return endedRun(first?.run_id ?? "");
    },
    cancel: async (runId) => (await api(`/v1/runs/${runId}`, { method: "DELETE" })).status,
    async repeat(act, result) {
      let open = true;
      const waiting = result().finally(() => {
        open = false;
      });
      waiting.catch(() => undefined);
      for (; open; await pause(pollMs)) await act();
      return waiting;
    },
    api,
    eventPath: `/e/${eventKey}`,
  };
}
