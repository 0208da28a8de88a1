import { and, eq, sql } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import { memberships } from "@/db/schema/workspaces";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { moneyText } from "@/server/platform/money";
import { bumpTopics } from "@/server/platform/realtime";
import { withinBook } from "./book";
import { type DraftFields, type UpdateInput, updateInput } from "./schemas";
import { campaignEditors, purposeOf, transitionOf } from "./status";
import { templateOf } from "./template-of";
import {
  type CampaignRow,
  campaignTopics,
  moveCampaign,
  oneCampaign,
  refuse,
  requireVerb,
} from "./transition";

/**
 * Saves changed fields of a draft over the version that the editor knows, and raises it. Saving what already stands
 * changes nothing. @throws AppError CONFLICT: `details.code` is `stale_version` (with the saved `version`: load it, or
 * save again over it) or `wrong_status`; BAD_INPUT with `field` `category` when it would make a service message of a
 * promotional template, or `ownerId`; FORBIDDEN; NOT_FOUND
 */
export async function updateCampaign(
  ctx: Context,
  input: UpdateInput,
): Promise<{ version: number; updatedAt: Date }> {
  const { id, version, changes } = updateInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const before = await lockDraft(tx, ctx, id, version);
    // Also when something else is saved: who was made an advisor meanwhile keeps no wider audience.
    if (changes.audience || ctx.role === "advisor")
      changes.audience = withinBook(ctx, changes.audience ?? before.audience, before.audience);
    if (changes.category) await requirePurpose(tx, ctx, before, changes.category);
    if (changes.ownerId && changes.ownerId !== before.ownerId) await requireOwner(tx, ctx, changes.ownerId);
    const fields = changedFields(before, changes);
    if (fields.length === 0) return { version: before.version, updatedAt: before.updatedAt };
    const after = await moveCampaign(tx, ctx, {
      id,
      verb: "update",
      set: { ...changes, version: sql`${campaigns.version} + 1` },
      only: eq(campaigns.version, version),
    });
    await recordAudit(tx, ctx, {
      action: "campaign.updated",
      subjectType: "campaign",
      subjectId: id,
      before: pick(before, fields),
      after: pick(after, fields),
    });
    await bumpTopics(tx, ctx, ...campaignTopics(id));
    return { version: after.version, updatedAt: after.updatedAt };
  });
}

/** The draft at this version, locked, so that what the audit says stood before is what was overwritten. */
async function lockDraft(tx: Transaction, ctx: Context, id: string, version: number): Promise<CampaignRow> {
  requireVerb(ctx, "update");
  const [row] = await tx
    .select()
    .from(campaigns)
    .where(oneCampaign(ctx, id, "update"))
    .for("update");
  if (!row || row.version !== version || !transitionOf("update").from.includes(row.status))
    return refuse(tx, ctx, { id, verb: "update" });
  return row;
}

type Field = keyof DraftFields;

function changedFields(row: CampaignRow, changes: Partial<DraftFields>): Field[] {
  return (Object.keys(changes) as Field[]).filter((field) => !same(row[field], changes[field]));
}

/** For the audit, which is JSON: money as a person writes it. */
const pick = (row: CampaignRow, fields: Field[]): Record<string, unknown> =>
  Object.fromEntries(
    fields.map((field) => [field, field === "budget" ? moneyText(row.budget) || null : row[field]]),
  );

/** A promotional template's words need consent, whatever the draft calls itself. */
async function requirePurpose(
  tx: Transaction,
  ctx: Context,
  before: CampaignRow,
  category: DraftFields["category"],
): Promise<void> {
  if (purposeOf(category) === "promotional" || purposeOf(before.category) === "service") return;
  const template = await templateOf(tx, ctx, before);
  if (template?.purpose !== "promotional") return;
  throw new AppError(
    "BAD_INPUT",
    `This campaign began with “${template.name}”, a promotional template, so it stays promotional. Choose a promotional category, or begin a service message anew.`,
    { field: "category" },
  );
}

/** A campaign goes only to somebody who can run it, and an advisor does not hand one over. */
async function requireOwner(tx: Transaction, ctx: Context, ownerId: string): Promise<void> {
  const [member] = await tx
    .select({ role: memberships.role })
    .from(memberships)
    .where(
      and(
        eq(memberships.workspaceId, ctx.workspaceId),
        eq(memberships.userId, ownerId),
        eq(memberships.status, "active"),
      ),
    );
  if (ctx.role !== "advisor" && member && campaignEditors.some((role) => role === member.role)) return;
  throw new AppError("BAD_INPUT", "Choose an administrator or a marketer of this workspace as the owner.", {
    field: "ownerId",
  });
}

/** Equality of two JSON values; the order of keys does not count (jsonb does not keep it). */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), b as Record<string, unknown>];
  return left.length === Object.keys(b).length && left.every(([key, value]) => same(value, right[key]));
}
