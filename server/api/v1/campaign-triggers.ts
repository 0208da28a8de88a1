import { type Trigger, triggerSchema } from "@/server/automations/schemas";
import type { TriggerBody } from "./campaign-schema";

const DEFAULT_DAYS = 7;

/** A trigger as automations know it. @throws ZodError for a value that it cannot have */
export function triggerOf(body: TriggerBody): Trigger {
  const { segments = [], policy_types: policyTypes = [] } = body.additional_conditions ?? {};
  return triggerSchema.parse({ ...kindOf(body), segments, policyTypes });
}

function kindOf({ trigger_type: type, trigger_value: value, additional_conditions: more }: TriggerBody) {
  const days = value == null || value === "" ? DEFAULT_DAYS : Number(value);
  switch (type) {
    case "event_type":
      return { on: "event", name: String(value ?? ""), properties: more?.properties ?? [] };
    case "engagement_score":
      return { on: "score", direction: more?.direction ?? "falls", score: Number(value) };
    case "segment_entered":
      return { on: "segment", segment: String(value ?? ""), change: "entered" };
    case "segment_left":
      return { on: "segment", segment: String(value ?? ""), change: "left" };
    default: {
      const on = daily[type];
      return on === "grace" || on === "grace_ends" || on === "birthday" || on === "anniversary"
        ? { on }
        : { on, days };
    }
  }
}

const daily = {
  policy_renewal: "renewal",
  premium_due: "premium_due",
  payment_overdue: "overdue",
  in_grace: "grace",
  grace_ends: "grace_ends",
  policy_lapsed: "lapsed",
  birthday: "birthday",
  policy_anniversary: "anniversary",
  inactive_days: "inactive",
} as const;
type Daily = keyof typeof daily;

/** The same by the names of this door. */
export function triggerBodyOf(trigger: Trigger): TriggerBody {
  const { segments, policyTypes } = trigger;
  const more = {
    ...(segments.length > 0 ? { segments } : {}),
    ...(policyTypes.length > 0 ? { policy_types: policyTypes } : {}),
    ...(trigger.on === "event" && trigger.properties.length > 0 ? { properties: trigger.properties } : {}),
    ...(trigger.on === "score" ? { direction: trigger.direction } : {}),
  };
  const additional_conditions = Object.keys(more).length > 0 ? more : null;
  return { ...namedOf(trigger), additional_conditions };
}

function namedOf(trigger: Trigger): Pick<TriggerBody, "trigger_type" | "trigger_value"> {
  if (trigger.on === "event") return { trigger_type: "event_type", trigger_value: trigger.name };
  if (trigger.on === "score") return { trigger_type: "engagement_score", trigger_value: trigger.score };
  if (trigger.on === "segment")
    return { trigger_type: `segment_${trigger.change}`, trigger_value: trigger.segment };
  const [type] = (Object.keys(daily) as Daily[]).filter((key) => daily[key] === trigger.on);
  return {
    trigger_type: type ?? "birthday",
    trigger_value: "days" in trigger ? trigger.days : null,
  };
}
