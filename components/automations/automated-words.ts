import { type Automated, isDateTrigger } from "@/server/automations/schemas";
import { triggerWords } from "./trigger-words";

/** An automated schedule in words: "30 days before a policy renews, or on the last day of grace, at 10:30". */
export function automatedWords({ triggers, time, clock, steps }: Automated): string {
  if (triggers.length === 0) return "When something happens, nothing chosen yet";
  const [first = "", ...others] = triggers.map((trigger) => triggerWords(trigger, () => "a segment"));
  const rest = others.map((words) => words.charAt(0).toLowerCase() + words.slice(1));
  const shown = rest.slice(0, 2);
  const more = rest.length - shown.length;
  const list = [first, ...shown].join(", or ") + (more > 0 ? `, or ${more} more` : "");
  const then = steps.length === 0 ? "" : `, then ${steps.length === 1 ? "1 step" : `${steps.length} steps`}`;
  if (!triggers.some(isDateTrigger)) return `${list}${then}`;
  return `${list}, at ${time}${clock === "recipient" ? ", each customer’s own time" : ""}${then}`;
}
