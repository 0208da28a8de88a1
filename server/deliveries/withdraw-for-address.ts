import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import { withdrawPromotion } from "@/server/consent";
import type { Context } from "@/server/platform/context";

/**
 * Who has opted out at a provider has withdrawn promotion on its channel: for everybody whom the address belongs to, and for
 * the address itself. The ledger says “provider” and holds what proves it.
 */
export async function withdrawForAddress(
  ctx: Context,
  { channel, address, evidence }: { channel: Channel; address: string; evidence: Record<string, string> },
): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const owner =
      channel === "email"
        ? sql`lower(email) = ${address.trim().toLowerCase()}`
        : sql`phone = ${address.replace(/[^\d+]/g, "")}`;
    const rows = await tx.execute<{ id: string }>(sql`
      select id from customers where workspace_id = ${ctx.workspaceId} and ${owner} and erased_at is null`);
    await withdrawPromotion(tx, ctx, {
      channel,
      customerIds: rows.map(({ id }) => id),
      address,
      source: "provider",
      evidence,
    });
  });
}
