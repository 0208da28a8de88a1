import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { storableJson } from "@/server/platform/storable";
import { attribute } from "./attribute";
import { changingConversions } from "./keep-rollups";
import type { ConversionSource } from "./status";
import { takeBackToldBefore } from "./take-back";

/** A conversion whose customer is known, ready to be kept. */
export type Draft = {
  customerId: string;
  eventId: string | null;
  externalId: string | null;
  name: string | null;
  onlyCampaignId: string | null;
  value: bigint;
  /** Null: the workspace's. */
  currency: string | null;
  policyNumber: string | null;
  /** Null: as the policy says. */
  autoDebit: boolean | null;
  /** ISO text; null means the moment of arrival. */
  occurredAt: string | null;
};

/** What was kept: by the place of the draft, its id and the campaign that is credited. Repeats are left out. */
export type Kept = Map<number, { id: string; campaignId: string | null }>;

/**
 * Keeps conversions and credits them, in the caller's transaction, in bulk. One whose event or sender's id is known already,
 * or stood in this batch before, is left out; one whose reversal was told before it does not count. The customers must be
 * marked by then.
 */
export async function keepConversions(
  tx: Transaction,
  ctx: Context,
  {
    source,
    drafts,
    fileId = null,
  }: { source: ConversionSource; drafts: readonly Draft[]; fileId?: string | null },
): Promise<Kept> {
  if (drafts.length === 0) return new Map();
  const customerIds = [...new Set(drafts.map(({ customerId }) => customerId))];
  return changingConversions(tx, ctx, customerIds, async () => {
    const places = new Map(drafts.map((_, at) => [newId(), at]));
    const ids = [...places.keys()];
    const rows = drafts.map((draft, at) => ({ ...draft, id: ids[at], value: draft.value.toString() }));
    const kept = await tx.execute<{ id: string }>(sql`
      insert into conversions (id, workspace_id, customer_id, source, event_id, external_id, name, only_campaign_id,
        value_micros, currency, policy_number, auto_debit, occurred_at, file_id)
      select r.id, w.id, "customerId", ${source}, "eventId", "externalId", r.name, "onlyCampaignId", value,
        coalesce(r.currency, w.currency), "policyNumber",
        coalesce("autoDebit", exists (select from policies p where p.workspace_id = w.id and p.policy_number = "policyNumber"
          and p.auto_debit)), coalesce("occurredAt", clock_now()), ${fileId}::uuid
      from jsonb_to_recordset(${storableJson(rows)}::jsonb) as r (id uuid, "customerId" uuid, "eventId" uuid,
        "externalId" text, name text, "onlyCampaignId" uuid, value bigint, currency text, "policyNumber" text,
        "autoDebit" boolean, "occurredAt" timestamptz)
      join workspaces w on w.id = ${ctx.workspaceId} order by r.id
      on conflict do nothing returning id`);
    const keptIds = kept.map(({ id }) => id);
    await attribute(tx, ctx, keptIds);
    await takeBackToldBefore(tx, ctx, keptIds);
    const credited = await tx.execute<{ id: string; campaign_id: string | null }>(sql`
      select id, campaign_id from conversions
      where workspace_id = ${ctx.workspaceId} and id = any(${sql.param(keptIds)}::uuid[])`);
    return new Map(
      credited.map(({ id, campaign_id }) => [places.get(id) ?? -1, { id, campaignId: campaign_id }]),
    );
  });
}
