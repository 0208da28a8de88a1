import type { PolicyLine } from "@/server/sla/list-policies";
import { defaultPolicy, type PolicyDefinition, type SavePolicy, savePolicyInput } from "@/server/sla/schemas";

type Priority = "high" | "medium" | "low";
type Level = { after: string; notify: PolicyDefinition["escalations"][number]["notify"] };
export type PolicyValues = {
  name: string;
  calendarId: string;
  condition: PolicyDefinition["condition"];
  /** Minutes as typed. */
  targets: Record<Priority, { first: string; resolution: string }>;
  /** Per cent as typed. */
  warnAt: string;
  escalations: Level[];
};

/** What the form begins with. */
export function policyValues(policy: PolicyLine | null, calendarId: string): PolicyValues {
  const definition = policy?.definition ?? defaultPolicy;
  const typed = (priority: Priority) => ({
    first: String(definition.targets[priority].firstAttemptMinutes),
    resolution: String(definition.targets[priority].resolutionMinutes),
  });
  return {
    name: policy?.name ?? "",
    calendarId: policy?.calendarId ?? calendarId,
    condition: definition.condition,
    targets: { high: typed("high"), medium: typed("medium"), low: typed("low") },
    warnAt: String(Math.round(definition.warnAt * 100)),
    escalations: definition.escalations.map(({ afterMinutes, notify }) => ({
      after: String(afterMinutes),
      notify,
    })),
  };
}

type Validated =
  | { value: SavePolicy; issues?: undefined }
  | { issues: { message: string; path: string[] }[] };

/** What is no number is refused by the schema in words. */
const numberOf = (typed: string): number => (typed.trim() === "" ? Number.NaN : Number(typed));

/** Reads what was typed; what is wrong is said at its field. */
export function policyForm(policyId: string | null) {
  const validate = (given: unknown): Validated => {
    const { name, calendarId, condition, targets, warnAt, escalations } = given as PolicyValues;
    const minutes = (priority: Priority) => ({
      firstAttemptMinutes: numberOf(targets[priority].first),
      resolutionMinutes: numberOf(targets[priority].resolution),
    });
    const levels = escalations.map(({ after, notify }) => ({ afterMinutes: numberOf(after), notify }));
    const unordered = levels.some(
      ({ afterMinutes }, at) => at > 0 && afterMinutes < (levels[at - 1]?.afterMinutes ?? 0),
    );
    if (unordered)
      return {
        issues: [
          {
            message: "Each level comes at the same time as the one before it, or later.",
            path: ["escalations"],
          },
        ],
      };
    const read = savePolicyInput.safeParse({
      policyId,
      name,
      calendarId,
      definition: {
        condition,
        targets: { high: minutes("high"), medium: minutes("medium"), low: minutes("low") },
        warnAt: numberOf(warnAt) / 100,
        escalations: levels,
      },
    });
    if (read.success) return { value: read.data };
    return {
      issues: read.error.issues.map(({ message, path }) => {
        const [first, second, third] = path.map(String);
        const field = first === "definition" ? (second ?? "") : (first ?? "");
        const where =
          field === "targets" && third ? `${third.charAt(0).toUpperCase()}${third.slice(1)}: ` : "";
        return { message: `${where}${message}`, path: [field] };
      }),
    };
  };
  return { "~standard": { validate } };
}
