import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { addressHint } from "@/server/consent";
import { decodePublicId, type ExecutionKey, readUnsubscribeToken } from "@/server/deliveries";
import { type Context, customerContext, systemContext } from "@/server/platform/context";
import { runOf } from "./run-of";

/** Whom an unsubscribe link is about. */
export type UnsubscribeLink = {
  ctx: Context;
  key: ExecutionKey;
  publicId: string;
  campaignId: string;
  companyName: string;
  customerId: string;
  channel: "email" | "sms" | "whatsapp";
};

/** What the unsubscribe page shows. Reading it changes nothing: scanners follow every link. */
export type UnsubscribePage = { companyName: string; addressHint: string; withdrawn: boolean };

/** The execution that a token belongs to, or null for a token that we did not make. */
export async function findUnsubscribeLink(token: string): Promise<UnsubscribeLink | null> {
  const publicId = readUnsubscribeToken(token);
  const key = publicId && decodePublicId(publicId);
  const run = key && (await runOf(key.runNumber));
  if (!publicId || !key || !run) return null;
  const rows = await withTransaction(systemContext(run.workspaceId), (tx) =>
    tx.execute<{ customer_id: string; channel: UnsubscribeLink["channel"] | null }>(sql`
      select customer_id, channel from executions
      where part = ${key.part} and run_number = ${key.runNumber} and seq = ${key.seq}`),
  );
  const row = rows[0];
  if (!row?.channel) return null;
  return {
    ctx: customerContext(run.workspaceId, row.customer_id),
    key,
    publicId,
    campaignId: run.campaignId,
    companyName: run.companyName,
    customerId: row.customer_id,
    channel: row.channel,
  };
}

/** The page of a token, or null for a token that we did not make. */
export async function getUnsubscribePage(token: string): Promise<UnsubscribePage | null> {
  const link = await findUnsubscribeLink(token);
  if (!link) return null;
  const [row] = await withTransaction(link.ctx, (tx) =>
    tx.execute<{ email: string | null; withdrawn: boolean }>(sql`
      select (select email from customers where id = ${link.customerId}) as email,
        exists (select from consent_states where customer_id = ${link.customerId} and channel = ${link.channel}
          and purpose = 'promotional' and not granted) as withdrawn`),
  );
  return {
    companyName: link.companyName,
    addressHint: row?.email ? addressHint("email", row.email) : "",
    withdrawn: row?.withdrawn ?? false,
  };
}
