import { sql } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { withinBook } from "./book";
import { type CreateInput, createInput, type DraftFields } from "./schemas";
import { campaignBuilders } from "./status";
import { campaignTopics } from "./transition";

/** Begins a draft for everybody in the workspace, owned by its maker. Returns its id. @throws AppError FORBIDDEN */
export async function createCampaign(ctx: Context, input: CreateInput): Promise<{ id: string }> {
  const fields = createInput.parse(input);
  return withTransaction(ctx, (tx) => insertDraft(tx, ctx, fields));
}

type Begun = Pick<DraftFields, "name" | "type" | "goal" | "category" | "description"> & Partial<DraftFields>;

/**
 * The same in the caller's transaction, with as much of the draft as is known already. `from` says in the audit what it
 * began with. @throws AppError FORBIDDEN
 */
export async function insertDraft(
  tx: Transaction,
  ctx: Context,
  fields: Begun,
  from: Record<string, unknown> = {},
): Promise<{ id: string }> {
  requireRole(ctx, ...campaignBuilders);
  const id = newId();
  const audience = withinBook(ctx, fields.audience ?? { kind: "all" });
  await tx
    .insert(campaigns)
    .values({ id, workspaceId: ctx.workspaceId, ...fields, audience, ownerId: await ownerFor(tx, ctx) });
  const { name, type, goal, category } = fields;
  await recordAudit(tx, ctx, {
    action: "campaign.created",
    subjectType: "campaign",
    subjectId: id,
    after: { name, type, goal, category, ...from },
  });
  await bumpTopics(tx, ctx, ...campaignTopics(id));
  return { id };
}

/** Who owns what the asker begins: for a key whoever made it, as far as they run campaigns, else the first administrator. */
export async function ownerFor(tx: Transaction, ctx: Context): Promise<string> {
  if (ctx.actor.kind !== "api_key") return ownerOf(ctx);
  const [row] = await tx.execute<{ id: string }>(sql`
    select m.user_id as id from memberships m
    left join api_keys k on k.workspace_id = m.workspace_id and k.id = ${ctx.actor.id} and k.created_by = m.user_id
    where m.workspace_id = ${ctx.workspaceId} and m.status = 'active' and m.role in ('admin', 'marketer')
    order by k.id is null, m.role, m.id limit 1`);
  return row?.id ?? ownerOf(ctx);
}

/** Every campaign has a person who answers for it: neither a key nor the system does. @throws AppError BAD_INPUT */
export function ownerOf(ctx: Context): string {
  if (ctx.actor.kind === "user" && ctx.actor.id) return ctx.actor.id;
  throw new AppError("BAD_INPUT", "A campaign needs a person who owns it. Name one.", { field: "owner" });
}
