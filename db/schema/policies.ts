import { boolean, date, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, instant, instantNow, micros, workspaceId } from "./columns";
import { customers } from "./customers";

/** An insurance contract of a customer. */
export const policies = pgTable(
  "policies",
  {
    id: id(),
    workspaceId: workspaceId(),
    customerId: uuid("customer_id")
      .notNull()
      .references(() => customers.id),
    policyNumber: text("policy_number").notNull(),
    policyType: text("policy_type").notNull(),
    productName: text("product_name").notNull(),
    status: text("status")
      .$type<"in_force" | "in_grace" | "lapsed" | "paid_up" | "surrendered" | "matured">()
      .notNull(),
    premium: micros("premium_micros").notNull(),
    sumAssured: micros("sum_assured_micros"),
    currency: text("currency").notNull(),
    paymentMode: text("payment_mode")
      .$type<"monthly" | "quarterly" | "half_yearly" | "yearly" | "single">()
      .notNull(),
    autoDebit: boolean("auto_debit").notNull().default(false),
    /** Null where the insurer's file does not say it. */
    startDate: date("start_date", { mode: "string" }),
    renewalDate: date("renewal_date", { mode: "string" }),
    graceDays: integer("grace_days").notNull().default(30),
    createdAt: instantNow("created_at"),
    updatedAt: instantNow("updated_at"),
  },
  (t) => [
    unique("policies_number_key").on(t.workspaceId, t.policyNumber),
    // Covers what segments ask of a customer's policies most: read without the table.
    index("policies_customer_index").on(
      t.workspaceId,
      t.customerId,
      t.status,
      t.renewalDate,
      t.policyType,
      t.premium,
    ),
    index("policies_renewal_index").on(t.workspaceId, t.renewalDate),
    index("policies_start_index").on(t.workspaceId, t.startDate),
  ],
);

/** A due payment on a policy. */
export const premiumPayments = pgTable(
  "premium_payments",
  {
    id: id(),
    workspaceId: workspaceId(),
    policyId: uuid("policy_id")
      .notNull()
      .references(() => policies.id),
    customerId: uuid("customer_id").notNull(),
    dueDate: date("due_date", { mode: "string" }).notNull(),
    amount: micros("amount_micros").notNull(),
    currency: text("currency").notNull(),
    status: text("status").$type<"due" | "paid" | "overdue" | "failed">().notNull(),
    paidAt: instant("paid_at"),
  },
  (t) => [
    unique("premium_payments_policy_due_key").on(t.workspaceId, t.policyId, t.dueDate),
    index("premium_payments_due_index").on(t.workspaceId, t.status, t.dueDate),
    // What falls due in a month, paid or not.
    index("premium_payments_month_index").on(t.workspaceId, t.dueDate),
    index("premium_payments_customer_index").on(t.workspaceId, t.customerId),
  ],
);
