import type { Trigger } from "@/server/automations/schemas";
import { knownEvents } from "@/server/events/schemas";

/** "1 day", "30 days". */
const dayCount = (days: number): string => (days === 1 ? "1 day" : `${days} days`);

/** What can start an automated campaign, as the builder offers it; each begins with usual values. */
export const triggerChoices = [
  { value: "renewal", label: "A policy renews in some days", begin: { on: "renewal", days: 30 } },
  { value: "premium_due", label: "A premium is due in some days", begin: { on: "premium_due", days: 7 } },
  { value: "overdue", label: "A payment is overdue for some days", begin: { on: "overdue", days: 3 } },
  { value: "grace", label: "A policy is in grace", begin: { on: "grace" } },
  { value: "grace_ends", label: "The last day of grace has come", begin: { on: "grace_ends" } },
  { value: "lapsed", label: "A policy lapsed some days ago", begin: { on: "lapsed", days: 7 } },
  { value: "birthday", label: "The customer has a birthday", begin: { on: "birthday" } },
  { value: "anniversary", label: "A policy has an anniversary", begin: { on: "anniversary" } },
  { value: "inactive", label: "Nothing was heard for some days", begin: { on: "inactive", days: 60 } },
  {
    value: "purchase",
    label: "A new policy was purchased",
    begin: { on: "event", name: "policy_purchased", properties: [] },
  },
  {
    value: "inquiry",
    label: "The customer asked about a product",
    begin: { on: "event", name: "inquiry", properties: [] },
  },
  {
    value: "event",
    label: "Any other event",
    begin: { on: "event", name: "quote_requested", properties: [] },
  },
  {
    value: "score",
    label: "Engagement crosses a score",
    begin: { on: "score", direction: "rises", score: 60 },
  },
  {
    value: "segment",
    label: "The customer enters or leaves a segment",
    begin: { on: "segment", segment: "", change: "entered" },
  },
] as const satisfies readonly { value: string; label: string; begin: Begun }[];

type Begun = Trigger extends infer T
  ? T extends Trigger
    ? Omit<T, "segments" | "policyTypes">
    : never
  : never;

export function beginTrigger(value: string): Trigger | null {
  const choice = triggerChoices.find((each) => each.value === value);
  return choice ? ({ ...choice.begin, segments: [], policyTypes: [] } as Trigger) : null;
}

/** A trigger in words: "30 days before a policy renews". The names of segments come from outside. */
export function triggerWords(trigger: Trigger, segmentName: (id: string) => string | null): string {
  switch (trigger.on) {
    case "renewal":
      return trigger.days === 0
        ? "On the day a policy renews"
        : `${dayCount(trigger.days)} before a policy renews`;
    case "premium_due":
      return trigger.days === 0
        ? "On the day a premium is due"
        : `${dayCount(trigger.days)} before a premium is due`;
    case "overdue":
      return `${dayCount(trigger.days)} after a premium was due and not paid`;
    case "grace":
      return "On the first day of grace";
    case "grace_ends":
      return "On the last day of grace";
    case "lapsed":
      return `${dayCount(trigger.days)} after a policy lapsed`;
    case "birthday":
      return "On the customer’s birthday";
    case "anniversary":
      return "On a policy’s anniversary";
    case "inactive":
      return `When nothing was heard for ${dayCount(trigger.days).toLowerCase()}`;
    case "event":
      return `When this happens: ${eventLabel(trigger.name)}`;
    case "score":
      return trigger.direction === "rises"
        ? `When engagement rises to ${trigger.score} or more`
        : `When engagement falls below ${trigger.score}`;
    case "segment":
      return `When a customer ${trigger.change === "entered" ? "enters" : "leaves"} ${quoted(segmentName(trigger.segment))}`;
  }
}

/** A name in quotes; a segment without one is one of them. */
export const quoted = (name: string | null): string => (name === null ? "a segment" : `“${name}”`);

export const eventLabel = (name: string): string =>
  (knownEvents as Record<string, { label: string }>)[name]?.label.toLowerCase() ?? name;
