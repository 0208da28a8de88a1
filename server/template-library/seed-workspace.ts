import { and, eq, isNotNull, sql } from "drizzle-orm";
import { templateSeeds, templates, templateVersions } from "@/db/schema/templates";
import { type Transaction, withTransaction } from "@/db/transaction";
import { clockNow } from "@/server/platform/clock";
import { type Context, systemContext } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { type BuiltInTemplate, builtInTemplates, libraryRelease } from "./built-in";

/**
 * Brings a workspace to this release of the built-in library: what is missing is added, unless its name is taken; a text
 * that nobody edited gets the new words as its next version; an edited or archived one is left alone. Approved by the
 * house, so that advisors see it.
 */
export async function seedTemplates(tx: Transaction, ctx: Context): Promise<void> {
  const known = await tx
    .select({
      id: templates.id,
      seedKey: templates.seedKey,
      seedHash: templates.seedHash,
      edited: templates.edited,
      version: templates.version,
    })
    .from(templates)
    .where(and(eq(templates.workspaceId, ctx.workspaceId), isNotNull(templates.seedKey)));
  const byKey = new Map(known.map((row) => [row.seedKey, row]));
  await addMissing(
    tx,
    ctx,
    builtInTemplates.filter(({ key }) => !byKey.has(key)),
  );
  const changed = builtInTemplates.flatMap((built) => {
    const row = byKey.get(built.key);
    return row && !row.edited && row.seedHash !== built.hash ? [{ row, built }] : [];
  });
  await addVersions(tx, ctx, changed);
  await tx
    .insert(templateSeeds)
    .values({ workspaceId: ctx.workspaceId, release: libraryRelease })
    .onConflictDoUpdate({
      target: templateSeeds.workspaceId,
      set: { release: libraryRelease, seededAt: clockNow },
    });
  await bumpTopics(tx, ctx, "templates");
}

async function addMissing(tx: Transaction, ctx: Context, missing: readonly BuiltInTemplate[]): Promise<void> {
  if (missing.length === 0) return;
  // The gallery shows the newest first.
  const rows = [...missing].reverse().map((built) => ({ id: newId(), built }));
  const added = await tx
    .insert(templates)
    .values(rows.map(({ id, built }) => ({ id, ...rowOf(ctx, built), approvedAt: clockNow })))
    .onConflictDoNothing()
    .returning({ id: templates.id });
  const there = new Set(added.map(({ id }) => id));
  const versions = rows
    .filter(({ id }) => there.has(id))
    .map(({ id, built }) => versionOf(ctx, id, 1, built));
  if (versions.length > 0) await tx.insert(templateVersions).values(versions);
}

function rowOf(ctx: Context, { key, hash, content: _, ...fields }: BuiltInTemplate) {
  return { workspaceId: ctx.workspaceId, ...fields, seedKey: key, seedHash: hash };
}

function versionOf(ctx: Context, templateId: string, version: number, built: BuiltInTemplate) {
  const { content, channels, languages } = built;
  return {
    workspaceId: ctx.workspaceId,
    templateId,
    version,
    content,
    channels,
    languages,
    cause: "built_in" as const,
  };
}

type Changed = { row: { id: string; version: number }; built: BuiltInTemplate };

async function addVersions(tx: Transaction, ctx: Context, changed: readonly Changed[]): Promise<void> {
  if (changed.length === 0) return;
  await tx
    .insert(templateVersions)
    .values(changed.map(({ row, built }) => versionOf(ctx, row.id, row.version + 1, built)));
  // Names stay: somebody may look for the one they know, and another template may have the new one.
  await tx.execute(sql`
    update templates t set version = t.version + 1, seed_hash = n.hash, description = n.description, category = n.category,
      type = n.type, goal = n.goal, updated_at = clock_now(),
      channels = (select array_agg(x) from jsonb_array_elements_text(n.channels) x),
      languages = (select array_agg(x) from jsonb_array_elements_text(n.languages) x)
    from jsonb_to_recordset(${JSON.stringify(changed.map(({ row, built }) => ({ ...built, content: null, id: row.id })))}::text::jsonb)
      as n (id uuid, hash text, description text, category text, type text, goal text, channels jsonb, languages jsonb)
    where t.id = n.id and t.workspace_id = ${ctx.workspaceId}`);
}

/** The same for every workspace that has another release of the library, or none. */
export async function seedOutdatedWorkspaces(): Promise<number> {
  const rows = await withTransaction({ workspaceId: null }, (tx) =>
    tx.execute<{ workspace_id: string }>(
      sql`select workspace_id from workspaces_with_another_library(${libraryRelease}, 10000)`,
    ),
  );
  for (const { workspace_id } of rows) {
    const ctx = systemContext(workspace_id);
    await withTransaction(ctx, (tx) => seedTemplates(tx, ctx));
  }
  return rows.length;
}
