import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import { parseEmail, parsePhone } from "@/server/customers";
import { decodePublicId, type ExecutionKey } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";

/** How far back a message is taken for what a reply without a reference answers, in days. */
export const ANSWERS_WITHIN_DAYS = 7;

export type Sender = {
  customerId: string | null;
  /** Everybody with that address, the matched customer first: an opt-out is said for the address. */
  customerIds: string[];
  /** In its one spelling: E.164, or e-mail in lower case. */
  address: string;
  key: ExecutionKey | null;
  campaignId: string | null;
  /** How the customer was found; kept with the response. */
  by: "public_id" | "recent_message" | "address" | "nobody";
};

type Asked = { channel: Channel; from: string; publicId?: string | null; occurredAt: Date };

/**
 * Who wrote, and about which message: by the public id that came back; else by the latest message of the last 7 days to
 * somebody with the address; else by the address alone; else nobody, and the reply is kept all the same.
 */
export async function matchSender(tx: Transaction, ctx: Context, asked: Asked): Promise<Sender> {
  const address = spell(asked);
  const owners = await customersAt(tx, ctx, asked.channel, address);
  const found = (await byPublicId(tx, ctx, asked.publicId)) ?? (await byRecentMessage(tx, asked, owners));
  if (found) {
    const { by, customerId, campaignId, ...key } = found;
    const customerIds = [customerId, ...owners.filter((id) => id !== customerId)];
    return { customerId, customerIds, address, key, campaignId, by };
  }
  const none = { customerIds: owners, address, key: null, campaignId: null };
  const first = owners[0];
  return first ? { ...none, customerId: first, by: "address" } : { ...none, customerId: null, by: "nobody" };
}

/** What cannot be parsed is kept as it came: a short code answers, too. */
function spell({ channel, from }: Asked): string {
  const parsed = channel === "email" ? parseEmail(from) : parsePhone(from.replace(/^whatsapp:/i, ""));
  return parsed.ok ? parsed.value : from.trim().slice(0, 320);
}

/** Those whom an address belongs to, the one who was changed last first. Bounded: a switchboard is nobody's phone. */
export async function customersAt(
  tx: Transaction,
  ctx: Context,
  channel: Channel,
  address: string,
): Promise<string[]> {
  const at = channel === "email" ? sql`lower(email) = ${address}` : sql`phone = ${address}`;
  const rows = await tx.execute<{ id: string }>(sql`
    select id from customers where workspace_id = ${ctx.workspaceId} and ${at}
    order by updated_at desc, id limit 50`);
  return rows.map((row) => row.id);
}

type Found = ExecutionKey & { customerId: string; campaignId: string; by: "public_id" | "recent_message" };

/** A forged id, or one of another workspace, is nothing: its row is not seen. */
async function byPublicId(
  tx: Transaction,
  ctx: Context,
  publicId: string | null | undefined,
): Promise<Found | null> {
  const key = publicId ? decodePublicId(publicId) : null;
  if (!key) return null;
  const [row] = await tx.execute<{ customerId: string; campaignId: string }>(sql`
    select e.customer_id as "customerId", r.campaign_id as "campaignId"
    from executions e join campaign_runs r on r.number = e.run_number
    where e.part = ${key.part} and e.run_number = ${key.runNumber} and e.seq = ${key.seq}
      and e.workspace_id = ${ctx.workspaceId}`);
  return row ? { ...key, ...row, by: "public_id" } : null;
}

async function byRecentMessage(
  tx: Transaction,
  { channel, occurredAt }: Asked,
  owners: readonly string[],
): Promise<Found | null> {
  if (owners.length === 0) return null;
  // Providers tell whole seconds, by clocks of their own: a quick answer seems to come before its message.
  const at = sql`least(${occurredAt.toISOString()}::timestamptz + interval '1 minute', clock_now())`;
  const [row] = await tx.execute<Omit<Found, "by">>(sql`
    select e.part, e.run_number::int as "runNumber", e.seq, e.customer_id as "customerId", r.campaign_id as "campaignId"
    from (
      select * from executions x
      where x.customer_id = any(${sql.param([...owners])}::uuid[]) and x.channel = ${channel}
      order by x.run_number desc limit 500) e
    join campaign_runs r on r.number = e.run_number
    join execution_results s on s.part = e.part and s.run_number = e.run_number and s.seq = e.seq
      and s.state in ('sent', 'delivered', 'unknown')
    where s.at between ${at} - make_interval(days => ${ANSWERS_WITHIN_DAYS}) and ${at}
    order by s.at desc, e.run_number desc limit 1`);
  return row ? { ...row, by: "recent_message" } : null;
}
