import type { AttributeDefinition, AttributeValue } from "@/server/attributes/schemas";
import { formatAttributeValue } from "@/server/attributes/schemas";
import {
  languageLabel,
  type StopState,
  stopStateLabels,
  type Tier,
  tierLabels,
} from "@/server/customers/schemas";
import { formatDate, formatMoney, nothing } from "@/server/platform/format";
import {
  type PaymentMode,
  type PaymentStatus,
  type PolicyStatus,
  paymentModeLabels,
  paymentStatusLabels,
  policyStatusLabels,
} from "@/server/policies/status";

/** `half_yearly` → "half yearly". */
export const spelled = (key: string): string => key.replaceAll("_", " ");

/** `policy_purchased` → "Policy purchased". */
export const sentence = (key: string): string => {
  const text = spelled(key);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** Names of fields as the history keeps them; files use the snake-case ones. */
const fieldLabels: Record<string, string> = {
  name: "Name",
  externalId: "External id",
  external_id: "External id",
  phone: "Phone",
  email: "E-mail",
  language: "Language",
  tier: "Tier",
  city: "City",
  birthDate: "Birth date",
  birth_date: "Birth date",
  stopState: "Promotion",
  advisorId: "Advisor",
  tags: "Tags",
  policyNumber: "Policy number",
  policyType: "Kind",
  productName: "Product",
  status: "State",
  premium: "Premium",
  sumAssured: "Sum assured",
  paymentMode: "Paid",
  autoDebit: "Auto-debit",
  startDate: "Start date",
  renewalDate: "Next due date",
  graceDays: "Days of grace",
  dueDate: "Due date",
  amount: "Amount",
  paidOn: "Paid on",
};

type Definitions = readonly Pick<AttributeDefinition, "key" | "label" | "type">[];

/** `attribute:branch` by the name that the workspace gave it; other fields by ours. */
export function fieldLabel(field: string, definitions: Definitions): string {
  const key = /^attribute:(.*)$/.exec(field)?.[1];
  if (key === undefined) return fieldLabels[field] ?? sentence(field);
  return definitions.find((each) => each.key === key)?.label ?? sentence(key);
}

const writers: Record<string, (value: string) => string> = {
  tier: (value) => tierLabels[value as Tier] ?? value,
  language: languageLabel,
  stopState: (value) => stopStateLabels[value as StopState] ?? value,
  status: (value) =>
    policyStatusLabels[value as PolicyStatus] ?? paymentStatusLabels[value as PaymentStatus] ?? value,
  paymentMode: (value) => paymentModeLabels[value as PaymentMode] ?? value,
  premium: (value) => formatMoney(value, "INR", 2),
  sumAssured: (value) => formatMoney(value, "INR", 0),
  amount: (value) => formatMoney(value, "INR", 2),
};
const dates = new Set(["birthDate", "birth_date", "startDate", "renewalDate", "dueDate", "paidOn"]);

/** A field's value for reading. */
export function fieldValue(field: string, value: unknown, definitions: Definitions): string {
  if (value === null || value === undefined || value === "")
    return field === "stopState" ? "Not stopped" : nothing;
  if (Array.isArray(value)) return value.length > 0 ? value.join(", ") : nothing;
  const key = /^attribute:(.*)$/.exec(field)?.[1];
  if (key !== undefined)
    return formatAttributeValue(
      definitions.find((each) => each.key === key),
      value as AttributeValue,
    );
  if (typeof value === "boolean") return value ? "On" : "Off";
  if (typeof value === "object") return JSON.stringify(value);
  if (dates.has(field)) return formatDate(String(value), "UTC");
  return writers[field]?.(String(value)) ?? String(value);
}

type Values = Record<string, unknown>;
export type ChangedField = { field: string; label: string; before: string; after: string };

/** What a change changed, field by field, in words. A file keeps attributes in one object: they are taken apart. */
export function changedFields(
  before: Values | null,
  after: Values | null,
  definitions: Definitions,
): ChangedField[] {
  const [was, is] = [flat(before), flat(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].map((field) => ({
    field,
    label: fieldLabel(field, definitions),
    before: fieldValue(field, was[field], definitions),
    after: fieldValue(field, is[field], definitions),
  }));
}

const flat = (values: Values | null): Values =>
  Object.fromEntries(
    Object.entries(values ?? {}).flatMap(([field, value]) =>
      field === "attributes" && value !== null && typeof value === "object"
        ? Object.entries(value).map(([key, each]) => [`attribute:${key}`, each])
        : [[field, value]],
    ),
  );
