import { eq, sql } from "drizzle-orm";
import { templateLinks } from "@/db/schema/templates";
import { workspaces } from "@/db/schema/workspaces";
import { type Transaction, withTransaction } from "@/db/transaction";
import { brandingSchema } from "@/server/campaigns/content";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import type { Links } from "./compilable";
import { requireReader } from "./find";
import { type LinkKey, linkKeys, linkLabels } from "./schemas";
import { templateEditors } from "./status";

/** Where the buttons of templates lead in this workspace; a key is absent until somebody has said it. */
export async function readLinks(tx: Transaction, ctx: Context): Promise<Links> {
  const rows = await tx
    .select({ key: templateLinks.key, url: templateLinks.url })
    .from(templateLinks)
    .where(eq(templateLinks.workspaceId, ctx.workspaceId));
  const known = new Map(rows.map(({ key, url }) => [key, url]));
  return Object.fromEntries(
    linkKeys.flatMap((key) => {
      const url = known.get(key);
      return url === undefined ? [] : [[key, url]];
    }),
  );
}

/** The addresses behind the links of built-in templates, those that are set. @throws AppError FORBIDDEN */
export function getTemplateLinks(ctx: Context): Promise<Links> {
  requireReader(ctx);
  return withTransaction(ctx, (tx) => readLinks(tx, ctx));
}

/** Keeps addresses; an empty one takes the address away. @throws AppError FORBIDDEN; BAD_INPUT with the key as `field` */
export async function setTemplateLinks(ctx: Context, input: { links: Links }): Promise<void> {
  requireRole(ctx, ...templateEditors);
  await withTransaction(ctx, async (tx) => {
    await writeLinks(tx, ctx, input.links);
  });
}

/** The same in the caller's transaction. */
export async function writeLinks(tx: Transaction, ctx: Context, links: Links): Promise<void> {
  const given = linkKeys.flatMap((key) => {
    const url = links[key];
    return url === undefined ? [] : [{ key, url: addressOf(key, url) }];
  });
  const set = given.filter(({ url }) => url !== "");
  const gone = given.filter(({ url }) => url === "").map(({ key }) => key);
  if (set.length > 0)
    await tx
      .insert(templateLinks)
      .values(set.map((link) => ({ workspaceId: ctx.workspaceId, ...link })))
      .onConflictDoUpdate({
        target: [templateLinks.workspaceId, templateLinks.key],
        set: { url: sql`excluded.url`, updatedAt: clockNow },
      });
  if (gone.length > 0)
    await tx.execute(sql`
      delete from template_links where workspace_id = ${ctx.workspaceId} and key = any(${sql.param(gone)}::text[])`);
  if (given.length === 0) return;
  await recordAudit(tx, ctx, {
    action: "template_links.changed",
    subjectType: "workspace",
    subjectId: ctx.workspaceId,
    after: Object.fromEntries(given.map(({ key, url }) => [key, url])),
  });
  await bumpTopics(tx, ctx, "templates");
}

function addressOf(key: LinkKey, written: string): string {
  const url = written.trim();
  if (url === "" || (url.length <= 500 && /^https?:\/\/[^\s/$.?#][^\s{}]*$/i.test(url))) return url;
  throw new AppError(
    "BAD_INPUT",
    `“${linkLabels[key]}” needs a full address that starts with https://, like https://www.example.com/renew.`,
    { field: key },
  );
}

/** The name that messages of this workspace come from. */
export async function companyOf(tx: Transaction, ctx: Context): Promise<string> {
  const [row] = await tx
    .select({ name: workspaces.name, branding: workspaces.branding })
    .from(workspaces)
    .where(eq(workspaces.id, ctx.workspaceId));
  const { name, branding } = required(row, "workspace");
  return brandingSchema.parse(branding).companyName || name;
}
