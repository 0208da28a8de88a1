import { customerChanges } from "@/db/schema/customers";
import type { Transaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";

export type CustomerChange = {
  customerId: string;
  /** The audit log's word: `customer.updated`, `policy.created`. */
  action: string;
  subject: "customer" | "policy" | "payment";
  subjectId: string;
  /** The changed fields with their values; null before means that it was made. */
  before: Record<string, unknown> | null;
  after: Record<string, unknown>;
};

/**
 * Writes down a change of a customer, a policy or a payment in the transaction that makes it: who changed which fields for
 * ever in the audit log, and the values, before and after, where they can be erased. Tabs that show the customer re-read.
 */
export async function recordChange(tx: Transaction, ctx: Context, change: CustomerChange): Promise<void> {
  const { customerId, action, subject, subjectId, before, after } = change;
  await tx.insert(customerChanges).values({
    id: newId(),
    workspaceId: ctx.workspaceId,
    customerId,
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.id,
    subject,
    subjectId,
    before,
    after,
  });
  await recordAudit(tx, ctx, {
    action,
    subjectType: subject,
    subjectId,
    after: { ...(subject === "customer" ? {} : { customerId }), changed: Object.keys(after).sort() },
  });
  await bumpTopics(tx, ctx, "customers", `customer:${customerId}`);
}
