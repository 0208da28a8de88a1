import type { Sql } from "postgres";
import { hotSql } from "@/db/client";
import { inngest } from "@/server/jobs/client";
import { loggerFor } from "@/server/platform/logger";
import { counter } from "@/server/platform/metrics";
import { Loop } from "./loop";

const BATCH = 500;
const POLL_MS = 250;
/** What was sent is kept so long: the same key within it is one event. */
const KEPT_DAYS = 30;
const SWEEP_MS = 600_000;
const log = loggerFor("relay");
const relayed = counter("ringback_outbox_sent_total", "Events handed to the workflow engine.");

type Row = {
  id: string;
  event_id: string;
  name: string;
  data: Record<string, unknown>;
  request_id: string | null;
};

/**
 * Hands the outbox to the workflow engine, in order, at least once: events are marked sent in the transaction that holds
 * them, after the engine took them. The event id makes a repeat harmless.
 */
export class Relay {
  #failing = false;
  readonly #loop = new Loop("relay", POLL_MS, () => this.#round());
  readonly #sweep = new Loop("outbox sweep", SWEEP_MS, async () => (await forgetSent()) === BATCH);

  start(): void {
    this.#loop.start();
    this.#sweep.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#loop.stop(), this.#sweep.stop()]);
  }

  /** True while the engine takes events. */
  get healthy(): boolean {
    return !this.#failing;
  }

  async #round(): Promise<boolean> {
    try {
      const sent = await relayOnce();
      if (this.#failing) log.info("the engine takes events again");
      this.#failing = false;
      return sent === BATCH;
    } catch (error) {
      // One line when it begins; the loop tries again several times a second.
      if (!this.#failing) log.warn({ message: (error as Error).message }, "events wait in the outbox");
      this.#failing = true;
      return false;
    }
  }
}

/** Hands over the events that wait, up to a batch of them; returns how many. @throws where the engine does not take them: then they wait on */
export async function relayOnce(): Promise<number> {
  return hotSql().begin(async (tx) => {
    const sql = tx as unknown as Sql;
    const rows = await sql<
      Row[]
    >`select id::text, event_id, name, data, request_id from unsent_outbox(${BATCH})`;
    if (rows.length === 0) return 0;
    await inngest.send(rows.map(toEvent));
    await sql`select mark_outbox_sent(${rows.map((row) => row.id)}::bigint[])`;
    noteRelayed(rows);
    return rows.length;
  });
}

/** The request stands beside the event's own data, under a name that no event uses: functions log it (`log-runs.ts`). */
const toEvent = ({ event_id, name, data, request_id }: Row) => ({
  id: event_id,
  name,
  data: request_id === null ? data : { ...data, requestId: request_id },
});

/** A line for what a person or another system asked for; what the clock does is counted only. */
function noteRelayed(rows: Row[]): void {
  relayed.add({}, rows.length);
  for (const { event_id: eventId, name, request_id: requestId } of rows)
    if (requestId !== null) log.info({ requestId, eventId, event: name }, "event handed to the engine");
}

/** Deletes what was sent long ago, a batch at a time. Returns how many there were. */
export async function forgetSent(): Promise<number> {
  const [row] = await hotSql()<{ n: number }[]>`select forget_sent_outbox(${KEPT_DAYS}, ${BATCH}) as n`;
  return row?.n ?? 0;
}
