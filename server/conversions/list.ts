import { type SQL, sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import { type Context, requireRole } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";
import { type ListConversionsInput, listConversionsInput } from "./schemas";
import type { ConversionSource, DiscountReason, Touch, TouchKind } from "./status";

type ConversionLine = {
  id: string;
  customerId: string;
  source: ConversionSource;
  name: string | null;
  /** Micro-units. */
  value: string;
  currency: string;
  campaignId: string | null;
  channel: Channel | null;
  touchKind: TouchKind | null;
  touches: Touch[];
  discountedFor: DiscountReason | null;
  /** ISO instants. */
  occurredAt: string;
  receivedAt: string;
  touchedAt: string | null;
  windowEndsAt: string | null;
};

const iso = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);

/** Conversions, the one that was told last first, a page at a time; those that count no more included. @throws AppError FORBIDDEN */
export async function listConversions(
  ctx: Context,
  input: ListConversionsInput,
): Promise<{ rows: ConversionLine[]; next: string | null }> {
  requireRole(ctx, "admin", "marketer", "supervisor");
  const { campaignId, customerId, after, limit } = listConversionsInput.parse(input);
  const where = [
    sql`workspace_id = ${ctx.workspaceId}`,
    ...(campaignId ? [sql`campaign_id = ${parseId(campaignId)}`] : []),
    ...(customerId ? [sql`customer_id = ${parseId(customerId)}`] : []),
    ...(after ? [sql`id < ${after}::uuid`] : []),
  ];
  const read = await withTransaction(ctx, (tx) =>
    tx.execute<ConversionLine>(sql`
      select id, customer_id as "customerId", source, name, value_micros::text as value, currency,
        campaign_id as "campaignId", channel, touch_kind as "touchKind", touches, discounted_for as "discountedFor",
        ${iso("occurred_at")} as "occurredAt", ${iso("received_at")} as "receivedAt", ${iso("touched_at")} as "touchedAt",
        ${iso("window_ends_at")} as "windowEndsAt"
      from conversions where ${sql.join(where, sql` and `)} order by id desc limit ${limit + 1}`),
  );
  const rows = read.slice(0, limit);
  return { rows, next: read.length > limit ? (rows.at(-1)?.id ?? null) : null };
}
