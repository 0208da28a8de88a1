import { sql } from "drizzle-orm";
import { suppressions } from "@/db/schema/consent";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { addressHash, addressHint } from "./address-hash";
import { type ContactChannel, type SuppressionReason, stopsService, suppressionReasons } from "./status";

export type Suppression = {
  channel: ContactChannel;
  address: string;
  reason: SuppressionReason;
  /** What led to it, without the address: `unsubscribe_link`, `smtp 5.1.1`, `import`. */
  origin: string;
};

const milder: SuppressionReason[] = suppressionReasons.filter((reason) => !stopsService(reason));

/**
 * Puts an address on the list of those that must not be contacted. The first reason stays, unless the new one stops more: an
 * address that unsubscribed and then bounces gets nothing at all. True when something changed.
 */
export async function suppressAddress(tx: Transaction, ctx: Context, entry: Suppression): Promise<boolean> {
  const added = await tx
    .insert(suppressions)
    .values({
      id: newId(),
      workspaceId: ctx.workspaceId,
      channel: entry.channel,
      addressHash: addressHash(entry.channel, entry.address),
      addressHint: addressHint(entry.channel, entry.address),
      reason: entry.reason,
      origin: entry.origin,
      addedBy: ctx.actor.kind === "user" ? ctx.actor.id : null,
    })
    .onConflictDoUpdate({
      target: [suppressions.workspaceId, suppressions.channel, suppressions.addressHash],
      set: { reason: entry.reason, origin: entry.origin },
      setWhere: sql`${suppressions.reason} = any(${sql.param(milder)}::text[]) and ${!milder.includes(entry.reason)}`,
    })
    .returning({ id: suppressions.id });
  return added.length === 1;
}
