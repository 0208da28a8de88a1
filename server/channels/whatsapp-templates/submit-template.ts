import { eq } from "drizzle-orm";
import { whatsappTemplates } from "@/db/schema/channels";
import { withHotTransaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { accountById } from "../accounts/account-for";
import { templateProblems } from "../content";
import { lockTemplate } from "./save-template";

/** Asks WhatsApp to approve a draft. Its answer comes by webhook, or with the next synchronisation. */
export async function submitTemplate(ctx: Context, templateId: string): Promise<void> {
  const row = await withTransaction(ctx, (tx) => lockTemplate(tx, ctx, templateId));
  if (row.approval === "submitted" || row.approval === "approved")
    throw new AppError("CONFLICT", "WhatsApp has this template as it is.");
  const [problem] = templateProblems(row);
  if (problem) throw new AppError("BAD_INPUT", problem.message, { field: problem.part });
  const account = required(
    await withHotTransaction(ctx.workspaceId, (sql) => accountById(sql, ctx.workspaceId, row.accountId)),
    "account",
  );
  // The sandbox stands for WhatsApp: it approves at once.
  const templates = account.adapter.templates;
  if (!templates && account.provider !== "sandbox")
    throw new AppError("UNSUPPORTED", "This account's provider approves no templates.");
  const told = templates
    ? await templates.submit(row)
    : { providerId: `sandbox-${row.id}`, approval: "approved" as const };
  await withTransaction(ctx, async (tx) => {
    await tx
      .update(whatsappTemplates)
      .set({ ...told, rejection: null, updatedAt: clockNow as unknown as Date })
      .where(eq(whatsappTemplates.id, row.id));
    await recordAudit(tx, ctx, {
      action: "whatsapp_template.submitted",
      subjectType: "whatsapp_template",
      subjectId: row.id,
      after: { name: row.name, language: row.language, approval: told.approval },
    });
    await bumpTopics(tx, ctx, "channels");
  });
}
