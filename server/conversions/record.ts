import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { findCustomers } from "@/server/customers";
import { touchCustomers } from "@/server/events";
import { readClock } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { microsOf } from "./amounts";
import { type Draft, keepConversions } from "./keep";
import {
  type ConversionInput,
  type ConversionOutcome,
  conversionInput,
  type RecordConversionsInput,
  recordConversionsInput,
} from "./schemas";
import type { ConversionSource } from "./status";

/** Clocks differ a little; what lies further ahead is a mistake. */
const AHEAD_MS = 10 * 60_000;

type Read = { at: number; given: ConversionInput };

/**
 * Takes up to 1,000 conversions, each credited to the last touch in its window, in one transaction. The same sender's id
 * twice is one conversion. Rows that cannot be taken are refused one by one, with the reason; unknown customers too.
 * @throws AppError FORBIDDEN; ZodError when the batch itself is malformed
 */
export async function recordConversions(
  ctx: Context,
  input: RecordConversionsInput,
  source: ConversionSource = ctx.actor.kind === "api_key" ? "api" : "hand",
): Promise<ConversionOutcome[]> {
  requireRole(ctx, "admin", "marketer");
  const { conversions } = recordConversionsInput.parse(input);
  const { read, outcomes } = readRows(conversions);
  await withTransaction(ctx, (tx) => take(tx, ctx, { read, outcomes, source, fileId: null }));
  return outcomes;
}

/** The same within the caller's transaction, for lines of a file. */
export async function recordLines(
  tx: Transaction,
  ctx: Context,
  { rows, fileId }: { rows: readonly unknown[]; fileId: string },
): Promise<ConversionOutcome[]> {
  const { read, outcomes } = readRows(rows);
  await take(tx, ctx, { read, outcomes, source: "csv", fileId });
  return outcomes;
}

/** Reads each row by itself; what cannot be read is refused at its place. */
function readRows(rows: readonly unknown[]): { read: Read[]; outcomes: ConversionOutcome[] } {
  const outcomes: ConversionOutcome[] = new Array(rows.length);
  const read = rows.flatMap((row, at): Read[] => {
    const parsed = conversionInput.safeParse(row);
    if (parsed.success) return [{ at, given: parsed.data }];
    const [issue] = parsed.error.issues;
    const path = issue?.path.join(".") ?? "";
    outcomes[at] = { status: "refused", reason: path ? `${path}: ${issue?.message}` : `${issue?.message}` };
    return [];
  });
  return { read, outcomes };
}

type Work = { read: Read[]; outcomes: ConversionOutcome[]; source: ConversionSource; fileId: string | null };

async function take(tx: Transaction, ctx: Context, { read, outcomes, source, fileId }: Work): Promise<void> {
  if (read.length === 0) return;
  const found = await findCustomers(
    tx,
    ctx,
    read.map(({ given }) => given.customer),
  );
  const campaigns = await campaignsAmong(tx, ctx, read);
  const latest = (await readClock(tx)).getTime() + AHEAD_MS;
  const drafts: (Draft & { at: number })[] = [];
  for (const [nth, { at, given }] of read.entries()) {
    const customer = found[nth] ?? { reason: "This names no customer." };
    const refuse = (reason: string) => (outcomes[at] = { status: "refused", reason });
    if ("reason" in customer) refuse(customer.reason);
    else if (given.occurred_at && Date.parse(given.occurred_at) > latest)
      refuse("occurred_at lies in the future.");
    else if (given.campaign_id && !campaigns.has(given.campaign_id.toLowerCase()))
      refuse("There is no campaign with this id.");
    else drafts.push({ at, ...toDraft(given, customer.customerId) });
  }
  await touchCustomers(
    tx,
    ctx,
    drafts.map(({ customerId }) => customerId),
    ["conversion"],
  );
  const kept = await keepConversions(tx, ctx, {
    source,
    fileId,
    drafts: drafts.map(({ at: _, ...draft }) => draft),
  });
  for (const [nth, { at, customerId }] of drafts.entries()) {
    const row = kept.get(nth);
    outcomes[at] = row
      ? { status: "recorded", conversion_id: row.id, customer_id: customerId, campaign_id: row.campaignId }
      : { status: "duplicate" };
  }
}

const toDraft = (given: ConversionInput, customerId: string): Draft => ({
  customerId,
  eventId: null,
  externalId: given.id ?? null,
  name: given.name ?? null,
  onlyCampaignId: given.campaign_id ?? null,
  value: microsOf(given.value) ?? 0n,
  currency: given.currency ?? null,
  policyNumber: given.policy_number ?? null,
  autoDebit: null,
  occurredAt: given.occurred_at ?? null,
});

async function campaignsAmong(tx: Transaction, ctx: Context, read: Read[]): Promise<Set<string>> {
  const ids = [...new Set(read.flatMap(({ given }) => given.campaign_id ?? []))];
  if (ids.length === 0) return new Set();
  const rows = await tx.execute<{ id: string }>(sql`
    select id from campaigns where workspace_id = ${ctx.workspaceId} and id = any(${sql.param(ids)}::uuid[])`);
  return new Set(rows.map(({ id }) => id));
}
