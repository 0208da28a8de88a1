import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordConsent } from "@/server/consent";
import { recordAudit } from "@/server/platform/audit";
import { bumpTopics } from "@/server/platform/realtime";
import { unsubscribeWords } from "./content";
import { findUnsubscribeLink, type UnsubscribeLink } from "./get-unsubscribe";
import { trackingLock } from "./lock-tracking";

/** `one_click`: the mail program's own button (RFC 8058). `page`: the button on our page. */
export type UnsubscribeWay = "one_click" | "page";

/**
 * Withdraws the consent to promotional messages on the message's channel; service messages still come (joints.md), so the
 * address is not suppressed. The opt-out counts for this message's run only when it changed something, and once. Doing it
 * again is a success that changes nothing. Returns false for a token that we did not make.
 */
export async function unsubscribe(token: string, way: UnsubscribeWay): Promise<boolean> {
  const link = await findUnsubscribeLink(token);
  if (!link) return false;
  const { ctx, customerId, channel } = link;
  await withTransaction(ctx, async (tx) => {
    await tx.execute(
      sql`select pg_advisory_xact_lock_shared(hashtextextended(${trackingLock(link.key.runNumber)}, 0))`,
    );
    const changed = await recordConsent(tx, ctx, {
      customerId,
      channel,
      purpose: "promotional",
      action: "withdrawn",
      source: "unsubscribe_link",
      textShown: way === "page" ? unsubscribeWords(link.companyName).stop : null,
      evidence: { execution: link.publicId, way },
    });
    if (changed === 0) return;
    await appendEvent(tx, link, way);
    await recordAudit(tx, ctx, {
      action: "consent.withdrawn",
      subjectType: "customer",
      subjectId: customerId,
      before: null,
      after: { channel, purpose: "promotional", way, campaignId: link.campaignId },
    });
    await bumpTopics(tx, ctx, `campaign:${link.campaignId}`, "customers");
  });
  return true;
}

/** The raw row and the run's roll-up, in one statement; a customer who comes back and leaves again stays one opt-out. */
async function appendEvent(tx: Transaction, link: UnsubscribeLink, way: UnsubscribeWay): Promise<void> {
  const { part, runNumber, seq } = link.key;
  await tx.execute(sql`
    with execution as (
      select e.*, clock_now() as now from executions e
      where e.part = ${part} and e.run_number = ${runNumber} and e.seq = ${seq}
    ), event as (
      insert into delivery_events
        (part, run_number, seq, dedupe_key, workspace_id, kind, first, detail, occurred_at, received_at)
      select part, run_number, seq, 'unsubscribed', workspace_id, 'unsubscribed', true,
        jsonb_build_object('way', ${way}::text), now, now
      from execution
      on conflict do nothing
      returning occurred_at
    )
    insert into run_rollups (workspace_id, run_number, campaign_id, bucket, channel, variant, unsubscribed)
    select x.workspace_id, x.run_number, ${link.campaignId}::uuid,
      date_bin('15 minutes', v.occurred_at, 'epoch'::timestamptz), x.channel, x.variant, 1
    from execution x cross join event v
    on conflict (workspace_id, run_number, bucket, channel, variant) do update
      set unsubscribed = run_rollups.unsubscribed + excluded.unsubscribed`);
}
