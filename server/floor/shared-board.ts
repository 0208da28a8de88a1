import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { type Board, countBoard } from "./board";
import { readScope, type Scope } from "./scope";

/** What moves the board. */
export const boardTopics = ["agents", "callbacks"];
/** Figures that only time moves are at most this old. */
const FRESH_MS = 1_000;

type Kept = { version: string; since: number; board: Promise<Board> };

const boards = new Map<string, Kept>();
const MOST_BOARDS = 500;

/**
 * The board for everybody who looks at the same floor, counted once for all of them: again only when a topic of it moved, or
 * after a second. The version is read before the rows, so a change that raised it is in the board that is kept under it.
 */
export async function sharedBoard(ctx: Context): Promise<Board> {
  const { scope, version } = await withTransaction(ctx, async (tx) => ({
    scope: await readScope(tx, ctx),
    version: await readVersion(tx, ctx),
  }));
  const key = `${ctx.workspaceId} ${JSON.stringify(scope)}`;
  const kept = boards.get(key);
  if (kept?.version === version && performance.now() - kept.since < FRESH_MS) return kept.board;
  if (boards.size >= MOST_BOARDS) boards.clear();
  const board = count(ctx, scope);
  boards.set(key, { version, since: performance.now(), board });
  // What failed is not kept for others.
  board.catch(() => boards.get(key)?.board === board && boards.delete(key));
  return board;
}

const count = (ctx: Context, scope: Scope): Promise<Board> =>
  withTransaction(ctx, (tx) => countBoard(tx, ctx, scope));

async function readVersion(tx: Transaction, ctx: Context): Promise<string> {
  const [row] = await tx.execute<{ version: string }>(sql`
    select coalesce(string_agg(topic || ' ' || version, ',' order by topic), '') as version from topic_versions
    where workspace_id = ${ctx.workspaceId} and topic = any(${sql.param(boardTopics)}::text[])`);
  return row?.version ?? "";
}
