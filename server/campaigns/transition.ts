import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { campaigns } from "@/db/schema/campaigns";
import type { Transaction } from "@/db/transaction";
import { clockNow } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { type CampaignVerb, mayReadCampaigns, mayUse, statusLabels, transitionOf } from "./status";

export type CampaignRow = typeof campaigns.$inferSelect;

/**
 * The campaign with this id in the asker's workspace, as far as the asker may see it, or use the verb on it: an advisor's own
 * campaigns only, unless they decide about it as an approver. @throws AppError NOT_FOUND on a malformed id
 */
export const oneCampaign = (ctx: Context, id: string, verb?: CampaignVerb): SQL | undefined =>
  and(
    eq(campaigns.workspaceId, ctx.workspaceId),
    eq(campaigns.id, parseId(id)),
    seesAll(ctx, verb) ? undefined : sql`${campaigns.ownerId} = ${ctx.userId}::uuid`,
  );

/** Whether every campaign of the workspace is the asker's business. */
export function seesAll(ctx: Context, verb?: CampaignVerb): boolean {
  if (ctx.role !== "advisor") return true;
  return ctx.isApprover && (verb === undefined || transitionOf(verb).approver === true);
}

/** Refuses a member who may not look at campaigns. @throws AppError FORBIDDEN */
export function requireReader(ctx: Context): void {
  if (ctx.actor.kind === "system" || mayReadCampaigns(ctx)) return;
  throw new AppError(
    "FORBIDDEN",
    "Campaigns are open to marketers, advisors, supervisors, approvers and administrators. Ask an administrator of this workspace.",
  );
}

/** What a change of a campaign makes open tabs read again. */
export const campaignTopics = (id: string): [string, string] => ["campaigns", `campaign:${id}`];

/** Refuses a member whom the table of transitions does not name for this verb. @throws AppError FORBIDDEN */
export function requireVerb(ctx: Context, verb: CampaignVerb): void {
  if (ctx.actor.kind === "system" || mayUse(verb, ctx)) return;
  const { who, approver } = transitionOf(verb);
  if (!approver) requireRole(ctx, ...who);
  throw new AppError(
    "FORBIDDEN",
    "Only approvers approve or return campaigns. Ask an administrator of this workspace to make you one.",
  );
}

/**
 * Takes a campaign along one row of the table of transitions, guarded by the state that it leaves, so that of two at
 * once one wins. `set` is written with it; `only` narrows the guard (a version). Returns the row as it stands afterwards.
 * @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT with the state that it is in
 */
export async function moveCampaign(
  tx: Transaction,
  ctx: Context,
  move: { id: string; verb: CampaignVerb; set?: PgUpdateSetSource<typeof campaigns>; only?: SQL },
): Promise<CampaignRow> {
  requireVerb(ctx, move.verb);
  const { from, to } = transitionOf(move.verb);
  // What was put away and goes on after all is back in the list.
  const onward = to !== null && !from.includes(to) ? { archivedAt: null } : {};
  const [moved] = await tx
    .update(campaigns)
    .set({ ...move.set, ...(to ? { status: to } : {}), ...onward, updatedAt: clockNow })
    .where(and(oneCampaign(ctx, move.id, move.verb), inArray(campaigns.status, [...from]), move.only))
    .returning();
  return moved ?? refuse(tx, ctx, move);
}

/** Says why a guarded write found no row. */
export async function refuse(
  tx: Transaction,
  ctx: Context,
  { id, verb }: { id: string; verb: CampaignVerb },
): Promise<never> {
  const [found] = await tx
    .select({ status: campaigns.status, version: campaigns.version })
    .from(campaigns)
    .where(oneCampaign(ctx, id, verb));
  const { status, version } = required(found, "campaign");
  const { from, done } = transitionOf(verb);
  if (from.includes(status))
    throw new AppError(
      "CONFLICT",
      "Somebody else saved this campaign in the meantime. Load their version, or keep yours and save it over theirs.",
      { code: "stale_version", version },
    );
  throw new AppError(
    "CONFLICT",
    `This campaign is ${statusLabels[status].label.toLowerCase()}, so it cannot be ${done}.`,
    { code: "wrong_status", status },
  );
}
