import { understand } from "./answer";
import { buildRequests, type Call, type Request } from "./call";
import { CallError, callApp } from "./caller";
import { type Core, transaction } from "./core";
import type { Identity } from "./identity";
import { freeUnknown } from "./leases";
import { settle, settleBroken } from "./settle";
import { whileAway } from "./while-away";

export type Queue = {
  /** Claims and calls as long as there is work and a free place. */
  pump(): void;
  /** Frees leases of this process that nothing here works on. Called by the heartbeat. */
  audit(): void;
  /** Claims no more and waits for calls in flight, at most `graceMs`; then gives them up. */
  drain(graceMs: number): Promise<void>;
};

/** A call that was out while an engine process died so often, without progress, is taken for the cause. */
const maxLost = 10;

/** The lease loop of one process. */
export function createQueue(core: Core, identity: Identity): Queue {
  const { config, log } = core;
  const running = new Set<{ call: Call; done: Promise<void>; abort: AbortController }>();
  /** Calls that were made and whose answer could not be stored. */
  let unstored: Call[] = [];
  let turn = Promise.resolve();
  let busy = false;
  let asked = false;
  let audited = true;
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
      where j.id = any(${claimed.map(({ id }) => id)}) and j.state = 'leased' and j.owner = ${identity.id()}`;
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

  async function ask(call: Call, request: Request | undefined, signal: AbortSignal) {
    if (call.lost >= maxLost) {
      const message = `The engine died ${call.lost} times while this was running, so it is not tried again.`;
      const error = { name: "Poison", message };
      return () => settle(core, call, { kind: "threw", error, retry: false, retryAfterMs: null });
    }
    try {
      if (!request) throw new CallError("The request could not be put together.", false);
      const answer = understand(
        await callApp(config, request.address, request.headers, request.body, signal),
      );
      return () => settle(core, call, answer);
    } catch (error) {
      if (signal.aborted || !(error instanceof CallError)) throw error;
      log.warn({ run: call.run_id, function: call.function_id, error: error.message }, "call failed");
      return () => settleBroken(core, call, error.message, error.delivered);
    }
  }

  function launch(call: Call, request: Request | undefined): void {
    const abort = new AbortController();
    const entry = { call, done: Promise.resolve(), abort };
    running.add(entry);
    entry.done = ask(call, request, abort.signal)
      // Storing an answer is fenced by the lease, so it may be repeated: the body does not run again for a lost connection.
      .then((store) => whileAway(store, abort.signal))
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        log.error({ run: call.run_id, job: call.id, err: error }, "answer not stored");
        unstored.push(call);
        audited = false;
      })
      .finally(() => {
        running.delete(entry);
        pump();
      });
  }

  async function auditLeases(): Promise<void> {
    const failed = unstored;
    const known = [...running].map(({ call }) => call);
    const freed = await freeUnknown(core, identity.id(), known, failed);
    unstored = unstored.filter((call) => !failed.includes(call));
    audited = true;
    if (freed > 0) log.warn({ jobs: freed }, "leases freed that nothing worked on");
  }

  async function loop(): Promise<void> {
    while (asked && !stopped) {
      asked = false;
      if (!audited) await auditLeases();
      const calls = await claim();
      if (calls.length === 0) continue;
      const requests = await buildRequests(core, calls);
      if (stopped) return;
      for (const call of calls) launch(call, requests.get(call.id));
      asked = true;
    }
  }

  function pump(): void {
    asked = true;
    if (busy || stopped) return;
    busy = true;
    turn = loop().then(
      () => {
        busy = false;
        if (asked) pump();
      },
      (error: unknown) => {
        busy = false;
        // What it claimed may be leased to this process without it knowing.
        audited = false;
        log.error({ err: error }, "claim failed");
      },
    );
  }

  return {
    pump,
    audit() {
      audited = false;
      pump();
    },
    async drain(graceMs) {
      stopped = true;
      await turn;
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
