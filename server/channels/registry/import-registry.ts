import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import type { ImportRegistryInput, RegistryFileInput } from "../schemas";
import { type RefusedRow, type Registration, readRegistryFile } from "./read-file";

export type RegistryPreview = {
  added: number;
  changed: number;
  unchanged: number;
  /** Active texts of the same entities that the file does not hold. */
  missing: number;
  /** The first of those that cannot be taken, and how many there are. */
  refused: RefusedRow[];
  refusedCount: number;
  /** The first rows that would be taken. */
  sample: Registration[];
};

const MOST_SHOWN = 100;
const SAMPLE = 20;

/** What an import would do; changes nothing. */
export const previewRegistry = (ctx: Context, input: RegistryFileInput): Promise<RegistryPreview> =>
  withTransaction(ctx, async (tx) => {
    const file = readRegistryFile(input.content, input.entityId);
    return compare(tx, ctx, file.rows, file.refused);
  });

/** Brings the registry in line with the file: new and changed texts, and on demand those that it no longer holds. */
export const importRegistry = (ctx: Context, input: ImportRegistryInput): Promise<RegistryPreview> =>
  withTransaction(ctx, async (tx) => {
    const { rows, refused } = readRegistryFile(input.content, input.entityId);
    // Two imports at once: the second compares with what the first has made.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtext('ringback.dlt'), hashtext(${ctx.workspaceId}))`,
    );
    const preview = await compare(tx, ctx, rows, refused);
    if (rows.length > 0) {
      await write(tx, ctx, rows);
      if (input.complete) await retire(tx, ctx, rows);
    }
    await recordAudit(tx, ctx, {
      action: "dlt_registry.imported",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      after: {
        added: preview.added,
        changed: preview.changed,
        refused: preview.refusedCount,
        retired: input.complete ? preview.missing : 0,
      },
    });
    await bumpTopics(tx, ctx, "channels");
    return preview;
  });

const asJson = (rows: Registration[]) => sql`jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as f (
  "entityId" text, header text, "templateId" text, name text, category text, language text, text text, status text)`;

async function compare(
  tx: Transaction,
  ctx: Context,
  rows: Registration[],
  refused: RefusedRow[],
): Promise<RegistryPreview> {
  const [found] = await tx.execute<{
    added: number;
    changed: number;
    unchanged: number;
    missing: number;
  }>(sql`
    with file as (select * from ${asJson(rows)}),
    seen as (
      select t.id is null as added, (t.entity_id, t.header, t.name, t.category, t.language, t.text, t.status)
        is not distinct from (f."entityId", f.header, f.name, f.category, f.language, f.text, f.status) as same
      from file f left join dlt_templates t on t.workspace_id = ${ctx.workspaceId} and t.template_id = f."templateId")
    select count(*) filter (where added)::int as added, count(*) filter (where not added and not same)::int as changed,
      count(*) filter (where not added and same)::int as unchanged,
      (select count(*)::int from dlt_templates t where t.workspace_id = ${ctx.workspaceId} and t.status = 'active'
        and t.entity_id in (select "entityId" from file) and t.template_id not in (select "templateId" from file)) as missing
    from seen`);
  const counts = found ?? { added: 0, changed: 0, unchanged: 0, missing: 0 };
  return {
    ...counts,
    refusedCount: refused.length,
    refused: refused.slice(0, MOST_SHOWN),
    sample: rows.slice(0, SAMPLE),
  };
}

async function write(tx: Transaction, ctx: Context, rows: Registration[]): Promise<void> {
  const ids = rows.map(() => newId());
  await tx.execute(sql`
    insert into dlt_templates (id, workspace_id, entity_id, header, template_id, name, category, language, text, status)
    select (${sql.param(ids)}::uuid[])[f.place], ${ctx.workspaceId}, f."entityId", f.header, f."templateId", f.name,
      f.category, f.language, f.text, f.status
    from (select *, row_number() over () as place from ${asJson(rows)}) f
    on conflict (workspace_id, template_id) do update set entity_id = excluded.entity_id, header = excluded.header,
      name = excluded.name, category = excluded.category, language = excluded.language, text = excluded.text,
      status = excluded.status, imported_at = clock_now()`);
}

async function retire(tx: Transaction, ctx: Context, rows: Registration[]): Promise<void> {
  await tx.execute(sql`
    update dlt_templates t set status = 'inactive' where t.workspace_id = ${ctx.workspaceId} and t.status = 'active'
      and t.entity_id in (select "entityId" from ${asJson(rows)})
      and t.template_id not in (select "templateId" from ${asJson(rows)})`);
}
