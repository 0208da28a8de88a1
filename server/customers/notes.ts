import { and, eq, isNull, sql } from "drizzle-orm";
import { customerNotes } from "@/db/schema/customers";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId, parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { addNoteInput, editNoteInput } from "./content";
import { findCustomer } from "./find";
import { customerReaders } from "./status";

/** Writes a note about a customer. Whoever sees the customer may; the customer never sees it. @throws AppError FORBIDDEN, NOT_FOUND */
export async function addNote(
  ctx: Context,
  input: { customerId: string; text: string },
): Promise<{ id: string }> {
  requireRole(ctx, ...customerReaders);
  const { text } = addNoteInput.parse(input);
  const id = newId();
  await withTransaction(ctx, async (tx) => {
    const customerId = await findCustomer(tx, ctx, input.customerId);
    await tx
      .insert(customerNotes)
      .values({ id, workspaceId: ctx.workspaceId, customerId, authorId: authorOf(ctx), text });
    await tell(tx, ctx, { customerId, noteId: id, action: "note.added" });
  });
  return { id };
}

/** Changes an own note. @throws AppError FORBIDDEN (another's), NOT_FOUND */
export async function editNote(ctx: Context, input: { noteId: string; text: string }): Promise<void> {
  const { text } = editNoteInput.parse(input);
  await withTransaction(ctx, async (tx) => {
    const note = await lockOwnNote(tx, ctx, input.noteId, false);
    if (note.text === text) return;
    await tx.update(customerNotes).set({ text, editedAt: clockNow }).where(eq(customerNotes.id, note.id));
    await tell(tx, ctx, { customerId: note.customerId, noteId: note.id, action: "note.edited" });
  });
}

/** Takes an own note away; `restoreNote` brings it back. @throws AppError FORBIDDEN (another's), NOT_FOUND */
export async function deleteNote(ctx: Context, input: { noteId: string }): Promise<void> {
  await setDeleted(ctx, input.noteId, true);
}

/** Brings an own deleted note back: the undo of a deletion. @throws AppError FORBIDDEN, NOT_FOUND */
export async function restoreNote(ctx: Context, input: { noteId: string }): Promise<void> {
  await setDeleted(ctx, input.noteId, false);
}

async function setDeleted(ctx: Context, noteId: string, deleted: boolean): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const note = await lockOwnNote(tx, ctx, noteId, !deleted);
    await tx
      .update(customerNotes)
      .set({ deletedAt: deleted ? clockNow : null })
      .where(eq(customerNotes.id, note.id));
    const action = deleted ? "note.deleted" : "note.restored";
    await tell(tx, ctx, { customerId: note.customerId, noteId: note.id, action });
  });
}

async function lockOwnNote(tx: Transaction, ctx: Context, noteId: string, deleted: boolean) {
  requireRole(ctx, ...customerReaders);
  const [row] = await tx
    .select()
    .from(customerNotes)
    .where(
      and(
        eq(customerNotes.workspaceId, ctx.workspaceId),
        eq(customerNotes.id, parseId(noteId)),
        deleted ? sql`${customerNotes.deletedAt} is not null` : isNull(customerNotes.deletedAt),
      ),
    )
    .for("update");
  const note = required(row, "note");
  await findCustomer(tx, ctx, note.customerId);
  if (note.authorId !== ctx.actor.id)
    throw new AppError("FORBIDDEN", "A note is changed by the person who wrote it. Add one of your own.");
  return note;
}

function authorOf(ctx: Context): string {
  if (ctx.actor.id === null) throw new AppError("FORBIDDEN", "Notes are written by people.");
  return ctx.actor.id;
}

type Act = { customerId: string; noteId: string; action: string };

async function tell(tx: Transaction, ctx: Context, { customerId, noteId, action }: Act): Promise<void> {
  await recordAudit(tx, ctx, { action, subjectType: "note", subjectId: noteId, after: { customerId } });
  await bumpTopics(tx, ctx, `customer:${customerId}`);
}
