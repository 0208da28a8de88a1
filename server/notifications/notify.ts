import { notifications } from "@/db/schema/notifications";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { notificationTopic } from "./status";

export type Notice = {
  kind: string;
  subjectType: string;
  subjectId: string;
  /** One short sentence, without names and numbers: they are read when it is shown. */
  text: string;
  /** Makes it one, however often the cause is looked at. */
  key: string;
};

/** Tells members something, in the transaction that found it; nobody is told the same thing twice. */
export async function notify(
  tx: Transaction,
  ctx: Context,
  membershipIds: readonly string[],
  notice: Notice,
): Promise<void> {
  const people = [...new Set(membershipIds)].sort();
  if (people.length === 0) return;
  await tx
    .insert(notifications)
    .values(
      people.map((membershipId) => ({ id: newId(), workspaceId: ctx.workspaceId, membershipId, ...notice })),
    )
    .onConflictDoNothing();
  await bumpTopics(tx, ctx, ...people.map(notificationTopic));
}
