import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { ExecutionKey } from "@/server/deliveries";
import { type Context, customerContext } from "@/server/platform/context";
import { findUnsubscribeLink } from "@/server/tracking";
import { readPreferencesToken } from "./token";

/** Whom a preference link belongs to, and the message that it came with, if it came with one. */
export type PreferenceLink = {
  ctx: Context;
  customerId: string;
  message: { key: ExecutionKey; publicId: string; campaignId: string } | null;
};

/** The link of a token: a customer's own, or that of a message (`/unsubscribe` has the same); null for what we did not make. */
export async function findPreferenceLink(token: string): Promise<PreferenceLink | null> {
  const owner = readPreferencesToken(token);
  if (owner) {
    const { workspaceId, customerId } = owner;
    return { ctx: customerContext(workspaceId, customerId), customerId, message: null };
  }
  const link = await findUnsubscribeLink(token);
  if (!link) return null;
  const { ctx, customerId, key, publicId, campaignId } = link;
  return { ctx, customerId, message: { key, publicId, campaignId } };
}

export type PreferenceCustomer = {
  language: string;
  email: string | null;
  phone: string | null;
  hasPolicy: boolean;
  companyName: string;
};

/** The customer of a link; null once erased: there is nobody left to ask. */
export async function customerOf(tx: Transaction, link: PreferenceLink): Promise<PreferenceCustomer | null> {
  const [row] = await tx.execute<PreferenceCustomer>(sql`
    select c.language, nullif(btrim(c.email), '') as email, nullif(btrim(c.phone), '') as phone,
      w.name as "companyName",
      exists (select from policies p where p.workspace_id = c.workspace_id and p.customer_id = c.id) as "hasPolicy"
    from customers c join workspaces w on w.id = c.workspace_id
    where c.workspace_id = ${link.ctx.workspaceId} and c.id = ${link.customerId} and c.erased_at is null`);
  return row ?? null;
}
