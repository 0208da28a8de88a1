import type { Sql } from "postgres";
import { expect } from "vitest";
import { encodePublicId } from "../public-id";
import { type ExecutionState, highestState } from "../status";

/**
 * The promise of delivery.md, checked against what the mail server really took: everybody is delivered or unknown, whoever
 * counts as delivered was sent it, whoever does not was not or is unknown, and nobody was sent it twice.
 * Returns how many are unknown.
 */
export async function expectExactlyOnce(
  owner: Sql,
  runNumber: number,
  taken: ReadonlyMap<string, number>,
): Promise<number> {
  const executions = await owner<{ part: number; seq: number; states: ExecutionState[] }[]>`
    select e.part, e.seq, coalesce(array_agg(r.state) filter (where r.state is not null), '{}') as states
    from executions e left join execution_results r using (part, run_number, seq)
    where e.run_number = ${runNumber} group by 1, 2`;
  const wrong = { missing: 0, unsent: 0, twice: 0, untold: 0 };
  let unknown = 0;
  for (const { part, seq, states } of executions) {
    const times = taken.get(encodePublicId({ part, runNumber, seq })) ?? 0;
    const state = highestState(states);
    if (state === "unknown") unknown++;
    else if (state !== "delivered") wrong.missing++;
    if (state === "delivered" && times === 0) wrong.unsent++;
    if (state !== "delivered" && state !== "unknown" && times > 0) wrong.untold++;
    if (times > 1) wrong.twice++;
  }
  expect(wrong).toEqual({ missing: 0, unsent: 0, twice: 0, untold: 0 });
  return unknown;
}
