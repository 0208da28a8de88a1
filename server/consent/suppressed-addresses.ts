import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { addressHash } from "./address-hash";
import { type Purpose, stopsService, suppressionReasons } from "./status";

const NUMBER = "^[+](91[6-9][0-9]{9}|(?!91)[1-9][0-9]{6,14})$";
/** The sender's patterns of an address (deliveries/decide.ts), as Postgres writes them. */
export const addressPatterns = {
  email: "^[^[:space:]@]+@[^[:space:]@.]+([.][^[:space:]@.]+)+$",
  sms: NUMBER,
  whatsapp: NUMBER,
} as const satisfies Record<Channel, string>;

/** A customer's address on a channel in its one spelling, over `customers`; null or empty for none. */
export const addressOn = (channel: Channel): SQL =>
  channel === "email" ? sql`lower(btrim(customers.email))` : sql`btrim(customers.phone)`;

/**
 * Suppressed addresses of an audience (`within`, over `customers`), in their one spelling. Suppressions keep a keyed hash
 * and a hint (`r•••@example.com`): the hints narrow in SQL, each customer once, and the hash decides here.
 */
export async function suppressedAddresses(
  tx: Transaction,
  ctx: Context,
  { channel, within, purpose }: { channel: Channel; within: SQL; purpose: Purpose },
): Promise<string[]> {
  const reasons = suppressionReasons.filter((reason) => purpose === "promotional" || stopsService(reason));
  const those = sql`s.workspace_id = ${ctx.workspaceId} and s.channel = ${channel} and s.reason = any(${sql.param(reasons)}::text[])`;
  const hashes = await tx.execute<{ hash: string }>(
    sql`select s.address_hash as hash from suppressions s where ${those}`,
  );
  if (hashes.length === 0) return [];
  const written = addressOn(channel);
  const hint =
    channel === "email"
      ? sql`left(${written}, 1) || '•••' || substring(${written} from '@[^@]*$')`
      : sql`left(${written}, 3) || '•••' || right(${written}, 4)`;
  const rows = await tx.execute<{ address: string }>(sql`
    select distinct ${written} as address from customers
    where ${within} and ${hint} in (select s.address_hint from suppressions s where ${those})`);
  const known = new Set(hashes.map((row) => row.hash));
  return rows.map((row) => row.address).filter((given) => known.has(addressHash(channel, given)));
}
