import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { allowPromotion } from "@/server/consent";
import type { ContactChannel } from "@/server/consent/status";
import type { Context } from "@/server/platform/context";

type Misread = { responseId: string; address: string | null; customerIds: readonly string[] };

/**
 * Gives back the promotion that a misread reply took away: only where the customer had allowed it before, and said nothing
 * since. What was never allowed stays not allowed. Returns the customers for whom it came back.
 */
export async function restoreConsent(tx: Transaction, ctx: Context, misread: Misread): Promise<string[]> {
  const { responseId, address, customerIds } = misread;
  const rows = await tx.execute<{ customerId: string; channel: ContactChannel }>(sql`
    select x.customer_id as "customerId", x.channel from consents x
    where x.workspace_id = ${ctx.workspaceId} and x.customer_id = any(${sql.param([...customerIds])}::uuid[])
      and x.purpose = 'promotional' and x.action = 'withdrawn' and x.evidence ->> 'responseId' = ${responseId}
      and not exists (select from consents l where l.workspace_id = x.workspace_id and l.customer_id = x.customer_id
        and l.channel = x.channel and l.purpose = x.purpose and l.id > x.id)
      and 'granted' = (select p.action from consents p where p.workspace_id = x.workspace_id
        and p.customer_id = x.customer_id and p.channel = x.channel and p.purpose = x.purpose and p.id < x.id
        order by p.id desc limit 1)`);
  const channels = [...new Set(rows.map(({ channel }) => channel))].sort();
  for (const channel of channels)
    await allowPromotion(tx, ctx, {
      channel,
      customerIds: rows.filter((row) => row.channel === channel).map((row) => row.customerId),
      address,
      source: "correction",
      evidence: { responseId },
    });
  return rows.map((row) => row.customerId);
}
