import type { Transaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { type ConsentChange, recordConsent } from "./record";

/**
 * Appends to the ledger, with its audit entry and the topics of the screens that show it. Returns false when it says what
 * already stands. `ctx.actor` is who said it, or who wrote it down.
 */
export async function changeConsent(
  tx: Transaction,
  ctx: Context,
  change: ConsentChange & { again?: boolean },
): Promise<boolean> {
  if ((await recordConsent(tx, ctx, change)) === 0) return false;
  const { customerId, channel, purpose, source } = change;
  // Ids only: what somebody wrote as a reference stays in the ledger.
  const { reference: _, ...ids } = change.evidence ?? {};
  await recordAudit(tx, ctx, {
    action: `consent.${change.action}`,
    subjectType: "customer",
    subjectId: customerId,
    before: null,
    after: { channel, purpose, source, ...ids },
  });
  await bumpTopics(tx, ctx, "consent", "customers", `customer:${customerId}`);
  return true;
}
