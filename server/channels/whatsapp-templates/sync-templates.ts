import { sql } from "drizzle-orm";
import { type Transaction, withHotTransaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId, parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { accountById } from "../accounts/account-for";
import type { ProviderTemplate } from "../adapter";
import type { ProviderEvent } from "../provider-event";

/**
 * Takes over the provider's templates as they stand there: new ones, their words, and what WhatsApp said of them.
 * @throws AppError NOT_FOUND; UNSUPPORTED for an account without templates
 */
export async function syncTemplates(
  ctx: Context,
  accountId: string,
): Promise<{ found: number; gone: number }> {
  const found = await withHotTransaction(ctx.workspaceId, (hot) =>
    accountById(hot, ctx.workspaceId, parseId(accountId)),
  );
  const account = required(found, "account");
  if (!account.adapter.templates)
    throw new AppError("UNSUPPORTED", "This account has no templates at a provider to take over.");
  const listed = await account.adapter.templates.list();
  return withTransaction(ctx, async (tx) => {
    await write(tx, ctx, account.accountId, listed);
    const gone = await tx.execute(sql`
      update whatsapp_templates set approval = 'disabled', rejection = 'It is no longer there at the provider.', updated_at = clock_now()
      where workspace_id = ${ctx.workspaceId} and account_id = ${account.accountId} and provider_id is not null
        and approval <> 'disabled' and provider_id <> all (${sql.param(listed.map(({ providerId }) => providerId))}::text[])
      returning id`);
    await recordAudit(tx, ctx, {
      action: "whatsapp_template.synchronised",
      subjectType: "channel_account",
      subjectId: account.accountId,
      after: { found: listed.length, gone: gone.length },
    });
    await bumpTopics(tx, ctx, "channels");
    return { found: listed.length, gone: gone.length };
  });
}

/** A draft with changes that were not submitted keeps its words: they are nobody's but ours. */
async function write(
  tx: Transaction,
  ctx: Context,
  accountId: string,
  listed: ProviderTemplate[],
): Promise<void> {
  if (listed.length === 0) return;
  const rows = listed.map((template) => ({ id: newId(), ...template }));
  await tx.execute(sql`
    insert into whatsapp_templates as t
      (id, workspace_id, account_id, name, language, category, parts, approval, rejection, provider_id)
    select f.id, ${ctx.workspaceId}, ${accountId}, f.name, f.language, f.category, f.parts, f.approval, f.rejection,
      f."providerId"
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as f (id uuid, name text, language text, category text,
      parts jsonb, approval text, rejection text, "providerId" text)
    on conflict (workspace_id, account_id, name, language) do update set category = excluded.category,
      parts = excluded.parts, approval = excluded.approval, rejection = excluded.rejection,
      provider_id = excluded.provider_id, updated_at = clock_now()
    where t.approval <> 'draft'`);
}

/** What WhatsApp says of a template by webhook. Unknown names are those of another tool on the same account. */
export async function applyTemplateStatus(
  ctx: Context,
  accountId: string,
  event: Extract<ProviderEvent, { kind: "template_status" }>,
): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const changed = await tx.execute(sql`
      update whatsapp_templates set approval = ${event.approval}, rejection = ${event.reason}, updated_at = clock_now()
      where workspace_id = ${ctx.workspaceId} and account_id = ${accountId} and name = ${event.name}
        and language = ${event.language} and approval <> 'draft'
        and (approval, coalesce(rejection, '')) is distinct from (${event.approval}, ${event.reason ?? ""})
      returning id`);
    if (changed.length > 0) await bumpTopics(tx, ctx, "channels");
  });
}
