import type { Sql } from "postgres";
import { expect } from "vitest";
import { recountPromise } from "./recount-promise";

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
  const { unknown, failed, missing, unsent, twice, untold } = await recountPromise(owner, runNumber, taken);
  expect({ failed, missing, unsent, twice, untold }).toEqual({
    failed: 0,
    missing: 0,
    unsent: 0,
    twice: 0,
    untold: 0,
  });
  return unknown;
}
