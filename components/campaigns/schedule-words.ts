import { automatedWords } from "@/components/automations/automated-words";
import type { Schedule } from "@/server/campaigns/schemas";
import { formatDate } from "@/server/platform/format";

const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
export const weekdays = dayNames.map((label, index) => ({ value: index + 1, label }));

/** A calendar day as people read it: "12 Nov 2026". */
export const dayWords = (day: string): string => formatDate(`${day}T00:00:00Z`, "UTC");

const clocks = { workspace: "", recipient: ", each customer’s own time" } as const;

/** A schedule in words: "Every Monday and Thursday at 10:30, until 31 Dec 2026". */
export function scheduleWords(schedule: Schedule): string {
  if (schedule.kind === "now") return "As soon as it is launched";
  if (schedule.kind === "automated") return automatedWords(schedule);
  if (schedule.kind === "later")
    return `${dayWords(schedule.day)} at ${schedule.time}${clocks[schedule.clock]}`;
  const { time, clock, from, until, times } = schedule;
  const parts = [
    `${everyWords(schedule)} at ${time}${clocks[clock]}`,
    ...(from ? [`from ${dayWords(from)}`] : []),
    ...(until ? [`until ${dayWords(until)}`] : []),
    ...(times ? [times === 1 ? "once" : `at most ${times} times`] : []),
  ];
  return parts.join(", ");
}

function everyWords({ every, weekdays: chosen, monthDay }: Extract<Schedule, { kind: "recurring" }>): string {
  if (every === "day") return "Every day";
  if (every === "month")
    return monthDay > 28
      ? `On day ${monthDay} of every month, or its last,`
      : `On day ${monthDay} of every month`;
  const names = weekdays.filter(({ value }) => chosen.includes(value)).map(({ label }) => label);
  if (names.length === 0) return "Every week on no day yet,";
  const last = names.pop();
  return `Every ${names.length > 0 ? `${names.join(", ")} and ${last}` : last}`;
}
