import type { Sql } from "postgres";
import { auditEntries } from "@/db/schema/platform";
import type { Transaction } from "@/db/transaction";
import type { Context } from "./context";
import { newId } from "./ids";

export type AuditEntry = {
  /** `noun.verb`, e.g. `campaign.launched`. */
  action: string;
  subjectType: string;
  subjectId: string;
  /** Only fields that changed; personal values as `changed: [names]`, never as themselves (this table cannot be erased). */
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
};

/** Appends who did what, in the transaction that did it. */
export async function recordAudit(tx: Transaction, ctx: Context, entry: AuditEntry): Promise<void> {
  await tx.insert(auditEntries).values({
    id: newId(),
    workspaceId: ctx.workspaceId,
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.id,
    action: entry.action,
    subjectType: entry.subjectType,
    subjectId: entry.subjectId,
    before: entry.before ?? null,
    after: entry.after ?? null,
    requestId: ctx.requestId,
  });
}

/** The same in a hot transaction (`withHotTransaction`). */
export async function recordHotAudit(sql: Sql, ctx: Context, entry: AuditEntry): Promise<void> {
  const json = (value: AuditEntry["after"]) => (value ? JSON.stringify(value) : null);
  await sql`
    insert into audit_entries (id, workspace_id, actor_kind, actor_id, action, subject_type, subject_id, "before", "after",
      request_id)
    values (${newId()}, ${ctx.workspaceId}, ${ctx.actor.kind}, ${ctx.actor.id}, ${entry.action}, ${entry.subjectType},
      ${entry.subjectId}, ${json(entry.before)}::text::jsonb, ${json(entry.after)}::text::jsonb, ${ctx.requestId})`;
}
