import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { segments } from "@/db/schema/segments";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { refusingTaken } from "@/server/platform/taken";
import { mayReadSegments } from "./status";

export type SegmentRow = typeof segments.$inferSelect;

/** The segment with this id in the asker's workspace, unless it was deleted. @throws AppError NOT_FOUND on a malformed id */
export const oneSegment = (ctx: Context, id: string): SQL | undefined =>
  and(eq(segments.workspaceId, ctx.workspaceId), eq(segments.id, parseId(id)), isNull(segments.deletedAt));

/** Refuses a member who may not look at segments. @throws AppError FORBIDDEN */
export function requireReader(ctx: Context): void {
  if (ctx.actor.kind === "system" || mayReadSegments(ctx)) return;
  throw new AppError(
    "FORBIDDEN",
    "Segments are open to marketers, supervisors, approvers and administrators. Ask an administrator of this workspace.",
  );
}

/** @throws AppError NOT_FOUND */
export async function findSegment(tx: Transaction, ctx: Context, id: string): Promise<SegmentRow> {
  const [row] = await tx.select().from(segments).where(oneSegment(ctx, id));
  return required(row, "segment");
}

/**
 * Lets one change of rules at a time through in a workspace: two people who save at once could otherwise each add one half
 * of a circle, or use a segment that is just being deleted.
 */
export async function lockRules(tx: Transaction, ctx: Context): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`segments ${ctx.workspaceId}`}, 0))`);
}

/** Turns a taken name into words. @throws AppError CONFLICT */
export const refuseTaken = <T>(write: PromiseLike<T>): Promise<T> =>
  refusingTaken(
    {
      segments_name_key: {
        message: "There is a segment with this name already. Choose another name.",
        field: "name",
      },
    },
    write,
  );

/** What a change of a segment makes open tabs read again. */
export const segmentTopics = (id: string): [string, string] => ["segments", `segment:${id}`];
