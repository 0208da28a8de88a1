import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { requireReader } from "./find";
import type { TemplateContent } from "./schemas";

/** What the current versions of templates say, by their ids; those that are not there are left out. @throws AppError FORBIDDEN */
export async function readTemplateWords(
  ctx: Context,
  ids: readonly string[],
): Promise<Map<string, TemplateContent>> {
  requireReader(ctx);
  const rows = await withTransaction(ctx, (tx) =>
    tx.execute<{ id: string; content: TemplateContent }>(sql`
      select t.id, v.content from templates t
      join template_versions v on v.workspace_id = t.workspace_id and v.template_id = t.id and v.version = t.version
      where t.workspace_id = ${ctx.workspaceId} and t.id = any(${sql.param([...ids])}::uuid[])`),
  );
  return new Map(rows.map(({ id, content }) => [id, content]));
}
