import { understand } from "./answer";
import { buildRequests, type Call, type Request } from "./call";
import { CallError, callApp } from "./caller";
import { type Core, transaction } from "./core";
import type { Identity } from "./identity";
import { settle, settleBroken } from "./settle";

export type Queue = {
  /** Claims and calls as long as there is work and a free place. */
  pump(): void;
  /** Jobs that this process has out. */
  inFlight(): number;
  /** Claims no more and waits for calls in flight, at most `graceMs`; then gives them up. */
  drain(graceMs: number): Promise<void>;
};

/** A call that was out while an engine process died so often, without progress, is taken for the cause. */
const maxLost = 10;

/** The lease loop of one process. */
export function createQueue(core: Core, identity: Identity): Queue {
  const { config, log } = core;
  const running = new Set<{ done: Promise<void>; abort: AbortController }>();
  let claiming = false;
  let asked = false;
  let stopped = false;

  async function claim(): Promise<Call[]> {
    const free = config.workers - running.size;
    if (free <= 0 || !identity.isHeld()) return [];
    const claimed = await transaction(
      core.sql,
      (tx) =>
        tx<{ id: number; run_id: string }[]>`select id, run_id from engine.claim(${identity.id()}, ${free})`,
    );
    if (claimed.length === 0) return [];
    await markStarted(claimed.map(({ run_id }) => run_id));
    // A statement of its own: the claim may have taken a run that is younger than that statement's snapshot.
    return core.sql<Call[]>`
      select j.id, j.run_id, j.function_id, j.step_id, j.attempt, j.lost, j.generation, j.keys,
        r.event_id, r.event_ids, r.max_attempts, r.step_count, r.state_bytes, f.url
      from engine.job j join engine.run r on r.id = j.run_id join engine.function f on f.id = j.function_id
      where j.id = any(${claimed.map(({ id }) => id)}) and j.state = 'leased'`;
  }

  async function markStarted(runIds: string[]): Promise<void> {
    await core.sql`
      with started as (
        update engine.run set state = 'running', started_at = engine.now_ms()
        where id = any(${runIds}) and started_at is null and ended_at is null returning id, function_id, started_at
      )
      insert into engine.timer (kind, due_at, run_id)
      select 'finish', s.started_at + f.finish_ms, s.id from started s join engine.function f on f.id = s.function_id
      where f.finish_ms is not null`;
  }

  async function carryOut(call: Call, request: Request | undefined, signal: AbortSignal): Promise<void> {
    if (call.lost >= maxLost) {
      const message = `The engine died ${call.lost} times while this was running, so it is not tried again.`;
      return settle(core, call, {
        kind: "threw",
        error: { name: "Poison", message },
        retry: false,
        retryAfterMs: null,
      });
    }
    try {
      if (!request) throw new CallError("The request could not be put together.", false);
      const raw = await callApp(config, request.address, request.headers, request.body, signal);
      await settle(core, call, understand(raw));
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof CallError)) throw error;
      log.warn({ run: call.run_id, function: call.function_id, error: error.message }, "call failed");
      await settleBroken(core, call, error.message, error.delivered);
    }
  }

  function launch(call: Call, request: Request | undefined): void {
    const abort = new AbortController();
    const entry = { done: Promise.resolve(), abort };
    running.add(entry);
    entry.done = carryOut(call, request, abort.signal)
      .catch((error: unknown) => {
        // The database went away under an answer. The lease stays; once this process has its lock back, or another
        // finds it dead, the job is freed and made again.
        log.error({ run: call.run_id, job: call.id, err: error }, "answer not stored");
        identity.orphan(call.id, call.generation);
      })
      .finally(() => {
        running.delete(entry);
        pump();
      });
  }

  async function loop(): Promise<void> {
    while (asked && !stopped) {
      asked = false;
      const calls = await claim();
      if (calls.length === 0) continue;
      const requests = await buildRequests(core, calls);
      for (const call of calls) launch(call, requests.get(call.id));
      asked = true;
    }
  }

  function pump(): void {
    asked = true;
    if (claiming || stopped) return;
    claiming = true;
    loop()
      .catch((error: unknown) => log.error({ err: error }, "claim failed"))
      .finally(() => {
        claiming = false;
      });
  }

  return {
    pump,
    inFlight: () => running.size,
    async drain(graceMs) {
      stopped = true;
      const all = Promise.all([...running].map(({ done }) => done));
      const late = AbortSignal.timeout(graceMs);
      await Promise.race([
        all,
        new Promise((resolve) => late.addEventListener("abort", resolve, { once: true })),
      ]);
      for (const { abort } of running) abort.abort();
      await Promise.all([...running].map(({ done }) => done));
      await core.sql`
        update engine.job set state = 'ready', owner = null where owner = ${identity.id()} and state = 'leased'`;
    },
  };
}
