import { sql } from "drizzle-orm";
import { executePrepared } from "@/db/execute-prepared";
import type { Transaction } from "@/db/transaction";
import type { PropertyValue } from "@/server/events/schemas";
import type { Context } from "@/server/platform/context";
import { worthOf } from "./amounts";
import { keepConversions } from "./keep";
import { changingConversions } from "./keep-rollups";
import { reversingEvents } from "./status";
import { takeBackFor } from "./take-back";

/** A stored event, as the intake has it. */
type StoredEvent = {
  id: string;
  customerId: string;
  name: string;
  properties: Record<string, PropertyValue>;
  occurredAt: string | null;
};

/** Those of these names of events that a launched campaign measures. */
export async function measuredEvents(
  tx: Transaction,
  ctx: Context,
  names: readonly string[],
): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const rows = await executePrepared<{ name: string }>(
    tx,
    sql`
    select distinct conversion_event as name from campaigns
    where workspace_id = ${ctx.workspaceId} and conversion_event = any(${sql.param([...names])}::text[])
      and launched_at is not null`,
  );
  return new Set(rows.map(({ name }) => name));
}

/**
 * Keeps the events that launched campaigns measure (`measuredEvents` of their names) as conversions, credited or not: a receipt
 * that comes later may credit one. Events that take a payment or a sale back discount the conversion of the same policy. In the
 * transaction that stored the events and marked their customers.
 */
export async function keepFromEvents(
  tx: Transaction,
  ctx: Context,
  { events, measured }: { events: readonly StoredEvent[]; measured: ReadonlySet<string> },
): Promise<void> {
  const drafts = events
    .filter(({ name }) => measured.has(name))
    .map(({ id, customerId, name, properties, occurredAt }) => ({
      ...worthOf(properties),
      customerId,
      eventId: id,
      externalId: null,
      name,
      onlyCampaignId: null,
      occurredAt,
    }));
  await keepConversions(tx, ctx, { source: "event", drafts });
  const reversing = events.filter(
    ({ name, properties }) => Object.hasOwn(reversingEvents, name) && worthOf(properties).policyNumber,
  );
  if (reversing.length === 0) return;
  const customerIds = [...new Set(reversing.map(({ customerId }) => customerId))];
  const ids = reversing.map(({ id }) => id);
  await changingConversions(tx, ctx, customerIds, () => takeBackFor(tx, ctx, ids));
}
