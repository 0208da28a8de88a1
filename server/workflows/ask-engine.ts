import { AppError } from "@/server/platform/errors";
import { readAllFunctions } from "./client";

/** Runs of every workspace: live ones, and those that failed or were cancelled in the last 24 hours. */
export type EngineRuns = {
  queued: number;
  running: number;
  waiting: number;
  failed: number;
  cancelled: number;
};

/** `external`: an Inngest of the operator's own, which has no such look-up; whether it takes events is what the relay tells. */
export type EngineLook = { kind: "answers"; runs: EngineRuns } | { kind: "silent" } | { kind: "external" };

/** Whether the embedded engine answers, and how much waits in it. Never throws. */
export async function askEngine(patienceMs: number): Promise<EngineLook> {
  try {
    const runs: EngineRuns = { queued: 0, running: 0, waiting: 0, failed: 0, cancelled: 0 };
    for (const { counts } of await readAllFunctions(patienceMs))
      for (const state of Object.keys(runs) as (keyof EngineRuns)[]) runs[state] += counts[state];
    return { kind: "answers", runs };
  } catch (error) {
    const elsewhere = error instanceof AppError && error.code === "UNSUPPORTED";
    return { kind: elsewhere ? "external" : "silent" };
  }
}
