import type { LaunchProblem } from "./problems";
import type { Schedule } from "./schemas";
import type { CampaignRow } from "./transition";

type Timed = Pick<CampaignRow, "schedule" | "startsOn" | "endsOn"> & Partial<Pick<CampaignRow, "abTest">>;

/**
 * What is wrong with when it is to be sent. `today` is the workspace's day, `next` the first time that is left; for a launch at
 * once only the period counts.
 */
export function scheduleProblems(
  { schedule, startsOn, endsOn, abTest }: Timed,
  { today, next }: { today: string; next: Date | null },
): LaunchProblem[] {
  const period = (message: string): LaunchProblem[] => [{ tab: "basic", field: "period", message }];
  if (startsOn !== null && endsOn !== null && endsOn < startsOn)
    return period("The period ends before it begins.");
  if (endsOn !== null && endsOn < today) return period(`The campaign’s period ended on ${endsOn}.`);
  const at = (message: string): LaunchProblem[] => [{ tab: "schedule", field: "schedule", message }];
  const early = startsOn !== null && startsOn > today;
  if (schedule.kind === "automated")
    return [
      ...(early ? period(`The campaign’s period begins on ${startsOn}: switch it on then.`) : []),
      ...(abTest ? at("An automation cannot try versions against each other: take the test out.") : []),
      ...(schedule.triggers.length === 0 ? at("Choose at least one trigger.") : []),
      ...(schedule.triggers.some((each) => each.on === "segment" && each.segment === "")
        ? at("Choose the segment that is entered or left.")
        : []),
    ];
  if (schedule.kind === "now")
    return startsOn !== null && startsOn > today
      ? period(`The campaign’s period begins on ${startsOn}: send it later, or change the period.`)
      : [];
  if (schedule.kind === "later") {
    if ((startsOn !== null && schedule.day < startsOn) || (endsOn !== null && schedule.day > endsOn))
      return at("The day lies outside the campaign’s period.");
    return next === null ? at("That time has passed. Choose a later one.") : [];
  }
  if (nothingChosen(schedule)) return at("Choose at least one day of the week.");
  return next === null ? at("No time is left between its first and its last day.") : [];
}

const nothingChosen = (schedule: Extract<Schedule, { kind: "recurring" }>): boolean =>
  schedule.every === "week" && schedule.weekdays.length === 0;
