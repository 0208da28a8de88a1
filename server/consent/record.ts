import { sql } from "drizzle-orm";
import { consents } from "@/db/schema/consent";
import type { Transaction } from "@/db/transaction";
import { touchCustomers } from "@/server/events";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import type { ContactChannel, Purpose } from "./status";

export type ConsentChange = {
  customerId: string;
  channel: ContactChannel;
  purpose: Purpose;
  action: "granted" | "withdrawn";
  /** Where it was said: `unsubscribe_link`, `import`, `contract`, … */
  source: string;
  /** The words that the customer agreed to, where there were any. */
  textShown?: string | null;
  evidence?: Record<string, unknown>;
};

/**
 * Appends to the consent ledger and brings `consent_states` up to date, in the caller's transaction. A change that says
 * what already stands is not written again, unless `again` says that it was said anew. Returns how many entries were appended.
 */
export async function recordConsent(
  tx: Transaction,
  ctx: Context,
  change: ConsentChange & { again?: boolean },
): Promise<number> {
  const granted = change.action === "granted";
  const moved = await tx.execute(sql`
    insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    values (${ctx.workspaceId}, ${change.customerId}, ${change.channel}, ${change.purpose}, ${granted})
    on conflict (workspace_id, customer_id, channel, purpose)
    do update set granted = excluded.granted, at = clock_now()
    where consent_states.granted is distinct from excluded.granted or ${change.again ?? false}
    returning 1`);
  if (moved.length === 0) return 0;
  await tx.insert(consents).values({
    id: newId(),
    workspaceId: ctx.workspaceId,
    customerId: change.customerId,
    channel: change.channel,
    purpose: change.purpose,
    action: change.action,
    source: change.source,
    textShown: change.textShown ?? null,
    evidence: change.evidence ?? {},
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.id,
  });
  await touchCustomers(tx, ctx, [change.customerId], ["consent"]);
  return 1;
}
