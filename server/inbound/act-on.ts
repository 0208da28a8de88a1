import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { suppressAddress, withdrawPromotion } from "@/server/consent";
import { decodePublicId, type ExecutionKey, recordProviderEvents } from "@/server/deliveries";
import { type Context, systemContext } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { recordReply } from "@/server/responses";
import { appendReaction, workspaceOfRun } from "@/server/tracking";
import type { InboundMail } from "./read-mail";

/** What a mail was taken for, as `inbound_mails.outcome` keeps it. */
export type MailOutcome =
  | "hard_bounce"
  | "soft_bounce"
  | "delayed"
  | "complaint"
  | "reply"
  | "automatic"
  | "unsubscribed"
  | "ignored"
  | "unknown";

type Came = { digest: string; receivedAt: Date };

/** So many soft bounces in so many days, and nothing delivered between, are a dead address. */
const MOST_SOFT = 3;
const SOFT_DAYS = 30;

/**
 * Does what a mail says, each in its noun's own way and safe to repeat: a bounce to the ledger and the suppression list, a
 * complaint to consent, an answer to the responses. Whose it is says the public id; without one nobody knows.
 */
export async function actOn(mail: InboundMail, came: Came): Promise<MailOutcome> {
  const key = mail.publicId === null ? null : decodePublicId(mail.publicId);
  const workspaceId = key && (await workspaceOfRun(key.runNumber));
  if (!key || !workspaceId || mail.publicId === null) return "unknown";
  const ctx = systemContext(workspaceId);
  switch (mail.kind) {
    case "bounce":
      return bounce(ctx, { ...mail, publicId: mail.publicId, key }, came);
    case "complaint":
      await complain(ctx, { key, publicId: mail.publicId, feedback: mail.feedback });
      return "complaint";
    case "reply":
      await recordReply(ctx, {
        channel: "email",
        from: mail.from,
        text: mail.text,
        publicId: mail.publicId,
        providerMessageId: mail.messageId ?? came.digest,
        occurredAt: mail.at ?? came.receivedAt,
        origin: "mail",
        automatic: mail.automatic,
      });
      return mail.automatic ? "automatic" : "reply";
    case "delayed":
    case "ignored":
      return mail.kind;
  }
}

type Bounce = { publicId: string; key: ExecutionKey; status: string; hard: boolean; words: string };

async function bounce(
  ctx: Context,
  { publicId, key, hard, words }: Bounce,
  came: Came,
): Promise<MailOutcome> {
  await recordProviderEvents(ctx, [
    {
      kind: "bounced",
      publicId,
      dedupeKey: `dsn:${came.digest.slice(0, 32)}`,
      occurredAt: came.receivedAt,
      reason: hard ? "address_refused" : "not_delivered",
      detail: words,
      suppress: hard,
      cost: null,
    },
  ]);
  if (hard) return "hard_bounce";
  await withTransaction(ctx, async (tx) => {
    const { address, soft } = await softBounces(tx, key);
    if (!address || soft < MOST_SOFT) return;
    const origin = `${soft} soft bounces`;
    await suppressAddress(tx, ctx, { channel: "email", address, reason: "hard_bounce", origin });
    await bumpTopics(tx, ctx, "suppressions", "customers");
  });
  return "soft_bounce";
}

/** Messages to the customer that bounced softly since the last one that did not. */
async function softBounces(
  tx: Transaction,
  key: ExecutionKey,
): Promise<{ address: string | null; soft: number }> {
  const [row] = await tx.execute<{ address: string | null; soft: number }>(sql`
    with mine as (
      select e.part, e.run_number, e.seq, c.email from executions x
      join executions e on e.workspace_id = x.workspace_id and e.customer_id = x.customer_id and e.channel = 'email'
      join customers c on c.id = x.customer_id
      where x.part = ${key.part} and x.run_number = ${key.runNumber} and x.seq = ${key.seq}),
    told as (
      select m.email, r.at, exists (select from delivery_events d where d.part = m.part and d.run_number = m.run_number
        and d.seq = m.seq and d.kind = 'bounced') as bounced
      from mine m join lateral (select max(s.at) as at from execution_results s where s.part = m.part
        and s.run_number = m.run_number and s.seq = m.seq and s.state in ('sent', 'delivered')) r on r.at is not null
      where r.at > clock_now() - make_interval(days => ${SOFT_DAYS}))
    select max(email) as address, count(*) filter (where bounced
      and at > coalesce((select max(at) from told where not bounced), '-infinity'))::int as soft from told`);
  return row ?? { address: null, soft: 0 };
}

type Complaint = { key: ExecutionKey; publicId: string; feedback: string };

/** “This is spam”, by the button of a mail program: no promotion, and the address gets nothing at all any more. */
async function complain(ctx: Context, { key, publicId, feedback }: Complaint): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const [row] = await tx.execute<{ customerId: string; campaignId: string; address: string | null }>(sql`
      select e.customer_id as "customerId", r.campaign_id as "campaignId", c.email as address
      from executions e join campaign_runs r on r.number = e.run_number left join customers c on c.id = e.customer_id
      where e.part = ${key.part} and e.run_number = ${key.runNumber} and e.seq = ${key.seq}`);
    if (!row) return;
    const { customerId, campaignId, address } = row;
    await withdrawPromotion(tx, ctx, {
      channel: "email",
      customerIds: [customerId],
      address,
      source: "complaint",
      evidence: { execution: publicId, feedback: feedback.slice(0, 40) },
    });
    if (address)
      await suppressAddress(tx, ctx, {
        channel: "email",
        address,
        reason: "complaint",
        origin: "feedback report",
      });
    const detail = { feedback: feedback.slice(0, 40) };
    await appendReaction(tx, key, { kind: "complained", dedupeKey: "complained", detail, occurredAt: null });
    await bumpTopics(tx, ctx, "suppressions", `campaign:${campaignId}`);
  });
}
