import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId, parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import type { SaveDisposition } from "./schemas";

/** A new way to close a call, or other words for one; its key stays, so that old requests keep their meaning. */
export function saveDisposition(
  ctx: Context,
  { dispositionId, label, ends, resolved }: SaveDisposition,
): Promise<{ id: string }> {
  return withTransaction(ctx, async (tx) => {
    const id = dispositionId === null ? newId() : parseId(dispositionId);
    const [row] =
      dispositionId === null
        ? await tx.execute<{ id: string }>(sql`
            insert into dispositions (id, workspace_id, key, label, ends, resolved, position)
            select ${id}, ${ctx.workspaceId}, ${keyOf(label, id)}, ${label}, ${ends}, ${resolved},
              coalesce(max(position), 0) + 1 from dispositions where workspace_id = ${ctx.workspaceId}
            returning id`)
        : await tx.execute<{ id: string }>(sql`
            update dispositions set label = ${label}, ends = ${ends}, resolved = ${resolved}
            where workspace_id = ${ctx.workspaceId} and id = ${id} and archived_at is null returning id`);
    required(row, "disposition");
    const action = dispositionId === null ? "disposition.created" : "disposition.changed";
    await changed(tx, ctx, { action, id, after: { label, ends, resolved } });
    return { id };
  });
}

/** Readable in exports; the end of the id keeps two of the same words apart. */
const keyOf = (label: string, id: string): string =>
  `${label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "")
    .slice(0, 40)}_${id.slice(-4)}`;

/** Takes one out of the agents' list; requests that were closed with it keep it. @throws AppError NOT_FOUND */
export function archiveDisposition(
  ctx: Context,
  { dispositionId }: { dispositionId: string },
): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    const id = parseId(dispositionId);
    const [row] = await tx.execute(sql`
      update dispositions set archived_at = clock_now()
      where workspace_id = ${ctx.workspaceId} and id = ${id} and archived_at is null returning id`);
    required(row, "disposition");
    await changed(tx, ctx, { action: "disposition.archived", id });
  });
}

/** Puts them into the order given. @throws AppError CONFLICT when the list is not theirs any more */
export function orderDispositions(
  ctx: Context,
  { dispositionIds }: { dispositionIds: string[] },
): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    const ids = dispositionIds.map(parseId);
    const rows = await tx.execute<{ id: string }>(sql`
      select id from dispositions
      where workspace_id = ${ctx.workspaceId} and archived_at is null order by position, id for update`);
    const known = rows.map(({ id }) => id);
    if ([...known].sort().join() !== [...ids].sort().join())
      throw new AppError("CONFLICT", "Somebody changed the list meanwhile. Reload, and order it again.");
    const [first] = ids;
    if (first === undefined || known.join() === ids.join()) return;
    await tx.execute(sql`
      update dispositions d set position = o.place
      from unnest(${sql.param(ids)}::uuid[]) with ordinality as o(id, place)
      where d.workspace_id = ${ctx.workspaceId} and d.id = o.id`);
    await changed(tx, ctx, { action: "disposition.ordered", id: first });
  });
}

type Changed = { action: string; id: string; after?: Record<string, unknown> };

async function changed(tx: Transaction, ctx: Context, { action, id, after }: Changed): Promise<void> {
  await recordAudit(tx, ctx, { action, subjectType: "disposition", subjectId: id, after: after ?? null });
  await bumpTopics(tx, ctx, "dispositions");
}
