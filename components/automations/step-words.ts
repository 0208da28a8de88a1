import type { Exit, Step } from "@/server/automations/schemas";
import { requestTypeLabel } from "@/server/callbacks/content";
import { channelLabels } from "@/server/channels/status";
import { eventLabel, quoted } from "./trigger-words";

/** What can follow the first message, as the builder offers it; each begins with usual values. */
export const stepChoices = [
  { value: "wait", label: "Wait some time", begin: { do: "wait", amount: 3, unit: "days" } },
  { value: "wait_until", label: "Wait until a date", begin: { do: "wait_until", day: "", time: "10:30" } },
  {
    value: "wait_event",
    label: "Wait until something happens",
    begin: { do: "wait_event", name: "website_visit", amount: 3, unit: "days", otherwise: "go_on" },
  },
  {
    value: "check",
    label: "Go on only if …",
    begin: { do: "check", holds: "not_opened", segment: "", otherwise: "leave" },
  },
  { value: "send", label: "Send a message", begin: { do: "send", channel: "email", own: null } },
  {
    value: "set_attribute",
    label: "Set an attribute",
    begin: { do: "set_attribute", key: "", value: "" },
  },
  {
    value: "callback",
    label: "Create a callback",
    begin: { do: "callback", about: "general_inquiry", urgency: "medium", text: "" },
  },
  { value: "notify", label: "Notify the campaign’s owner", begin: { do: "notify", text: "" } },
  { value: "leave", label: "End here", begin: { do: "leave" } },
] as const satisfies readonly { value: string; label: string; begin: Step }[];

export const beginStep = (value: string): Step | null =>
  stepChoices.find((each) => each.value === value)?.begin ?? null;

export const units = [
  { value: "minutes", label: "minutes" },
  { value: "hours", label: "hours" },
  { value: "days", label: "days" },
] as const;

export const checks = [
  { value: "not_opened", label: "no message was opened" },
  { value: "not_clicked", label: "no link was clicked" },
  { value: "unpaid", label: "what is due is not paid" },
  { value: "in_segment", label: "the customer is in a segment" },
] as const;

export const exitLabels: Record<Exit, string> = {
  paid: "The customer paid",
  replied: "The customer replied",
  unsubscribed: "The customer opted out",
  converted: "The campaign’s goal was reached",
};

/** Why somebody left or failed, in words. */
export const reasonWords = (reason: string): string => reasons[reason] ?? reason;
const reasons: Record<string, string> = {
  ...exitLabels,
  erased: "The customer was erased",
  no_event: "What was waited for did not happen",
  campaign_ended: "The campaign ended",
  check_not_opened: "A message was opened",
  check_not_clicked: "A link was clicked",
  check_unpaid: "What was due is paid",
  check_in_segment: "Not in the segment",
};

const ownTitle = ({ channel, own }: Extract<Step, { do: "send" }>): string =>
  !own?.[channel] ? "" : channel === "email" && own.email ? `: ${own.email.subject}` : ", words of its own";

const span = (amount: number, unit: string): string =>
  amount === 1 ? `1 ${unit.slice(0, -1)}` : `${amount} ${unit}`;

/** A step in words: "Wait 3 days". */
export function stepWords(step: Step, segmentName: (id: string) => string | null): string {
  switch (step.do) {
    case "wait":
      return `Wait ${span(step.amount, step.unit)}`;
    case "wait_until":
      return step.day === "" ? "Wait until a date" : `Wait until ${step.day}, ${step.time}`;
    case "wait_event":
      return `Wait for: ${eventLabel(step.name)}, at most ${span(step.amount, step.unit)}`;
    case "check": {
      const held =
        step.holds === "in_segment"
          ? `in ${quoted(segmentName(step.segment))}`
          : checks.find(({ value }) => value === step.holds)?.label;
      return `Only if ${held}${step.otherwise === "skip" ? ", else leave out the next step" : ""}`;
    }
    case "send":
      return `Send by ${channelLabels[step.channel]}${ownTitle(step)}`;
    case "set_attribute":
      return step.key === ""
        ? "Set an attribute"
        : `Set ${step.key.replaceAll("_", " ")} to ${step.value || "nothing"}`;
    case "callback":
      return `Create a callback: ${requestTypeLabel(step.about).toLowerCase()}`;
    case "notify":
      return "Notify the owner";
    case "leave":
      return "End here";
  }
}
