import type { FieldType, Operator } from "./operator";
import { birthdayOperators, dateOperators } from "./operators-date";
import { numberOperators } from "./operators-number";
import { booleanOperators, choiceOperators, tagOperators, textOperators } from "./operators-text";

export type Choice = { value: string; label: string };

/** A field that tests can be made of. `column` is this product's own name for it, never a person's. */
export type Field = {
  label: string;
  type: FieldType;
  column: string;
  /** For choices: the values with their names. Absent where the workspace's own data says them. */
  choices?: readonly Choice[];
  /** Where the values that the workspace has are found: a list of the catalogue. */
  suggest?: "cities" | "languages" | "tags" | "policyTypes" | "products" | "advisors";
  /** Always has a value: "is known" and "is not known" are not offered. */
  always?: boolean;
};

/** Operators by type, in the order in which they are offered; the first is the one that a new row begins with. */
export const operatorsOf: Record<FieldType, Readonly<Record<string, Operator>>> = {
  text: textOperators,
  choice: choiceOperators,
  number: numberOperators,
  money: numberOperators,
  boolean: booleanOperators,
  date: dateOperators,
  birthday: { ...birthdayOperators, ...dateOperators },
  instant: dateOperators,
  tags: tagOperators,
};

const choices = (labels: Record<string, string>): Choice[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

const yes: Pick<Field, "always"> = { always: true };

export const customerFields: Readonly<Record<string, Field>> = {
  tier: {
    label: "Tier",
    type: "choice",
    column: "tier",
    choices: choices({ platinum: "Platinum", gold: "Gold", silver: "Silver", bronze: "Bronze" }),
    ...yes,
  },
  engagement_score: { label: "Engagement score", type: "number", column: "engagement_score", ...yes },
  birth_date: { label: "Birthday", type: "birthday", column: "birth_date" },
  city: { label: "City", type: "text", column: "city", suggest: "cities" },
  language: { label: "Language", type: "choice", column: "language", suggest: "languages", ...yes },
  tags: { label: "Tags", type: "tags", column: "tags", suggest: "tags" },
  advisor: { label: "Advisor", type: "choice", column: "advisor_id", suggest: "advisors" },
  stop_state: {
    label: "Stop state",
    type: "choice",
    column: "stop_state",
    choices: choices({
      deceased: "Deceased",
      death_claim: "Death claim",
      open_complaint: "Open complaint",
      surrender: "Surrender",
      free_look: "Free look",
    }),
  },
  name: { label: "Name", type: "text", column: "name" },
  email: { label: "E-mail", type: "text", column: "email" },
  phone: { label: "Phone", type: "text", column: "phone" },
  external_id: { label: "Customer id", type: "text", column: "external_id" },
  created_at: { label: "Added on", type: "instant", column: "created_at", ...yes },
};

const policyStatus = choices({
  in_force: "In force",
  in_grace: "In grace",
  lapsed: "Lapsed",
  paid_up: "Paid up",
  surrendered: "Surrendered",
  matured: "Matured",
});

export const policyFields: Readonly<Record<string, Field>> = {
  status: { label: "Status", type: "choice", column: "status", choices: policyStatus, ...yes },
  policy_type: { label: "Type", type: "choice", column: "policy_type", suggest: "policyTypes", ...yes },
  product_name: { label: "Product", type: "text", column: "product_name", suggest: "products", ...yes },
  renewal_date: { label: "Renewal date", type: "date", column: "renewal_date" },
  start_date: { label: "Start date", type: "birthday", column: "start_date" },
  premium: { label: "Premium", type: "money", column: "premium_micros", ...yes },
  sum_assured: { label: "Sum assured", type: "money", column: "sum_assured_micros" },
  payment_mode: {
    label: "Payment mode",
    type: "choice",
    column: "payment_mode",
    choices: choices({
      monthly: "Monthly",
      quarterly: "Quarterly",
      half_yearly: "Half-yearly",
      yearly: "Yearly",
      single: "Single",
    }),
    ...yes,
  },
  auto_debit: { label: "Auto-debit", type: "boolean", column: "auto_debit", ...yes },
};

export const paymentFields: Readonly<Record<string, Field>> = {
  status: {
    label: "Status",
    type: "choice",
    column: "status",
    choices: choices({ due: "Due", paid: "Paid", overdue: "Overdue", failed: "Failed" }),
    ...yes,
  },
  due_date: { label: "Due date", type: "date", column: "due_date", ...yes },
  amount: { label: "Amount", type: "money", column: "amount_micros", ...yes },
  paid_at: { label: "Paid on", type: "instant", column: "paid_at" },
};

/** A custom attribute is a field under `attribute:<key>`. */
export const ATTRIBUTE = "attribute:";
export const attributeKey = (field: string): string | null =>
  field.startsWith(ATTRIBUTE) ? field.slice(ATTRIBUTE.length) : null;

/** Types that a property of an event can be read as. */
export const propertyTypes = ["text", "number", "boolean", "date"] as const;
export type PropertyType = (typeof propertyTypes)[number];
