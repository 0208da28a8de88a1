import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";
import { type KeysetPage, keysetPage } from "@/server/platform/keyset";
import { like } from "@/server/platform/like";
import { asking } from "./dependents";
import { requireReader } from "./find";
import { loadNames } from "./load-names";
import type { Rule } from "./rule/model";
import { type ListSegmentsInput, listSegmentsInput } from "./schemas";
import { sentenceOf } from "./sentence";

export type SegmentLine = {
  id: string;
  name: string;
  description: string;
  /** The rule read back. */
  sentence: string;
  seeded: boolean;
  tracked: boolean;
  archived: boolean;
  ownerName: string | null;
  updatedAt: Date;
  /** Campaigns and segments that use it. */
  uses: number;
};

export type SegmentPage = KeysetPage<SegmentLine> & {
  /** Segments that match, on all pages. */
  total: number;
};

type Row = Omit<SegmentLine, "sentence" | "updatedAt"> & { rule: Rule; updatedAt: string };

/** Segments, newest first; those out of use only when asked for. @throws AppError FORBIDDEN */
export async function listSegments(ctx: Context, input: ListSegmentsInput): Promise<SegmentPage> {
  requireReader(ctx);
  const { search, archived, after, before, limit } = listSegmentsInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const where = sql`s.workspace_id = ${ctx.workspaceId} and s.deleted_at is null
      and (s.archived_at is not null) = ${archived}
      ${search ? sql`and lower(s.name) like ${like(search)}` : sql``}`;
    const place = before ? sql`s.id > ${parseId(before)}` : after ? sql`s.id < ${parseId(after)}` : sql`true`;
    const rows = await readRows(tx, ctx, {
      where: sql`${where} and ${place}`,
      order: before ? sql`asc` : sql`desc`,
      limit: limit + 1,
    });
    const names = await loadNames(
      tx,
      ctx,
      rows.map(({ rule }) => rule),
    );
    const lines = rows.map(({ rule, updatedAt, ...row }) => ({
      ...row,
      updatedAt: new Date(updatedAt),
      sentence: sentenceOf(rule, names),
    }));
    const [count] = await tx.execute<{ total: number }>(
      sql`select count(*)::int as total from segments s where ${where}`,
    );
    return { ...keysetPage(lines, { size: limit, after, before }), total: count?.total ?? 0 };
  });
}

async function readRows(
  tx: Transaction,
  ctx: Context,
  { where, order, limit }: { where: SQL; order: SQL; limit: number },
): Promise<Row[]> {
  // What campaigns ask for is written out once, not again for each segment of the page.
  const rows = await tx.execute<Row>(sql`
    with asked as materialized (
      select ${asking} as words from campaigns c where c.workspace_id = ${ctx.workspaceId})
    select s.id, s.name, s.description, s.rule, s.seed_key is not null as seeded, s.tracked,
      s.archived_at is not null as archived, u.name as "ownerName", s.updated_at::text as "updatedAt",
      (select count(*)::int from segments o where o.workspace_id = s.workspace_id and o.deleted_at is null
        and o.id <> s.id and position(s.id::text in o.rule::text) > 0)
      + (select count(*)::int from asked where position(s.id::text in asked.words) > 0) as uses
    from (select * from segments s where ${where} order by s.id ${order} limit ${limit}) s
    left join users u on u.id = s.created_by
    order by s.id ${order}`);
  return [...rows];
}
