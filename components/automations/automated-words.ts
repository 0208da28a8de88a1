import { type Automated, isDateTrigger, type Trigger } from "@/server/automations/schemas";
import { triggerWords } from "./trigger-words";

/**
 * An automated schedule in words: "30 days before a policy renews, or on the last day of grace, at 10:30, or when this happens:
 * inquiry, then 2 steps". Days come first, because the hour is theirs.
 */
export function automatedWords({ triggers, time, clock, steps }: Automated): string {
  if (triggers.length === 0) return "When something happens, nothing chosen yet";
  const days = listed(triggers.filter(isDateTrigger));
  const hour = `at ${time}${clock === "recipient" ? ", each customer’s own time" : ""}`;
  const events = listed(triggers.filter((trigger) => !isDateTrigger(trigger)));
  const when = [...(days === "" ? [] : [`${days}, ${hour}`]), ...(events === "" ? [] : [events])].join(
    ", or ",
  );
  const then = steps.length === 0 ? "" : `, then ${steps.length === 1 ? "1 step" : `${steps.length} steps`}`;
  return `${when.charAt(0).toUpperCase()}${when.slice(1)}${then}`;
}

const MOST_NAMED = 3;

function listed(triggers: readonly Trigger[]): string {
  const words = triggers.map((trigger) => triggerWords(trigger, () => null));
  const named = words.slice(0, MOST_NAMED).map((each) => each.charAt(0).toLowerCase() + each.slice(1));
  const more = words.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(", or ");
}
