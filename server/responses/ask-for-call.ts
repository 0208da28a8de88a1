import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { requestIn } from "@/server/callbacks";
import type { Channel } from "@/server/channels/status";
import { parsePhone } from "@/server/customers";
import type { ExecutionKey } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import type { ResponseClass } from "./status";

/** The topic of a call that a reply asks for: a complaint is a queue entry of its own kind. */
const topics: Partial<Record<ResponseClass, string>> = {
  callback_request: "general_inquiry",
  complaint: "complaint",
};

type Asked = {
  class: ResponseClass;
  channel: Channel;
  text: string;
  responseId: string;
  customerId: string | null;
  /** Null once erased. */
  address: string | null;
  key: ExecutionKey | null;
  campaignId: string | null;
};

/**
 * A reply that wants a call, or complains, becomes a callback request in the transaction that records it: one for each
 * reply, and repeats merge. Who wrote by e-mail is called at the customer's number; where there is none, the reply waits to
 * be answered as it came.
 */
export async function askForCall(tx: Transaction, ctx: Context, asked: Asked): Promise<void> {
  const requestType = topics[asked.class];
  if (!requestType) return;
  const phone = await phoneOf(tx, ctx, asked);
  if (phone === null) return;
  const { campaignId, key } = asked;
  await requestIn(tx, ctx, {
    phone,
    customerId: asked.customerId,
    requestType,
    description: asked.text.slice(0, 4_000),
    source: "reply",
    sourceKey: asked.responseId,
    execution: campaignId && key ? { campaignId, ...key } : null,
  });
}

async function phoneOf(
  tx: Transaction,
  ctx: Context,
  { channel, address, customerId }: Asked,
): Promise<string | null> {
  if (channel !== "email" && address) {
    const parsed = parsePhone(address);
    return parsed.ok ? parsed.value : null;
  }
  const [row] = await tx.execute<{ phone: string | null }>(sql`
    select phone from customers where workspace_id = ${ctx.workspaceId} and id = ${customerId}::uuid and erased_at is null`);
  return row?.phone ?? null;
}
