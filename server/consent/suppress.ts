import { suppressions } from "@/db/schema/customers";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { addressHash, addressHint, type ContactChannel } from "./address-hash";

export type Suppression = {
  channel: ContactChannel;
  address: string;
  reason: "unsubscribed" | "hard_bounce" | "complaint" | "do_not_disturb";
  /** What led to it, without the address: `unsubscribe_link`, `smtp 5.1.1`, `import`. */
  origin: string;
};

/** Puts an address on the list of those that must not be contacted; the first reason stays. True when it was new. */
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
    })
    .onConflictDoNothing()
    .returning({ id: suppressions.id });
  return added.length === 1;
}
