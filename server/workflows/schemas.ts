import { z } from "zod";
import { runPeriodKeys, runStates } from "./status";

const cursor = z.string().regex(/^\d+_\w+$/);
const runId = z.string().regex(/^\w{1,64}$/);

/** Several values of one filter mean any of them; filters stand together. */
export const runListInput = z.object({
  /** Functions' ids in the engine (`ringback-campaign-run`). */
  functions: z.array(z.string().max(200)).max(50).default([]),
  states: z.array(z.enum(runStates)).default([]),
  /** Hours back from now. */
  hours: z.enum(runPeriodKeys).nullish(),
  /** A campaign's, customer's or import's name or id, or a run number. */
  search: z.string().trim().max(100).default(""),
  after: cursor.nullish(),
  before: cursor.nullish(),
});
export type RunListQuery = z.infer<typeof runListInput>;

export const runInput = z.object({ runId });

/** The filters in the address of the screen; what is not understood is left out rather than refused. */
export function readRunQuery(params: Record<string, string | string[] | undefined>): RunListQuery {
  const all = (key: string) => [params[key] ?? []].flat();
  const { shape } = runListInput;
  return {
    functions: all("function").slice(0, 50),
    states: shape.states.catch([]).parse(all("state")),
    hours: shape.hours.catch(null).parse(params.hours),
    search: shape.search.catch("").parse(params.q),
    after: shape.after.catch(null).parse(params.after),
    before: shape.before.catch(null).parse(params.before),
  };
}

/** The open run in the address, or null. */
export const readOpenRun = (open: unknown): string | null =>
  runId
    .nullable()
    .catch(null)
    .parse(open ?? null);
