import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { conversionsOf } from "../read-csv";
import { recordLines } from "../record";
import { type MappedFileInput, MOST_CONVERSIONS, mappedFileInput } from "../schemas";
import { type ColumnMapping, conversionEditors } from "../status";
import { type FileRow, findFile, tableOf } from "./find";

/** Reasons that are told one by one. */
const MOST_REFUSALS = 100;

export type Outcome = {
  recorded: number;
  credited: number;
  duplicates: number;
  refused: number;
  /** The first of them, with the line of the file. */
  refusals: { line: number; reason: string }[];
};

export type Taken = Outcome & { taken: number; lines: number; done: boolean };

const none: Outcome = { recorded: 0, credited: 0, duplicates: 0, refused: 0, refusals: [] };

/**
 * What would become of every line if the file were taken now; nothing is kept. A line whose `id` another line has is told of
 * when it is taken. @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT, BAD_INPUT
 */
export async function checkFile(ctx: Context, input: MappedFileInput): Promise<Outcome> {
  requireRole(ctx, ...conversionEditors);
  const { id, mapping } = mappedFileInput.parse(input);
  const file = await withTransaction(ctx, (tx) => findFile(tx, ctx, { id, lock: false }));
  const { length } = tableOf(file).lines;
  let outcome = none;
  for (let from = 0; from < length; from += MOST_CONVERSIONS) {
    const undone = new Undone();
    await withTransaction(ctx, async (tx) => {
      outcome = added(outcome, await takeLines(tx, ctx, { file, mapping, from }));
      throw undone;
    }).catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  }
  return outcome;
}

class Undone extends Error {}

/**
 * Takes the next 1,000 lines of a file, each judged by itself, with the place to go on from in the same transaction: asked
 * again after an interruption, or twice at once, each line is taken once. With the last one the lines are forgotten.
 * @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT, BAD_INPUT
 */
export async function takeFile(ctx: Context, input: MappedFileInput): Promise<Taken> {
  requireRole(ctx, ...conversionEditors);
  const { id, mapping } = mappedFileInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const file = await findFile(tx, ctx, { id, lock: true });
    const { lines } = tableOf(file);
    const from = file.taken;
    const { refusals, ...counts } = await takeLines(tx, ctx, { file, mapping, from });
    const taken = Math.min(lines.length, from + MOST_CONVERSIONS);
    const done = taken === lines.length;
    const [row] = await tx.execute<Taken>(sql`
      update conversion_files set taken = ${taken}, mapping = ${JSON.stringify(mapping)}::jsonb,
        recorded = recorded + ${counts.recorded}, credited = credited + ${counts.credited},
        duplicates = duplicates + ${counts.duplicates}, refused = refused + ${counts.refused},
        refusals = (select coalesce(jsonb_agg(r.value order by r.nr), '[]') from jsonb_array_elements(
          refusals || ${JSON.stringify(refusals)}::jsonb) with ordinality as r (value, nr) where r.nr <= ${MOST_REFUSALS})
        ${done ? sql`, status = 'done', content = null, finished_at = clock_now()` : sql``}
      where id = ${file.id} and workspace_id = ${ctx.workspaceId}
      returning taken, lines, recorded, credited, duplicates, refused, refusals, status = 'done' as done`);
    if (!row) throw new Error("a locked file vanished");
    if (done)
      await recordAudit(tx, ctx, {
        action: "conversions.uploaded",
        subjectType: "conversion_file",
        subjectId: file.id,
        after: { name: file.name, recorded: row.recorded, refused: row.refused, duplicates: row.duplicates },
      });
    await bumpTopics(tx, ctx, "conversions");
    return row;
  });
}

/** The same with the columns as they were taken before. @throws as `takeFile`; CONFLICT for a file that was not begun */
export async function goOnWithFile(ctx: Context, { id }: { id: string }): Promise<Taken> {
  requireRole(ctx, ...conversionEditors);
  const [row] = await withTransaction(ctx, async (tx) => {
    await findFile(tx, ctx, { id, lock: false });
    return tx.execute<{ mapping: ColumnMapping }>(sql`
      select mapping from conversion_files where workspace_id = ${ctx.workspaceId} and id = ${id}`);
  });
  const mapping = row?.mapping ?? {};
  if (Object.keys(mapping).length === 0)
    throw new AppError("CONFLICT", "Nobody has said yet what the columns of this file hold. Say it first.");
  return takeFile(ctx, { id, mapping });
}

type Lines = { file: FileRow; mapping: ColumnMapping; from: number };

async function takeLines(tx: Transaction, ctx: Context, { file, mapping, from }: Lines): Promise<Outcome> {
  const table = tableOf(file);
  const lines = table.lines.slice(from, from + MOST_CONVERSIONS);
  const read = conversionsOf({ ...table, lines }, { mapping, zone: file.zone });
  const outcomes = await recordLines(tx, ctx, { rows: read.map(({ row }) => row), fileId: file.id });
  return outcomes.reduce<Outcome>((sum, outcome, nth) => {
    if (outcome.status === "duplicate") return added(sum, { ...none, duplicates: 1 });
    if (outcome.status === "recorded")
      return added(sum, { ...none, recorded: 1, credited: outcome.campaign_id === null ? 0 : 1 });
    const refusals = [{ line: read[nth]?.line ?? 0, reason: outcome.reason }];
    return added(sum, { ...none, refused: 1, refusals });
  }, none);
}

function added(one: Outcome, other: Outcome): Outcome {
  const room = MOST_REFUSALS - one.refusals.length;
  return {
    recorded: one.recorded + other.recorded,
    credited: one.credited + other.credited,
    duplicates: one.duplicates + other.duplicates,
    refused: one.refused + other.refused,
    refusals:
      room > 0 && other.refusals.length > 0
        ? [...one.refusals, ...other.refusals.slice(0, room)]
        : one.refusals,
  };
}
