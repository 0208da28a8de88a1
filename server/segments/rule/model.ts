import type { PropertyType } from "./fields";

export const matches = ["all", "any", "none"] as const;
export type Match = (typeof matches)[number];

/** Conditions and groups that all, any or none of must hold. An empty `all` at the top is everybody. */
export type Group = { match: Match; of: RuleNode[] };
export type Rule = Group;
export type RuleNode = Group | Condition;

/** An operator with the value that it takes; unchecked until `problemsOf` has found nothing. */
export type Test = { op: string; value?: unknown };
export type FieldTest = Test & { field: string };
export type PropertyTest = Test & { property: string; type: PropertyType };

/** How many of something: `some` is at least one, `none` is none; the others take `n`. */
export const counts = ["some", "none", "at_least", "at_most", "exactly"] as const;
export type Count = { op: (typeof counts)[number]; n?: number };

export const interactions = [
  "sent",
  "delivered",
  "opened",
  "clicked",
  "replied",
  "converted",
  "failed",
  "skipped",
] as const;
export type Interaction = (typeof interactions)[number];

export const consentStates = ["granted", "not_granted", "withdrawn", "not_asked"] as const;
export const consentChannels = ["email", "sms", "whatsapp", "call"] as const;
export const reachChannels = ["email", "sms", "whatsapp"] as const;
export const purposes = ["promotional", "service"] as const;

export type CustomerCondition = FieldTest & { on: "customer" };
type Counted<On> = { on: On; count: Count; where: FieldTest[] };
export type RecordCondition = Counted<"policy"> | Counted<"payment">;
export type EventCondition = {
  on: "event";
  name: string;
  count: Count;
  /** A date operator over the event's time; null is ever. */
  when: Test | null;
  where: PropertyTest[];
};
export type CampaignCondition = {
  on: "campaign";
  interaction: Interaction;
  did: boolean;
  /** Null is any campaign. */
  campaign: string | null;
  when: Test | null;
  /** For `failed` and `skipped`: only for this reason of the ledger. */
  reason?: string | null | undefined;
};
export type ConsentCondition = {
  on: "consent";
  channel: (typeof consentChannels)[number];
  purpose: (typeof purposes)[number];
  state: (typeof consentStates)[number];
};
export type ReachCondition = { on: "reach"; channel: (typeof reachChannels)[number]; can: boolean };
export type SegmentCondition = { on: "segment"; segment: string; in: boolean };

export type Condition =
  | CustomerCondition
  | RecordCondition
  | EventCondition
  | CampaignCondition
  | ConsentCondition
  | ReachCondition
  | SegmentCondition;

export const isGroup = (node: RuleNode): node is Group => "match" in node;

/** Every condition of a rule, in its order. */
export function conditionsOf(node: RuleNode): Condition[] {
  return isGroup(node) ? node.of.flatMap(conditionsOf) : [node];
}

/** The segments that a rule names, each once. */
export const segmentsIn = (rule: Rule): string[] => [
  ...new Set(
    conditionsOf(rule).flatMap((condition) => (condition.on === "segment" ? condition.segment : [])),
  ),
];

/** Most levels of groups, conditions of a rule and tests of a condition. */
export const most = { depth: 5, conditions: 100, tests: 10, count: 100_000 } as const;
