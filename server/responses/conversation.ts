import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import type { maskerFor } from "@/server/customers";
import { encodePublicId } from "@/server/deliveries";
import { reasonLabel } from "@/server/deliveries/status";
import type { Context } from "@/server/platform/context";
import type { ResponseClass } from "./status";

/** One message of a conversation. */
export type ConversationPart = {
  id: string;
  /** ISO instant. */
  at: string;
  text: string;
} & (
  | {
      by: "us";
      campaignId: string;
      campaignName: string;
      state: string;
      /** Until when it is held (ISO), or why it did not go, in words. */
      until: string | null;
      reason: string | null;
      /** Who of the workspace wrote it; null for a campaign's message. */
      answeredBy: string | null;
    }
  | { by: "customer"; class: ResponseClass }
);

type Asked = {
  channel: Channel;
  customerId: string | null;
  address: string | null;
  masker: Awaited<ReturnType<typeof maskerFor>>;
};

const MOST = 25;

/**
 * The latest of what went to and fro on a channel: what was handed over to the customer, what a colleague answered, and what
 * the customer, or the address where nobody is known, wrote. Oldest first. The words are there for answers, and of campaigns
 * where the sandbox kept them; elsewhere the campaign's name says which it was.
 */
export async function readConversation(
  tx: Transaction,
  ctx: Context,
  asked: Asked,
): Promise<ConversationPart[]> {
  const parts = [...(await ours(tx, ctx, asked)), ...(await theirs(tx, ctx, asked))];
  return parts.toSorted((one, other) => one.at.localeCompare(other.at)).slice(-MOST);
}

type Sent = {
  part: number;
  runNumber: number;
  seq: number;
  campaignId: string;
  campaignName: string;
  state: string;
  until: string | null;
  reason: string | null;
  at: string;
  answer: string | null;
  answeredBy: string | null;
};

async function ours(
  tx: Transaction,
  ctx: Context,
  { customerId, channel, masker }: Asked,
): Promise<ConversationPart[]> {
  if (customerId === null) return [];
  const sent = await tx.execute<Sent>(sql`
    select e.part, e.run_number::int as "runNumber", e.seq, c.id as "campaignId", c.name as "campaignName",
      coalesce(best.state, 'pending') as state, best.reason, to_json(best.until) #>> '{}' as until,
      to_json(coalesce(gone.at, a.created_at)) #>> '{}' as at, nullif(concat_ws(E'\n', nullif(a.subject, ''), a.text), '') as answer,
      case when a.id is not null then coalesce(u.name, '') end as "answeredBy"
    from (select * from executions where workspace_id = ${ctx.workspaceId} and customer_id = ${customerId}
      and channel = ${channel} order by run_number desc, seq desc limit ${MOST}) e
    join campaign_runs r on r.number = e.run_number join campaigns c on c.id = r.campaign_id
    left join response_answers a on a.run_number = e.run_number left join users u on u.id = a.by_user
    cross join lateral (
      select min(s.at) as at from execution_results s where s.part = e.part and s.run_number = e.run_number
        and s.seq = e.seq and s.state in ('sent', 'delivered', 'unknown')) gone
    left join lateral (
      select o.state, s.reason, s.not_before as until from execution_outcomes o
      left join execution_results s on s.part = o.part and s.run_number = o.run_number and s.seq = o.seq and s.state = o.state
      where o.part = e.part and o.run_number = e.run_number and o.seq = e.seq
      order by execution_state_rank(o.state) desc, s.batch_number desc limit 1) best on true
    where gone.at is not null or a.id is not null`);
  const ids = sent.map(encodePublicId);
  const kept = await tx.execute<{ publicId: string; text: string }>(sql`
    select public_id as "publicId", coalesce(nullif(subject, ''), text) as text from sandbox_messages
    where workspace_id = ${ctx.workspaceId} and public_id = any(${sql.param(ids)}::text[])`);
  const texts = new Map(kept.map((row) => [row.publicId, row.text]));
  return sent.map(({ campaignId, campaignName, state, until, reason, at, answer, answeredBy }, nth) => {
    const id = ids[nth] ?? "";
    const text = masker.text(answer ?? texts.get(id) ?? "");
    const why = state === "delivered" || state === "read" || reason === null ? null : reasonLabel(reason);
    return { id, by: "us", at, campaignId, campaignName, state, until, reason: why, answeredBy, text };
  });
}

async function theirs(
  tx: Transaction,
  ctx: Context,
  { customerId, address, channel, masker }: Asked,
): Promise<ConversationPart[]> {
  const who =
    customerId === null
      ? sql`r.customer_id is null and r.from_address = ${address}`
      : sql`r.customer_id = ${customerId}`;
  const rows = await tx.execute<{ id: string; at: string; text: string; class: ResponseClass }>(sql`
    select r.id, to_json(r.received_at) #>> '{}' as at, left(r.text, 2000) as text, r.class from responses r
    where r.workspace_id = ${ctx.workspaceId} and ${who} and r.channel = ${channel} order by r.id desc limit ${MOST}`);
  return rows.map((row) => ({
    ...row,
    by: "customer" as const,
    text: masker.text(row.text),
  }));
}
