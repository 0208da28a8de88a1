import { eq, sql } from "drizzle-orm";
import { segments } from "@/db/schema/segments";
import { users } from "@/db/schema/workspaces";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { type Use, usesOf } from "./dependents";
import { oneSegment, requireReader, type SegmentRow } from "./find";
import { whyTracked } from "./listeners";
import { loadNames } from "./load-names";
import { sentenceOf } from "./sentence";
import { mayEditSegments } from "./status";

type Named = { id: string; name: string };

export type SegmentDetail = Pick<
  SegmentRow,
  "id" | "name" | "description" | "rule" | "version" | "tracked" | "createdAt" | "updatedAt"
> & {
  sentence: string;
  /** Names of what its rule mentions, which lists to choose from may leave out. */
  mentioned: { segments: Named[]; campaigns: Named[] };
  seeded: boolean;
  archived: boolean;
  ownerName: string | null;
  usedBy: Use[];
  /** Why its membership must stay stored, in words; null when it need not. */
  whyTracked: string | null;
  /** For a tracked segment: members as they are stored, and who came and went in the last seven days. */
  membership: { members: number; entered: number; left: number } | null;
  mayEdit: boolean;
};

/** One segment, read back as a sentence, with what uses it. @throws AppError NOT_FOUND, FORBIDDEN */
export async function getSegment(ctx: Context, input: { id: string }): Promise<SegmentDetail> {
  requireReader(ctx);
  return withTransaction(ctx, async (tx) => {
    const [found] = await tx
      .select({ segment: segments, ownerName: users.name })
      .from(segments)
      .leftJoin(users, eq(users.id, segments.createdBy))
      .where(oneSegment(ctx, input.id));
    const { segment, ownerName } = required(found, "segment");
    const { id, name, description, rule, version, tracked, createdAt, updatedAt } = segment;
    const names = await loadNames(tx, ctx, [rule]);
    const named = (map: ReadonlyMap<string, string>) =>
      [...map].map(([key, word]) => ({ id: key, name: word }));
    return {
      ...{ id, name, description, rule, version, tracked, createdAt, updatedAt, ownerName },
      sentence: sentenceOf(rule, names),
      mentioned: { segments: named(names.segments), campaigns: named(names.campaigns) },
      seeded: segment.seedKey !== null,
      archived: segment.archivedAt !== null,
      usedBy: await usesOf(tx, ctx, id),
      whyTracked: await whyTracked(tx, ctx, segment),
      membership: tracked ? await membershipOf(tx, ctx, id) : null,
      mayEdit: mayEditSegments(ctx),
    };
  });
}

async function membershipOf(
  tx: Transaction,
  ctx: Context,
  id: string,
): Promise<NonNullable<SegmentDetail["membership"]>> {
  const [row] = await tx.execute<NonNullable<SegmentDetail["membership"]>>(sql`
    select (select count(*)::int from segment_members where workspace_id = ${ctx.workspaceId} and segment_id = ${id}) as members,
      count(*) filter (where change = 'entered')::int as entered, count(*) filter (where change = 'left')::int as left
    from segment_changes
    where workspace_id = ${ctx.workspaceId} and segment_id = ${id} and at >= clock_now() - interval '7 days'`);
  return required(row, "segment");
}
