import { z } from "zod";
import { customerEditors, customerReaders } from "@/server/customers/status";
import type { Context } from "@/server/platform/context";
import { createPolicy } from "@/server/policies/create";
import { getPolicy, listPolicies, type PolicyLine } from "@/server/policies/list";
import { policyFields } from "@/server/policies/schemas";
import { decidedStatuses, paymentModes, policyStatuses, usualGraceDays } from "@/server/policies/status";
import { updatePolicy } from "@/server/policies/update";
import { counted } from "./counted";
import { staleAs } from "./if-match";
import { majorOf, money } from "./money";
import { operation } from "./operation";
import { payment, paymentData } from "./payment-view";

const { policyNumber, policyType, productName, graceDays } = policyFields.shape;
const amount = z.number().min(0).max(1e10);
const day = z.iso.date("Give a date, year-month-day.");

const body = z.strictObject({
  policy_number: policyNumber,
  policy_type: policyType,
  product_name: productName,
  premium: amount,
  sum_assured: amount.nullish(),
  payment_mode: z.enum(paymentModes),
  auto_debit: z.boolean().optional(),
  start_date: day.nullish(),
  /** The next due date that is not paid; counted from the start where it is left out. */
  renewal_date: day.nullish(),
  /** 15 for monthly payments and 30 for others unless the contract says more. */
  grace_days: graceDays.optional(),
  /** What somebody decided; in force, in grace and lapsed follow from the dates. */
  decided: z.enum(decidedStatuses).nullish(),
});
type Body = z.output<typeof body>;

const policy = z.object({
  policy_id: z.uuid(),
  policy_number: z.string(),
  policy_type: z.string(),
  product_name: z.string(),
  status: z.enum(policyStatuses),
  premium: money,
  sum_assured: money.nullable(),
  currency: z.string(),
  payment_mode: z.enum(paymentModes),
  auto_debit: z.boolean(),
  start_date: z.string().nullable(),
  renewal_date: z.string().nullable(),
  grace_days: z.number().int(),
  /** The latest, at most six; the others are listed by themselves. */
  payments: z.array(payment),
  payment_count: z.number().int(),
});
const onePolicy = policy.extend({ customer_id: z.uuid() });

const dataOf = (row: PolicyLine): z.input<typeof policy> => ({
  policy_id: row.id,
  policy_number: row.policyNumber,
  policy_type: row.policyType,
  product_name: row.productName,
  status: row.status,
  premium: majorOf(row.premium),
  sum_assured: row.sumAssured === null ? null : majorOf(row.sumAssured),
  currency: row.currency,
  payment_mode: row.paymentMode,
  auto_debit: row.autoDebit,
  start_date: row.startDate,
  renewal_date: row.renewalDate,
  grace_days: row.graceDays,
  payments: row.payments.map(paymentData),
  payment_count: row.paymentCount,
});

async function readPolicy(ctx: Context, policyId: string) {
  const row = await getPolicy(ctx, { policyId });
  return { data: { ...dataOf(row), customer_id: row.customerId }, etag: row.state };
}

/** Fields as the verbs name them; only those that were sent. */
function fieldsOf(given: Partial<Body>) {
  const fields = {
    policyNumber: given.policy_number,
    policyType: given.policy_type,
    productName: given.product_name,
    premium: given.premium?.toFixed(2),
    sumAssured: given.sum_assured == null ? given.sum_assured : given.sum_assured.toFixed(2),
    paymentMode: given.payment_mode,
    autoDebit: given.auto_debit,
    startDate: given.start_date,
    renewalDate: given.renewal_date,
    graceDays: given.grace_days,
    decided: given.decided,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<
    z.input<typeof policyFields>
  >;
}

export const getPolicies = operation({
  id: "listCustomerPolicies",
  method: "GET",
  path: "/customers/{id}/policies",
  scope: "policies:read",
  roles: customerReaders,
  summary: "List a customer's policies, the one that renews next first",
  status: 200,
  data: z.array(policy),
  handle: async ({ ctx, params: { id = "" } }) => {
    const { policies } = await listPolicies(ctx, { customerId: id });
    const message = policies.length === 1 ? "1 policy." : `${policies.length} policies.`;
    return { data: policies.map(dataOf), message };
  },
});

export const addPolicy = operation({
  id: "createPolicy",
  method: "POST",
  path: "/customers/{id}/policies",
  scope: "policies:write",
  roles: customerEditors,
  summary: "Add a policy to a customer",
  status: 201,
  body,
  example: {
    policy_number: "TRM88120001",
    policy_type: "term",
    product_name: "Suraksha Term",
    premium: 12_345.5,
    payment_mode: "yearly",
    start_date: "2025-04-01",
  },
  data: onePolicy,
  handle: async ({ ctx, params: { id = "" }, body: given }) => {
    const made = await createPolicy(ctx, {
      customerId: id,
      ...fieldsOf(given),
      policyNumber: given.policy_number,
      policyType: given.policy_type,
      productName: given.product_name,
      premium: given.premium.toFixed(2),
      paymentMode: given.payment_mode,
      graceDays: given.grace_days ?? usualGraceDays(given.payment_mode),
    });
    return { ...(await readPolicy(ctx, made.id)), message: "The policy was added." };
  },
});

export const getOnePolicy = operation({
  id: "getPolicy",
  method: "GET",
  path: "/policies/{id}",
  scope: "policies:read",
  roles: customerReaders,
  summary: "One policy with its latest payments",
  status: 200,
  tagged: true,
  data: onePolicy,
  handle: async ({ ctx, params: { id = "" } }) => ({
    ...(await readPolicy(ctx, id)),
    message: "The policy as it stands.",
  }),
});

export const putPolicy = operation({
  id: "updatePolicy",
  method: "PUT",
  path: "/policies/{id}",
  scope: "policies:write",
  roles: customerEditors,
  summary: "Change a policy; what is left out stays as it is",
  status: 200,
  tagged: true,
  body: body.partial(),
  example: { renewal_date: "2027-04-01" },
  data: onePolicy,
  handle: async ({ ctx, params: { id = "" }, body: given, ifMatch }) => {
    const change = { policyId: id, changes: fieldsOf(given) };
    await updatePolicy(ctx, change, { state: ifMatch }).catch(staleAs(ifMatch));
    return {
      ...(await readPolicy(ctx, id)),
      message: `${counted(Object.keys(given).length, "field")} taken.`,
    };
  },
});
