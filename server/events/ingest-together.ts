import type { Context } from "@/server/platform/context";
import { ingestBatches } from "./ingest";
import { type IngestBatch, type IngestResult, MOST_EVENTS } from "./schemas";

/** Transactions of one sender that are under way at once: while one is flushed to the disk, the other works. */
const AT_ONCE = 2;
/** As many when a whole batch waits: it gains nothing from company, and processors would idle while two are flushed. */
const AT_ONCE_IN_BULK = 3;
/** Events in one transaction: more only makes the others wait. */
const MOST_TOGETHER = 2 * MOST_EVENTS;

type Waiting = {
  ctx: Context;
  input: IngestBatch;
  size: number;
  resolve: (result: IngestResult) => void;
  reject: (error: unknown) => void;
};
type Line = { running: number; waiting: Waiting[] };

const lines = new Map<string, Line>();

/**
 * `ingestEvents` for many requests at once: what comes while transactions of its sender are under way goes together into the
 * next one, which costs the disk one flush instead of many. Nothing waits for a timer, and nobody is answered before the
 * transaction that holds their events has been committed. When one that holds several fails, each is tried by itself, so that
 * nobody pays for another one's batch. @throws as `ingestEvents`
 */
export function ingestTogether(ctx: Context, input: IngestBatch): Promise<IngestResult> {
  const key = `${ctx.workspaceId} ${ctx.actor.kind} ${ctx.actor.id} ${input.create_customers}`;
  const line = lines.get(key) ?? { running: 0, waiting: [] };
  lines.set(key, line);
  return new Promise((resolve, reject) => {
    line.waiting.push({ ctx, input, size: input.events.length, resolve, reject });
    void work(key, line);
  });
}

async function work(key: string, line: Line): Promise<void> {
  if (line.running >= mostAtOnce(line.waiting)) return;
  line.running++;
  while (line.waiting.length > 0 && line.running <= mostAtOnce(line.waiting))
    await takeTogether(nextOf(line.waiting));
  line.running--;
  if (line.running === 0 && line.waiting.length === 0) lines.delete(key);
}

const mostAtOnce = (waiting: Waiting[]): number =>
  waiting.reduce((sum, { size }) => sum + size, 0) >= MOST_EVENTS ? AT_ONCE_IN_BULK : AT_ONCE;

/** As many from the front as fit together; at least one. */
function nextOf(waiting: Waiting[]): Waiting[] {
  let size = 0;
  let count = 0;
  for (const one of waiting) {
    if (count > 0 && size + one.size > MOST_TOGETHER) break;
    size += one.size;
    count++;
  }
  return waiting.splice(0, count);
}

async function takeTogether(batch: Waiting[]): Promise<void> {
  const [first] = batch;
  if (!first) return;
  try {
    const results = await ingestBatches(
      first.ctx,
      batch.map(({ input }) => input),
    );
    for (const [nth, { resolve }] of batch.entries()) resolve(results[nth] as IngestResult);
  } catch (error) {
    if (batch.length === 1) first.reject(error);
    else await Promise.all(batch.map((one) => takeTogether([one])));
  }
}
