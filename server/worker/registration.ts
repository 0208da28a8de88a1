import type { Sql } from "postgres";
import { hotSql } from "@/db/client";
import { newId } from "@/server/platform/ids";
import { loggerFor } from "@/server/platform/logger";
import { Loop } from "./loop";

const log = loggerFor("registration");
const RETRY_MS = 500;
/** An engine that lost its memory learns the functions again within this time. */
const REPEAT_MS = 60_000;
/** A worker that has not said for so long that it lives is passed over (seconds). */
const SILENT_SECONDS = 20;
/** Heard by every worker: one of them has gone. */
export const WORKERS_CHANNEL = "ringback_workers";

/**
 * Tells the workflow engine which functions this worker serves, until it knows, and again every minute, as long as no newer
 * worker lives: the engine calls whoever registered last and forgets functions that one does not list, so in a deploy the old
 * code must not register over the new. When the newest goes, the next one registers at once.
 */
export class Registration {
  readonly #id = newId();
  #registeredAt = Number.NEGATIVE_INFINITY;
  /** Asked to look again, perhaps while it looked. */
  #asked = false;
  #known = false;
  readonly #loop: Loop;

  constructor(private readonly serveUrl: string) {
    this.#loop = new Loop("registration", RETRY_MS, () => this.#round());
  }

  /** True when the engine knows the functions, from this worker or from a newer one. */
  get done(): boolean {
    return this.#known;
  }

  start(): void {
    this.#loop.start();
  }

  /** Says that this worker lives; forgets those that have been silent for a day. */
  async beat(): Promise<void> {
    await hotSql()`
      with forgotten as (delete from worker_processes where beat_at < clock_now() - interval '1 day')
      insert into worker_processes (id) values (${this.#id}) on conflict (id) do update set beat_at = clock_now()`;
  }

  /** Another worker has gone: it may be this one's turn. */
  lookAgain(): void {
    this.#asked = true;
    this.#loop.wake();
  }

  /** Registers no more, and leaves the engine to the next worker at once (without the database, when this one is silent). */
  async stop(): Promise<void> {
    await this.#loop.stop();
    await hotSql()`
      with gone as (delete from worker_processes where id = ${this.#id})
      select pg_notify(${WORKERS_CHANNEL}, ${this.#id})`.catch((error: unknown) =>
      log.warn({ message: (error as Error).message }, "the next worker was not told"),
    );
  }

  async #round(): Promise<boolean> {
    if (!this.#asked && performance.now() - this.#registeredAt < REPEAT_MS) return false;
    this.#asked = false;
    const done = await this.#take().catch((error: unknown) => {
      this.#asked = true;
      throw error;
    });
    if (!done) {
      this.#asked = true;
      return false;
    }
    if (!this.#known) log.info("the engine knows the functions");
    this.#known = true;
    this.#registeredAt = performance.now();
    return false;
  }

  /** Registers, unless it is another's turn. False: the engine did not take it. */
  async #take(): Promise<boolean> {
    if (!this.#known) await this.beat();
    return hotSql().begin(async (tx) => {
      const sql = tx as unknown as Sql;
      // One at a time: an older worker that looked before a newer one came must not register after it.
      await sql`select pg_advisory_xact_lock(hashtext('ringback.registration'))`;
      const newer = await sql`
        select from worker_processes o join worker_processes me on me.id = ${this.#id}
        where (o.started_at, o.id) > (me.started_at, me.id)
          and o.beat_at > clock_now() - make_interval(secs => ${SILENT_SECONDS})
        limit 1`;
      return newer.length > 0 || (await this.#register());
    });
  }

  /** The SDK answers this PUT by registering its functions with the engine. */
  async #register(): Promise<boolean> {
    const answer = await fetch(this.serveUrl, { method: "PUT", signal: AbortSignal.timeout(10_000) }).catch(
      () => null,
    );
    await answer?.body?.cancel();
    return answer?.ok === true;
  }
}
