import { and, eq, sql } from "drizzle-orm";
import { whatsappTemplates } from "@/db/schema/channels";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId, parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { lockAccount } from "../accounts/find-account";
import type { SaveTemplateInput, WhatsAppTemplateParts } from "../schemas";

/** The template's row, locked for a change. @throws AppError NOT_FOUND */
export async function lockTemplate(tx: Transaction, ctx: Context, templateId: string) {
  const [row] = await tx
    .select()
    .from(whatsappTemplates)
    .where(
      and(eq(whatsappTemplates.id, parseId(templateId)), eq(whatsappTemplates.workspaceId, ctx.workspaceId)),
    )
    .for("update");
  return required(row, "template");
}

/** Saves a draft, or new words for one that WhatsApp has: those count once they are submitted and approved. */
export async function saveTemplate(ctx: Context, input: SaveTemplateInput): Promise<{ templateId: string }> {
  refuseOddNumbers(input.parts);
  return withTransaction(ctx, async (tx) => {
    const account = await lockAccount(tx, ctx, input.accountId);
    if (account.channel !== "whatsapp") throw new AppError("BAD_INPUT", "Choose a WhatsApp account.");
    const id = input.templateId === null ? newId() : (await lockTemplate(tx, ctx, input.templateId)).id;
    const { name, language, category, parts } = input;
    const value = { name, language, category, parts, accountId: account.id };
    if (input.templateId === null) {
      const [made] = await tx
        .insert(whatsappTemplates)
        .values({ id, workspaceId: ctx.workspaceId, ...value })
        .onConflictDoNothing()
        .returning({ id: whatsappTemplates.id });
      if (!made)
        throw new AppError("CONFLICT", `There is a template ${name} in this language already.`, {
          field: "name",
        });
    } else await change(tx, ctx, id, value);
    await recordAudit(tx, ctx, {
      action: "whatsapp_template.saved",
      subjectType: "whatsapp_template",
      subjectId: id,
      after: { name, language, category },
    });
    await bumpTopics(tx, ctx, "channels");
    return { templateId: id };
  });
}

type Value = Pick<SaveTemplateInput, "name" | "language" | "category" | "parts" | "accountId">;

async function change(tx: Transaction, ctx: Context, id: string, value: Value): Promise<void> {
  const now = await lockTemplate(tx, ctx, id);
  const renamed =
    now.name !== value.name || now.language !== value.language || now.accountId !== value.accountId;
  if (now.providerId !== null && renamed)
    throw new AppError(
      "CONFLICT",
      "WhatsApp has this template: its name, language and account stay. Make a new one instead.",
      { field: "name" },
    );
  if (now.approval === "submitted")
    throw new AppError(
      "CONFLICT",
      "WhatsApp is looking at this template. Wait for its answer, then change it.",
    );
  if (now.approval === "approved") refuseInUse(await campaignsWith(tx, ctx, id), now.name);
  await tx
    .update(whatsappTemplates)
    .set({ ...value, approval: "draft", rejection: null, updatedAt: clockNow as unknown as Date })
    .where(eq(whatsappTemplates.id, id));
}

/** Names of the campaigns under way whose WhatsApp text is this template. */
async function campaignsWith(tx: Transaction, ctx: Context, templateId: string): Promise<string[]> {
  const rows = await tx.execute<{ name: string }>(sql`
    select c.name from campaigns c
    where c.workspace_id = ${ctx.workspaceId} and c.status in ('in_review', 'scheduled', 'active', 'paused')
      and position(${templateId} in (c.bodies -> 'whatsapp')::text) > 0
    order by c.id desc limit 3`);
  return rows.map(({ name }) => name);
}

/** New words make a draft of it, which nobody can send until WhatsApp has approved them. */
function refuseInUse(campaigns: string[], name: string): void {
  if (campaigns.length === 0) return;
  const named = new Intl.ListFormat("en-IN").format(campaigns.map((campaign) => `“${campaign}”`));
  throw new AppError(
    "CONFLICT",
    `${named} sends with ${name}, and could not while WhatsApp looks at new words. Write them as a new template.`,
  );
}

/** WhatsApp wants variables numbered 1, 2, 3 … without a gap. */
function refuseOddNumbers({ body }: WhatsAppTemplateParts): void {
  const numbers = [...new Set([...body.matchAll(/\{\{(.*?)\}\}/g)].map(([, name = ""]) => name))];
  if (
    numbers.some((name) => !/^\d+$/.test(name)) ||
    numbers
      .map(Number)
      .toSorted((a, b) => a - b)
      .some((n, i) => n !== i + 1)
  )
    throw new AppError("BAD_INPUT", "Number the variables {{1}}, {{2}}, {{3}} … without a gap.", {
      field: "body",
    });
}

/** Removes a draft that the provider never had. */
export async function deleteTemplate(ctx: Context, templateId: string): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const now = await lockTemplate(tx, ctx, templateId);
    if (now.providerId !== null)
      throw new AppError(
        "CONFLICT",
        "WhatsApp has this template: delete it in WhatsApp Manager, then synchronise.",
      );
    await tx.delete(whatsappTemplates).where(eq(whatsappTemplates.id, now.id));
    await recordAudit(tx, ctx, {
      action: "whatsapp_template.deleted",
      subjectType: "whatsapp_template",
      subjectId: now.id,
      before: { name: now.name, language: now.language },
    });
    await bumpTopics(tx, ctx, "channels");
  });
}
