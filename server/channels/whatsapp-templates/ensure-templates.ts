import { and, eq, or, sql } from "drizzle-orm";
import { whatsappTemplates } from "@/db/schema/channels";
import type { Transaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { hasInstallationSmtp } from "../accounts/account-for";
import type { TemplateCategory, WhatsAppTemplateParts } from "../schemas";

/** One text in one language; those of one name belong together. */
export type WantedTemplate = { language: string; parts: WhatsAppTemplateParts };
type Kept = { language: string; id: string; approved: boolean };

/**
 * Sees that the account which carries WhatsApp has these texts as templates, and says which of them are approved. One that
 * is there word for word is taken; the others are written down under `name`, or `name_v2` where that says something
 * else. The sandbox approves at once; with a provider it is a draft that somebody submits.
 */
export async function ensureTemplates(
  tx: Transaction,
  ctx: Context,
  { name, category, wanted }: { name: string; category: TemplateCategory; wanted: readonly WantedTemplate[] },
): Promise<Kept[]> {
  const [account] = await tx.execute<{ id: string; provider: string }>(sql`
    select id, provider from channel_accounts
    where id = carrying_account(${ctx.workspaceId}, 'whatsapp', ${hasInstallationSmtp()}) for update`);
  if (!account || wanted.length === 0) return [];
  const rows = await tx
    .select()
    .from(whatsappTemplates)
    .where(
      and(
        eq(whatsappTemplates.workspaceId, ctx.workspaceId),
        eq(whatsappTemplates.accountId, account.id),
        or(eq(whatsappTemplates.name, name), sql`starts_with(${whatsappTemplates.name}, ${`${name}_v`})`),
      ),
    );
  const find = (called: string, language: string) =>
    rows.find((row) => row.name === called && row.language === language);
  const fits = (called: string) =>
    wanted.every(({ language, parts }) => {
      const row = find(called, language);
      return !row || (row.category === category && same(row.parts, parts));
    });
  let called = name;
  for (let nth = 2; !fits(called); nth++) called = `${name}_v${nth}`;
  const approved = account.provider === "sandbox";
  const missing = wanted
    .filter(({ language }) => !find(called, language))
    .map(({ language, parts }) => {
      const id = newId();
      const told = approved ? { approval: "approved" as const, providerId: `sandbox-${id}` } : {};
      return {
        id,
        workspaceId: ctx.workspaceId,
        accountId: account.id,
        name: called,
        language,
        category,
        parts,
        ...told,
      };
    });
  if (missing.length > 0) {
    await tx.insert(whatsappTemplates).values(missing);
    await recordAudit(tx, ctx, {
      action: "whatsapp_template.saved",
      subjectType: "channel_account",
      subjectId: account.id,
      after: { name: called, languages: missing.map(({ language }) => language), category },
    });
    await bumpTopics(tx, ctx, "channels");
  }
  const made = missing.map(({ language, id }) => ({ language, id, approved }));
  const there = wanted.flatMap(({ language }) => {
    const row = find(called, language);
    return row ? [{ language, id: row.id, approved: row.approval === "approved" }] : [];
  });
  return [...there, ...made];
}

/** Equality of two JSON values; jsonb keeps no order of keys. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), b as Record<string, unknown>];
  return left.length === Object.keys(b).length && left.every(([key, value]) => same(value, right[key]));
}
