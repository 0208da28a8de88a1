import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { type NoteInput, noteInput, type SetHandledInput, setHandledInput } from "./schemas";
import { responseReaders } from "./status";
import { settleComplaint, stopForComplaint } from "./stop-for-complaint";

/**
 * Marks responses as handled, or as open again. A handled complaint lets promotion go on unless another one is open; one that
 * is open again stops it. Those of other workspaces, and those that are so already, are passed over. Returns how many changed.
 * @throws AppError FORBIDDEN, NOT_FOUND (a malformed id)
 */
export async function setHandled(ctx: Context, given: SetHandledInput): Promise<{ changed: number }> {
  requireRole(ctx, ...responseReaders);
  const { responseIds, handled } = setHandledInput.parse(given);
  const ids = [...new Set(responseIds.map(parseId))];
  return withTransaction(ctx, (tx) => markHandled(tx, ctx, { ids, handled }));
}

/** The same within the caller's transaction. */
export async function markHandled(
  tx: Transaction,
  ctx: Context,
  { ids, handled }: { ids: readonly string[]; handled: boolean },
): Promise<{ changed: number }> {
  const rows = await tx.execute<{ id: string; customerId: string | null; class: string }>(sql`
      update responses set follow_up = ${handled ? "done" : "open"}, handled_at = ${handled ? sql`clock_now()` : sql`null`}
      where workspace_id = ${ctx.workspaceId} and id = any(${sql.param([...ids])}::uuid[])
        and follow_up = any(${sql.param(handled ? ["open"] : ["done", "none"])}::text[])
      returning id, customer_id as "customerId", class`);
  if (rows.length === 0) return { changed: 0 };
  for (const { id, customerId } of rows.filter((row) => row.class === "complaint"))
    if (customerId && handled) await settleComplaint(tx, ctx, { customerId, responseId: id });
    else if (customerId) await stopForComplaint(tx, ctx, customerId);
  await recordAudit(tx, ctx, {
    action: handled ? "response.handled" : "response.reopened",
    subjectType: rows.length === 1 ? "response" : "responses",
    subjectId: rows[0]?.id ?? "",
    after: { count: rows.length, responses: rows.map(({ id }) => id) },
  });
  const customers = rows.flatMap(({ customerId }) => (customerId ? [`customer:${customerId}`] : []));
  await bumpTopics(tx, ctx, "responses", ...customers);
  return { changed: rows.length };
}

/** Keeps what the people who work on a response write down; erasable with it. @throws AppError FORBIDDEN, NOT_FOUND */
export async function saveNote(ctx: Context, given: NoteInput): Promise<void> {
  requireRole(ctx, ...responseReaders);
  const { responseId, note } = noteInput.parse(given);
  await withTransaction(ctx, async (tx) => {
    const [row] = await tx.execute<{ id: string }>(sql`
      update responses set note = ${note} where workspace_id = ${ctx.workspaceId} and id = ${parseId(responseId)}
      returning id`);
    required(row, "response");
    await recordAudit(tx, ctx, {
      action: "response.noted",
      subjectType: "response",
      subjectId: responseId,
      after: { changed: ["note"] },
    });
    await bumpTopics(tx, ctx, "responses");
  });
}
