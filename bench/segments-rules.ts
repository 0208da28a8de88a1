import type { Condition, Count, FieldTest, Rule, Test } from "@/server/segments/rule/model";

const all = (...of: Rule["of"]): Rule => ({ match: "all", of });
const customer = (field: string, op: string, value?: unknown): Condition => ({
  on: "customer",
  field,
  op,
  value,
});
const policy = (...where: FieldTest[]): Condition => ({ on: "policy", count: { op: "some" }, where });
const event = (name: string, count: Count, when: Test | null = null): Condition => ({
  on: "event",
  name,
  count,
  when,
  where: [],
});
const last = (value: number): Test => ({ op: "last_days", value });
const active: FieldTest = { field: "status", op: "one_of", value: ["in_force", "in_grace"] };
const renewing: FieldTest = { field: "renewal_date", op: "next_days", value: 30 };
const allowed: Condition = { on: "consent", channel: "whatsapp", purpose: "promotional", state: "granted" };

/** What a renewal drive asks: tier, a policy that renews, no failed payment lately, consent. */
export const typicalRule: Rule = all(
  customer("tier", "one_of", ["gold", "platinum"]),
  policy(active, renewing),
  event("payment_failed", { op: "none" }, last(30)),
  allowed,
);

/** What somebody builds step by step: rules of every kind, alone and together. */
export const reachRules: readonly Rule[] = [
  all(),
  all(customer("tier", "one_of", ["gold", "platinum"])),
  all(customer("city", "is", "Pune"), customer("engagement_score", "gte", 60)),
  all(customer("birth_date", "birthday_month")),
  all(customer("attribute:occupation", "is", "retired")),
  all(policy(active)),
  all(policy(active, renewing)),
  all(customer("tier", "one_of", ["gold", "platinum"]), policy(active, renewing)),
  all({ on: "policy", count: { op: "at_least", n: 3 }, where: [] }),
  all(policy(active), {
    match: "none",
    of: [policy({ field: "policy_type", op: "one_of", value: ["health"] })],
  }),
  all(event("inquiry", { op: "some" }, last(30))),
  all(event("payment_failed", { op: "none" })),
  all(event("app_login", { op: "at_least", n: 3 })),
  all(allowed),
  typicalRule,
  {
    match: "any",
    of: [
      customer("tier", "one_of", ["platinum"]),
      policy(active, { field: "premium", op: "gte", value: 50_000 }),
    ],
  },
  all(policy(active), event("inquiry", { op: "some" }, last(90)), allowed),
];
