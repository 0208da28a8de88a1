import { type Context, systemContext } from "./context";
import { loggerFor } from "./logger";
import { counter } from "./metrics";
import { isPassing } from "./passing";
import { Seldom } from "./seldom";

const log = loggerFor("each-workspace");
const failures = counter(
  "ringback_workspace_failures_total",
  "Works for one workspace that broke, were left for the next time and held up no other.",
);
const lines = new Seldom();

/** Whose work it is: ids and numbers alone, for they go into the log. */
export type Whose = {
  workspaceId: string;
  campaignId?: string;
  runNumber?: number;
  segmentId?: string;
  customerId?: string;
};

/**
 * Does one workspace's piece of a work that is done for all of them. Null when it broke, which the log tells with the ids and a
 * counter with `work`, its name: whoever asks goes on with the next. Never rejects.
 */
export async function alone<T>(
  work: string,
  whose: Whose,
  piece: (ctx: Context) => Promise<T>,
): Promise<{ done: T } | null> {
  try {
    return { done: await piece(systemContext(whose.workspaceId)) };
  } catch (err) {
    tell(work, whose, err);
    return null;
  }
}

/**
 * As `alone`, for one step of a durable function, which tries again by itself what passes. The result is what the step
 * remembers across a deploy: a step that remembered the piece's own had another id.
 * @throws what `isPassing`
 */
export async function aloneInStep<T>(
  work: string,
  whose: Whose,
  piece: (ctx: Context) => Promise<T>,
): Promise<{ done: T } | null> {
  try {
    return { done: await piece(systemContext(whose.workspaceId)) };
  } catch (err) {
    if (isPassing(err)) throw err;
    tell(work, whose, err);
    return null;
  }
}

/** Counts each; the log tells the same once a minute: loops come by several times a second. */
function tell(
  work: string,
  { workspaceId, campaignId, runNumber, segmentId, customerId }: Whose,
  err: unknown,
): void {
  failures.add({ work });
  const name = JSON.stringify([work, workspaceId, campaignId, runNumber, segmentId, customerId]);
  if (!lines.mayTell(name)) return;
  log.error(
    { err, work, workspaceId, campaignId, runNumber, segmentId, customerId },
    "the work for one workspace broke; it is tried again, and holds up no other; told once a minute",
  );
}

/**
 * Does a work for each workspace, or for each run, one after the other: one that breaks holds up no other. Returns the sum of
 * what was done and how many broke.
 */
export async function eachWorkspace<Each extends Whose>(
  work: string,
  all: readonly Each[],
  piece: (ctx: Context, each: Each) => Promise<number>,
): Promise<{ done: number; broken: number }> {
  let done = 0;
  let broken = 0;
  for (const each of all) {
    const end = await alone(work, each, (ctx) => piece(ctx, each));
    if (end) done += end.done;
    else broken++;
  }
  return { done, broken };
}
