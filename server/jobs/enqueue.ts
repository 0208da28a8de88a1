import { outbox } from "@/db/schema/platform";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import type { EventData, EventName } from "./events";

/**
 * Writes an event for the workflow engine in the transaction of the change that caused it; the relay sends it after the
 * commit, at least once. `key` makes the event id deterministic: the same key twice is one event (consumers are
 * idempotent besides).
 */
export async function enqueue<N extends EventName>(
  tx: Transaction,
  ctx: Context,
  name: N,
  data: EventData<N>,
  key: string,
): Promise<void> {
  await tx
    .insert(outbox)
    .values({
      workspaceId: ctx.workspaceId,
      eventId: `${ctx.workspaceId}:${name}:${key}`,
      name,
      data: { ...data, workspaceId: ctx.workspaceId },
      requestId: ctx.requestId,
    })
    .onConflictDoNothing({ target: outbox.eventId });
}
