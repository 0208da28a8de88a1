import { callbackSources, requestTypes, type Urgency, urgencies } from "@/server/callbacks/status";
import { escalationTargets, type PolicyDefinition } from "@/server/sla/schemas";
import { minutesWords } from "./words";

const sentence = (key: string): string => {
  const words = key.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** What a request is about; a type of the workspace's own is written as it is. */
export const typeLabel = (key: string): string =>
  Object.hasOwn(requestTypes, key) ? requestTypes[key as keyof typeof requestTypes].label : sentence(key);

export const typeOptions = Object.entries(requestTypes).map(([value, { label }]) => ({ value, label }));
export const urgencyOptions = Object.entries(urgencies).map(([value, { label }]) => ({ value, label }));
export const tierOptions = ["platinum", "gold", "silver", "bronze"].map((value) => ({
  value,
  label: sentence(value),
}));
export const sourceOptions = callbackSources.map((value) => ({ value, label: sourceLabel(value) }));

function sourceLabel(source: string): string {
  return source === "api" ? "API" : sentence(source);
}

const anyOf = new Intl.ListFormat("en-IN", { type: "disjunction" });

/** "About Policy issue or Payment problem, from platinum customers" */
export function conditionWords({ condition }: PolicyDefinition): string {
  const { requestTypes: types, urgencies: urgent, tiers, sources, tags } = condition;
  const parts = [
    types.length > 0 ? `about ${anyOf.format(types.map(typeLabel))}` : "",
    urgent.length > 0
      ? `of ${anyOf.format(urgent.map((key) => (urgencies[key as Urgency]?.label ?? key).toLowerCase()))} urgency`
      : "",
    tiers.length > 0 ? `from ${anyOf.format(tiers)} customers` : "",
    sources.length > 0
      ? `come by ${anyOf.format(sources.map((each) => sourceLabel(each).toLowerCase()))}`
      : "",
    tags.length > 0 ? `tagged ${anyOf.format(tags)}` : "",
  ].filter(Boolean);
  return parts.length > 0 ? `Requests ${parts.join(", ")}` : "Every request";
}

/** "tells the supervisors of the agent's team at once, every supervisor after 30 min" */
export const escalationWords = (levels: PolicyDefinition["escalations"]): string =>
  `tells ${levels
    .map(({ afterMinutes, notify }) => {
      const who = escalationTargets[notify];
      const when = afterMinutes === 0 ? "at the due time" : `${minutesWords(afterMinutes)} after it`;
      return `${who.charAt(0).toLowerCase()}${who.slice(1)} ${when}`;
    })
    .join(", ")}`;
