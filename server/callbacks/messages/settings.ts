import { sql } from "drizzle-orm";
import { callbackMessages } from "@/db/schema/callbacks";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { type SaveMessage, saveMessageInput } from "../schemas";
import { type CallbackMessageKind, callbackMessageKinds } from "../status";
import { defaultMessages } from "./defaults";
import { contentOf } from "./run-content";

export type MessageSetting = {
  kind: CallbackMessageKind;
  enabled: boolean;
  /** A template of the library; null: the words below, by e-mail. */
  templateId: string | null;
  subject: string;
  body: string;
  leadMinutes: number;
};

export type MessageSettings = {
  settings: MessageSetting[];
  /** Why none of them goes now, and the campaign that an administrator resumes; null while they go. */
  stopped: { campaignId: string; why: string | null } | null;
};

/** Which messages the queue sends by itself, and in which words. @throws AppError FORBIDDEN */
export function listMessageSettings(ctx: Context): Promise<MessageSettings> {
  requireRole(ctx, "admin", "supervisor");
  return withTransaction(ctx, async (tx) => {
    const [stopped] = await tx.execute<NonNullable<MessageSettings["stopped"]>>(sql`
      select id as "campaignId", failure as why from campaigns
      where workspace_id = ${ctx.workspaceId} and carries = 'callbacks' and status = 'paused'`);
    return { settings: await readMessageSettings(tx, ctx), stopped: stopped ?? null };
  });
}

/** All of them, in the order in which a request meets them. */
export async function readMessageSettings(tx: Transaction, ctx: Context): Promise<MessageSetting[]> {
  const rows = await tx.execute<MessageSetting>(sql`
    select kind, enabled, template_id as "templateId", subject, body, lead_minutes::int as "leadMinutes"
    from callback_messages where workspace_id = ${ctx.workspaceId}`);
  return callbackMessageKinds.map(
    (kind) =>
      rows.find((row) => row.kind === kind) ?? {
        kind,
        enabled: true,
        templateId: null,
        ...defaultMessages[kind],
      },
  );
}

/**
 * Changes one of them; the next message of this kind says the new words. @throws AppError FORBIDDEN; BAD_INPUT with what has to
 * be mended; NOT_FOUND for a foreign template
 */
export async function saveMessageSetting(ctx: Context, input: SaveMessage): Promise<void> {
  requireRole(ctx, "admin");
  const { kind, ...said } = saveMessageInput.parse(input);
  await withTransaction(ctx, async (tx) => {
    const { problems } = await contentOf(tx, ctx, { kind, ...said });
    const [problem] = problems;
    if (problem)
      throw new AppError("BAD_INPUT", problem.message, {
        field: problem.place.field === "subject" ? "subject" : "body",
      });
    const set = { ...said, updatedAt: clockNow };
    await tx
      .insert(callbackMessages)
      .values({ workspaceId: ctx.workspaceId, kind, ...set })
      .onConflictDoUpdate({ target: [callbackMessages.workspaceId, callbackMessages.kind], set });
    await recordAudit(tx, ctx, {
      action: "callback_message.saved",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      after: { kind, enabled: said.enabled, template: said.templateId, leadMinutes: said.leadMinutes },
    });
  });
}
