import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import {
  type ConversionSource,
  conversionReaders,
  type DiscountReason,
  type Touch,
  type TouchKind,
} from "./status";

/** A correction as the audit log has it. */
export type Correction = {
  id: string;
  by: string | null;
  at: string;
  before: { value?: string; discountedFor?: DiscountReason | null };
  after: { value?: string; discountedFor?: DiscountReason | null };
};

export type ConversionDetail = {
  id: string;
  customerId: string;
  customerName: string | null;
  name: string | null;
  source: ConversionSource;
  externalId: string | null;
  policyNumber: string | null;
  autoDebit: boolean;
  /** Micro-units. */
  value: string;
  currency: string;
  channel: Channel | null;
  touchKind: TouchKind | null;
  discountedFor: DiscountReason | null;
  occurredAt: string;
  receivedAt: string;
  campaignId: string | null;
  /** Newest first; the first is credited. */
  touches: (Touch & { campaignName: string })[];
  corrections: Correction[];
};

/** One conversion, every message in whose window it lies, and how it was corrected. @throws AppError FORBIDDEN, NOT_FOUND */
export async function getConversion(ctx: Context, { id: asked }: { id: string }): Promise<ConversionDetail> {
  requireRole(ctx, ...conversionReaders);
  const id = parseId(asked);
  return withTransaction(ctx, async (tx) => {
    const [row] = await tx.execute<
      Omit<ConversionDetail, "touches" | "corrections"> & { touches: Touch[] }
    >(sql`
      select v.id, v.customer_id as "customerId", case when c.erased_at is null then c.name end as "customerName", v.name,
        v.source, v.external_id as "externalId", v.policy_number as "policyNumber", v.auto_debit as "autoDebit",
        v.value_micros::text as value, v.currency, v.channel, v.touch_kind as "touchKind",
        v.discounted_for as "discountedFor", to_json(v.occurred_at) #>> '{}' as "occurredAt",
        to_json(v.received_at) #>> '{}' as "receivedAt", v.campaign_id as "campaignId", v.touches
      from conversions v left join customers c on c.id = v.customer_id
      where v.workspace_id = ${ctx.workspaceId} and v.id = ${id}`);
    const { touches, ...found } = required(row, "conversion");
    const ids = [...new Set(touches.map(({ campaignId }) => campaignId))];
    const names = await tx.execute<{ id: string; name: string }>(sql`
      select id, name from campaigns where workspace_id = ${ctx.workspaceId} and id = any(${sql.param(ids)}::uuid[])`);
    const nameOf = new Map(names.map(({ id, name }) => [id, name]));
    const corrections = await tx.execute<Correction>(sql`
      select a.id, u.name as by, to_json(a.at) #>> '{}' as at, a.before, a.after from audit_entries a
      left join users u on u.id = a.actor_id
      where a.workspace_id = ${ctx.workspaceId} and a.subject_type = 'conversion' and a.subject_id = ${id}
        and a.action = 'conversion.corrected' order by a.id desc limit 20`);
    return {
      ...found,
      touches: touches.map((touch) => ({
        ...touch,
        campaignName: nameOf.get(touch.campaignId) ?? "A campaign",
      })),
      corrections: [...corrections],
    };
  });
}
