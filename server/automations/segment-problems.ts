import type { Transaction } from "@/db/transaction";
import type { Schedule } from "@/server/campaigns/schemas";
import type { Context } from "@/server/platform/context";
import { missingSegments } from "@/server/segments";
import type { Trigger } from "./schemas";
import type { StepProblem } from "./step-problems";

/**
 * The triggers and steps of an automation that ask for a segment which does not exist any more, as in a copy of a campaign that
 * was cancelled; nothing for another campaign. What was not chosen yet is not missing.
 */
export async function segmentProblems(
  tx: Transaction,
  ctx: Context,
  schedule: Schedule,
): Promise<StepProblem[]> {
  if (schedule.kind !== "automated") return [];
  const asking = [
    ...schedule.triggers.map((trigger, nth) => ({ place: `Trigger ${nth + 1}`, asks: askedBy(trigger) })),
    ...schedule.steps.flatMap((step, nth) =>
      step.do === "check" && step.holds === "in_segment"
        ? [{ place: `Step ${nth + 1}`, asks: [step.segment].filter(Boolean) }]
        : [],
    ),
  ];
  const gone = await missingSegments(
    tx,
    ctx,
    asking.flatMap(({ asks }) => asks),
  );
  return asking
    .filter(({ asks }) => asks.some((id) => gone.has(id)))
    .map(({ place }) => ({
      tab: "schedule",
      field: "schedule",
      message: `${place}: its segment does not exist any more. Take it out, or choose another one.`,
    }));
}

const askedBy = (trigger: Trigger): string[] =>
  [...trigger.segments, ...(trigger.on === "segment" ? [trigger.segment] : [])].filter(Boolean);
