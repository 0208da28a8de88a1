import type { Condition, FieldTest, Rule } from "./rule/model";

export type SeededSegment = { key: string; name: string; description: string; rule: Rule };

const all = (...of: Rule["of"]): Rule => ({ match: "all", of });
const policy = (...where: FieldTest[]): Condition => ({
  on: "policy",
  count: { op: "some" },
  where,
});
const active = { field: "status", op: "one_of", value: ["in_force", "in_grace"] };

/** What every workspace begins with, in the order of the list. They can be changed, archived and deleted like any other. */
export const seededSegments: readonly SeededSegment[] = [
  { key: "all_customers", name: "All customers", description: "Everybody in the workspace.", rule: all() },
  {
    key: "active_policyholders",
    name: "Active policyholders",
    description: "At least one policy is in force or in grace.",
    rule: all(policy(active)),
  },
  {
    key: "lapsed",
    name: "Lapsed",
    description: "A policy has lapsed, and none is in force or in grace.",
    rule: all(policy({ field: "status", op: "one_of", value: ["lapsed"] }), {
      match: "none",
      of: [policy(active)],
    }),
  },
  {
    key: "prospects",
    name: "Prospects",
    description: "No policy yet.",
    rule: all({ on: "policy", count: { op: "none" }, where: [] }),
  },
  {
    key: "high_value",
    name: "High value",
    description: "Platinum, or an active policy with a premium of 50,000 or more.",
    rule: {
      match: "any",
      of: [
        { on: "customer", field: "tier", op: "one_of", value: ["platinum"] },
        policy(active, { field: "premium", op: "gte", value: 50_000 }),
      ],
    },
  },
  {
    key: "new",
    name: "New",
    description: "Added in the last 30 days.",
    rule: all({ on: "customer", field: "created_at", op: "last_days", value: 30 }),
  },
  {
    key: "birthday_this_month",
    name: "Birthday this month",
    description: "The birthday is in the current month. 29 February counts as February.",
    rule: all({ on: "customer", field: "birth_date", op: "birthday_month" }),
  },
  {
    key: "renewing_in_30_days",
    name: "Renewing in 30 days",
    description: "An active policy renews today or in the next 30 days.",
    rule: all(policy(active, { field: "renewal_date", op: "next_days", value: 30 })),
  },
  {
    key: "payment_overdue",
    name: "Payment overdue",
    description: "A premium was not paid by its due date.",
    rule: all({
      on: "payment",
      count: { op: "some" },
      where: [{ field: "status", op: "one_of", value: ["overdue"] }],
    }),
  },
  {
    key: "inactive",
    name: "Inactive",
    description: "An active policy, but an engagement score under 10.",
    rule: all(policy(active), { on: "customer", field: "engagement_score", op: "lt", value: 10 }),
  },
  {
    key: "cross_sell",
    name: "Cross-sell opportunities",
    description: "Exactly one active policy, engaged, and nothing that stops promotion.",
    rule: all(
      { on: "policy", count: { op: "exactly", n: 1 }, where: [active] },
      { on: "customer", field: "engagement_score", op: "gte", value: 25 },
      { on: "customer", field: "stop_state", op: "blank" },
    ),
  },
];

/** The rule of a segment that every workspace begins with. */
export function seededRule(key: string): Rule {
  const found = seededSegments.find((segment) => segment.key === key);
  if (!found) throw new Error(`no segment is seeded as ${key}`);
  return found.rule;
}
