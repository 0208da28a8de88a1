import { type SQL, sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";
import { type KeysetPage, keysetPage } from "@/server/platform/keyset";
import { like } from "@/server/platform/like";
import type { RegistryPageInput } from "../schemas";
import type { RegistryLine } from "./list-registry";
import { placesOf } from "./places";

export type RegistryPage = KeysetPage<RegistryLine> & {
  /** Texts that match, on all pages. */
  total: number;
  /** All texts of the workspace. */
  known: number;
};

const PAGE = 50;

/** The imported texts a page at a time, by name; found by words of the name, the header, the id or the text itself. */
export function listRegistryPage(ctx: Context, input: RegistryPageInput): Promise<RegistryPage> {
  const { after, before } = input;
  return withTransaction(ctx, async (tx) => {
    const where = matching(ctx, input);
    const edge = after ?? before;
    const than = edge
      ? sql`(select lower(e.name), e.id from dlt_templates e where e.workspace_id = ${ctx.workspaceId} and e.id = ${parseId(edge)})`
      : null;
    const place = !than
      ? sql`true`
      : before
        ? sql`(lower(d.name), d.id) < ${than}`
        : sql`(lower(d.name), d.id) > ${than}`;
    const order = before ? sql`desc` : sql`asc`;
    const rows = await tx.execute<Omit<RegistryLine, "places">>(sql`
      select d.id, d.entity_id as "entityId", d.header, d.template_id as "templateId", d.provider_id as "providerId",
        d.name, d.category, d.language, d.text, d.status
      from dlt_templates d where ${where} and ${place}
      order by lower(d.name) ${order}, d.id ${order} limit ${PAGE + 1}`);
    const [count] = await tx.execute<{ total: number; known: number }>(sql`
      select count(*) filter (where ${where})::int as total, count(*)::int as known
      from dlt_templates d where d.workspace_id = ${ctx.workspaceId}`);
    const lines = [...rows].map((row) => ({ ...row, places: placesOf(row.text) }));
    return {
      ...keysetPage(lines, { size: PAGE, after, before }),
      total: count?.total ?? 0,
      known: count?.known ?? 0,
    };
  });
}

function matching(ctx: Context, { search, category, status }: RegistryPageInput): SQL {
  const words = search ? like(search) : null;
  return sql`d.workspace_id = ${ctx.workspaceId}
    ${words ? sql`and (lower(d.name) like ${words} or lower(d.header) like ${words} or d.template_id like ${words} or lower(d.text) like ${words})` : sql``}
    ${category?.length ? sql`and d.category = any(${sql.param(category)}::text[])` : sql``}
    ${status?.length ? sql`and d.status = any(${sql.param(status)}::text[])` : sql``}`;
}
