import { type SQL, sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { type KeysetPage, keysetPage } from "@/server/platform/keyset";
import { like } from "@/server/platform/like";
import type { TemplatePageInput } from "../schemas";
import type { WhatsAppTemplateLine } from "./list-templates";

export type TemplatePage = KeysetPage<WhatsAppTemplateLine> & {
  /** Templates that match, on all pages. */
  total: number;
  /** All templates of the workspace. */
  known: number;
};

const PAGE = 50;

const columns = sql`t.id, t.account_id as "accountId", a.name as "accountName", t.name, t.language, t.category, t.parts,
  t.approval, t.rejection, t.provider_id is not null as submitted, to_json(t.updated_at) #>> '{}' as "updatedAt"`;

/** The workspace's templates a page at a time, by name and language. */
export function listTemplatesPage(ctx: Context, input: TemplatePageInput): Promise<TemplatePage> {
  const { after, before } = input;
  return withTransaction(ctx, async (tx) => {
    const where = matching(ctx, input);
    const edge = after ?? before;
    const than = edge
      ? sql`(select e.name, e.language, e.id from whatsapp_templates e where e.workspace_id = ${ctx.workspaceId} and e.id = ${parseId(edge)})`
      : null;
    const place = !than
      ? sql`true`
      : before
        ? sql`(t.name, t.language, t.id) < ${than}`
        : sql`(t.name, t.language, t.id) > ${than}`;
    const order = before ? sql`desc` : sql`asc`;
    const rows = await tx.execute<WhatsAppTemplateLine>(sql`
      select ${columns} from whatsapp_templates t join channel_accounts a on a.id = t.account_id
      where ${where} and ${place}
      order by t.name ${order}, t.language ${order}, t.id ${order} limit ${PAGE + 1}`);
    const [count] = await tx.execute<{ total: number; known: number }>(sql`
      select count(*) filter (where ${where})::int as total, count(*)::int as known
      from whatsapp_templates t where t.workspace_id = ${ctx.workspaceId}`);
    return {
      ...keysetPage([...rows], { size: PAGE, after, before }),
      total: count?.total ?? 0,
      known: count?.known ?? 0,
    };
  });
}

function matching(ctx: Context, { search, category, approval }: TemplatePageInput): SQL {
  const words = search ? like(search) : null;
  return sql`t.workspace_id = ${ctx.workspaceId}
    ${words ? sql`and (t.name like ${words} or lower(t.parts ->> 'body') like ${words})` : sql``}
    ${category?.length ? sql`and t.category = any(${sql.param(category)}::text[])` : sql``}
    ${approval?.length ? sql`and t.approval = any(${sql.param(approval)}::text[])` : sql``}`;
}

/** One template. @throws AppError NOT_FOUND */
export async function getTemplate(ctx: Context, templateId: string): Promise<WhatsAppTemplateLine> {
  const [row] = await withTransaction(ctx, (tx) =>
    tx.execute<WhatsAppTemplateLine>(sql`
      select ${columns} from whatsapp_templates t join channel_accounts a on a.id = t.account_id
      where t.workspace_id = ${ctx.workspaceId} and t.id = ${parseId(templateId)}`),
  );
  return required(row, "template");
}
