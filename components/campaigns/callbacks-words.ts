import type { ExpectedCallbacks } from "@/server/callbacks";
import { formatCount, formatDuration, formatPercent, nothing } from "@/server/platform/format";

/** How many callbacks an hour are to be expected, from what, and whether those on shift can take them. */
export function callbacksWords(expected: ExpectedCallbacks | null): string {
  if (expected === null) return nothing;
  const { perHour, basis, agents } = expected;
  const on = agents === 1 ? "1 agent is" : `${formatCount(agents)} agents are`;
  if (perHour === null)
    return `${nothing} There is nothing to reckon from: nobody would get it, or nothing went by its channels in the last ${basis.days} days. ${on} on shift now.`;
  const many = `About ${formatCount(perHour, perHour < 10 ? 1 : 0)} an hour, as ${formatCount(basis.asked)} of ${formatCount(basis.sent)} messages on these channels led to one in the last ${basis.days} days.`;
  return `${many} ${copeWords(expected, on)}`;
}

function copeWords({ staffing, handleSeconds, agents }: ExpectedCallbacks, on: string): string {
  const there = `${on} on shift now`;
  if (staffing === null || handleSeconds === null) return `${there}; how long a call takes is not known yet.`;
  const each = `${formatDuration(handleSeconds)} a call`;
  if (staffing.kind === "queue_grows")
    return agents === 0
      ? `Nobody is on shift now, so they would wait.`
      : `${there}: at ${each} they cannot keep up, and the queue grows.`;
  return `${there}: at ${each} they are busy ${formatPercent(staffing.occupancy, 0)} of the time, and a callback waits about ${formatDuration(staffing.averageWaitSeconds)}.`;
}
