import { callbackActivities } from "@/db/schema/callbacks";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";

export type Activity = {
  callbackId: string;
  kind: string;
  /** The request's columns that changed, with their new values; replaying them rebuilds the row. No names, no numbers. */
  changes?: Record<string, unknown>;
  detail?: Record<string, unknown>;
};

/** Appends one line to a callback's log, in the transaction that made the change. Returns its id. */
export async function recordActivity(tx: Transaction, ctx: Context, activity: Activity): Promise<string> {
  const id = newId();
  await tx.insert(callbackActivities).values({
    id,
    workspaceId: ctx.workspaceId,
    callbackId: activity.callbackId,
    kind: activity.kind,
    changes: activity.changes ?? {},
    detail: activity.detail ?? {},
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.id,
  });
  return id;
}
