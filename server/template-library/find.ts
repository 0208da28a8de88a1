import { and, eq, type SQL, sql } from "drizzle-orm";
import { templates, templateVersions } from "@/db/schema/templates";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError, notFound, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { refusingTaken } from "@/server/platform/taken";
import { mayReadTemplates, seesAllTemplates } from "./status";

export type TemplateRow = typeof templates.$inferSelect;
export type VersionRow = typeof templateVersions.$inferSelect;

/** The template with this id in the asker's workspace. @throws AppError NOT_FOUND on a malformed id */
export const oneTemplate = (ctx: Context, id: string): SQL | undefined =>
  and(eq(templates.workspaceId, ctx.workspaceId), eq(templates.id, parseId(id)));

/** Refuses a member who may not look at templates. @throws AppError FORBIDDEN */
export function requireReader(ctx: Context): void {
  if (ctx.actor.kind === "system" || mayReadTemplates(ctx)) return;
  throw new AppError(
    "FORBIDDEN",
    "Templates are open to marketers, supervisors, advisors, approvers and administrators. Ask an administrator of this workspace.",
  );
}

/** Whether the asker also sees what is not approved, or out of use. */
export const seesAll = (ctx: Context): boolean => ctx.actor.kind === "system" || seesAllTemplates(ctx);

/** The template, if the asker may see it; to others it answers like a missing one. @throws AppError NOT_FOUND */
export async function findTemplate(tx: Transaction, ctx: Context, id: string): Promise<TemplateRow> {
  const [found] = await tx.select().from(templates).where(oneTemplate(ctx, id));
  const row = required(found, "template");
  if (!seesAll(ctx) && (row.approvedAt === null || row.archivedAt !== null)) throw notFound("template");
  return row;
}

/** The same, locked for a change. @throws AppError NOT_FOUND */
export async function lockTemplate(tx: Transaction, ctx: Context, id: string): Promise<TemplateRow> {
  const [found] = await tx.select().from(templates).where(oneTemplate(ctx, id)).for("update");
  return required(found, "template");
}

/** One version of a template. @throws AppError NOT_FOUND */
export async function findVersion(
  tx: Transaction,
  ctx: Context,
  { id, version }: { id: string; version: number },
): Promise<VersionRow> {
  const [found] = await tx
    .select()
    .from(templateVersions)
    .where(
      and(
        eq(templateVersions.workspaceId, ctx.workspaceId),
        eq(templateVersions.templateId, id),
        eq(templateVersions.version, version),
      ),
    );
  return required(found, "version of this template");
}

/** Turns a taken name into words. @throws AppError CONFLICT */
export const refuseTaken = <T>(write: PromiseLike<T>): Promise<T> =>
  refusingTaken(
    {
      templates_name_key: {
        message: "There is a template with this name already. Choose another name.",
        field: "name",
      },
    },
    write,
  );

/** The first of "Name", "Name 2", "Name 3" … that no template in use has. */
export async function freeName(tx: Transaction, ctx: Context, wanted: string): Promise<string> {
  const base = wanted.slice(0, 110).trim();
  const rows = await tx.execute<{ name: string }>(sql`
    select lower(name) as name from templates
    where workspace_id = ${ctx.workspaceId} and archived_at is null and starts_with(lower(name), ${base.toLowerCase()})`);
  const taken = new Set(rows.map(({ name }) => name));
  for (let nth = 1; ; nth++) {
    const name = nth === 1 ? base : `${base} ${nth}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

/** What a change of a template makes open tabs read again. */
export const templateTopics = (id: string): [string, string] => ["templates", `template:${id}`];
