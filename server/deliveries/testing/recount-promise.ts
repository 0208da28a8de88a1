import type { Sql } from "postgres";
import { encodePublicId } from "../public-id";
import { type ExecutionState, highestState } from "../status";

/** What the ledger says of a run, held against what the mail server really took. */
export type Recounted = {
  executions: number;
  delivered: number;
  unknown: number;
  /** Refused for good. */
  failed: number;
  /** Neither delivered nor unknown nor failed. */
  missing: number;
  /** Called delivered, and never taken. */
  unsent: number;
  /** Copies beyond the first. */
  twice: number;
  /** Taken, and neither delivered nor unknown. */
  untold: number;
};

/** Recounts a run from its raw rows. `taken`: public id → how often the mail server took it. */
export async function recountPromise(
  owner: Sql,
  runNumber: number,
  taken: ReadonlyMap<string, number>,
): Promise<Recounted> {
  const executions = await owner<{ part: number; seq: number; states: ExecutionState[] }[]>`
    select e.part, e.seq, coalesce(array_agg(r.state) filter (where r.state is not null), '{}') as states
    from executions e left join execution_results r using (part, run_number, seq)
    where e.run_number = ${runNumber} group by 1, 2`;
  const counted = { delivered: 0, unknown: 0, failed: 0, missing: 0, unsent: 0, twice: 0, untold: 0 };
  for (const { part, seq, states } of executions) {
    const times = taken.get(encodePublicId({ part, runNumber, seq })) ?? 0;
    const state = highestState(states);
    if (state === "unknown" || state === "delivered" || state === "failed") counted[state]++;
    else counted.missing++;
    if (state === "delivered" && times === 0) counted.unsent++;
    if (state !== "delivered" && state !== "unknown" && times > 0) counted.untold++;
    counted.twice += Math.max(0, times - 1);
  }
  return { executions: executions.length, ...counted };
}
