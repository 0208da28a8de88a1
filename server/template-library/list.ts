import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type CampaignCategory, type CampaignGoal, purposeOf } from "@/server/campaigns/status";
import { type Channel, channels } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";
import { type KeysetPage, keysetPage } from "@/server/platform/keyset";
import { like } from "@/server/platform/like";
import { requireReader, seesAll } from "./find";
import { type Glimpse, glimpseOf } from "./glimpse";
import { companyOf } from "./links";
import { measureTemplates, noResults, type TemplateResults } from "./measure";
import { type ListTemplatesInput, listTemplatesInput, type TemplateContent } from "./schemas";

export type TemplateLine = {
  id: string;
  name: string;
  description: string;
  category: CampaignCategory;
  purpose: "promotional" | "service";
  goal: CampaignGoal;
  channels: Channel[];
  languages: string[];
  /** Of the built-in library, with or without edits. */
  builtIn: boolean;
  approved: boolean;
  archived: boolean;
  glimpse: Glimpse | null;
  results: TemplateResults;
};

export type TemplatePage = KeysetPage<TemplateLine> & {
  /** Templates that match, on all pages. */
  total: number;
};

type Filters = Omit<z.output<typeof listTemplatesInput>, "limit" | "after" | "before">;

/** Templates, newest first, with what came of them; advisors see those that are approved. @throws AppError FORBIDDEN */
export async function listTemplates(ctx: Context, input: ListTemplatesInput): Promise<TemplatePage> {
  requireReader(ctx);
  const { limit, after, before, ...filters } = listTemplatesInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const where = conditions(ctx, filters);
    const place = before ? sql`t.id > ${parseId(before)}` : after ? sql`t.id < ${parseId(after)}` : sql`true`;
    const rows = await readRows(tx, {
      where: sql`${where} and ${place}`,
      order: before ? sql`asc` : sql`desc`,
      limit: limit + 1,
    });
    const results = await measureTemplates(
      tx,
      ctx,
      rows.map(({ id }) => id),
    );
    const companyName = await companyOf(tx, ctx);
    const lines = rows.map(({ content, ...row }) => ({
      ...row,
      purpose: purposeOf(row.category),
      glimpse: glimpseOf(content, { ...wanted(filters, row), companyName }),
      results: results.get(row.id) ?? noResults,
    }));
    const [count] = await tx.execute<{ total: number }>(
      sql`select count(*)::int as total from templates t where ${where}`,
    );
    return { ...keysetPage(lines, { size: limit, after, before }), total: count?.total ?? 0 };
  });
}

/** A card shows what is looked for: the channel and language of the filter, else a mail in the first language. */
function wanted({ channel, language }: Filters, row: { channels: Channel[]; languages: string[] }) {
  const preferred: Channel[] = channel.length > 0 ? channel : ["email", ...row.channels];
  return {
    channels: preferred.filter((each) => row.channels.includes(each)),
    languages: [...language.filter((each) => row.languages.includes(each)), ...row.languages],
  };
}

function conditions(ctx: Context, filters: Filters): SQL {
  const parts = [
    sql`t.workspace_id = ${ctx.workspaceId}`,
    sql`(t.archived_at is not null) = ${filters.archived && seesAll(ctx)}`,
  ];
  if (!seesAll(ctx)) parts.push(sql`t.approved_at is not null`);
  const { category, goal, channel, language, search } = filters;
  if (category.length > 0) parts.push(sql`t.category = any(${sql.param(category)}::text[])`);
  if (goal.length > 0) parts.push(sql`t.goal = any(${sql.param(goal)}::text[])`);
  if (channel.length > 0 && channel.length < channels.length)
    parts.push(sql`t.channels && ${sql.param(channel)}::text[]`);
  if (language.length > 0) parts.push(sql`t.languages && ${sql.param(language)}::text[]`);
  // Every word somewhere in name or description, in any order.
  for (const word of search.toLowerCase().split(/\s+/).filter(Boolean))
    parts.push(sql`lower(t.name || ' ' || t.description) like ${like(word)}`);
  return sql.join(parts, sql` and `);
}

type Row = Omit<TemplateLine, "purpose" | "glimpse" | "results"> & { content: TemplateContent };

async function readRows(
  tx: Transaction,
  { where, order, limit }: { where: SQL; order: SQL; limit: number },
): Promise<Row[]> {
  const rows = await tx.execute<Row>(sql`
    select t.id, t.name, t.description, t.category, t.goal, t.channels, t.languages, t.seed_key is not null as "builtIn",
      t.approved_at is not null as approved, t.archived_at is not null as archived, v.content
    from (select * from templates t where ${where} order by t.id ${order} limit ${limit}) t
    join template_versions v on v.workspace_id = t.workspace_id and v.template_id = t.id and v.version = t.version
    order by t.id ${order}`);
  return [...rows];
}
