import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type ExecutionKey, encodePublicId } from "@/server/deliveries";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import {
  type TimelineEntry,
  type TimelineInput,
  type TimelineKind,
  type TimelinePage,
  timelineInput,
  timelineKindNames,
} from "./content";
import { findCustomer } from "./find";
import { type Masker, maskerFor } from "./masking";
import { customerReaders } from "./status";
import { branches, type Place } from "./timeline-branches";

const cursorSchema = z.tuple([z.iso.datetime({ precision: 6 }), z.string().max(120)]);

const writeCursor = (at: string, id: string): string =>
  Buffer.from(JSON.stringify([at, id])).toString("base64url");

function readCursor(cursor: string): { at: string; id: string } {
  try {
    const [at, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    return { at, id };
  } catch (cause) {
    throw new AppError("BAD_INPUT", "This place in the timeline is unknown. Open it anew.", {}, { cause });
  }
}

type Row = TimelineEntry & { precise: string };
type MessageKey = ExecutionKey & { messageId?: string | null };

/**
 * Everything that happened with a customer, newest first, a page at a time, in one statement: each kind gives at most a
 * page of its own, in its index's order, and they are merged.
 * @throws AppError FORBIDDEN, NOT_FOUND, BAD_INPUT (a cursor that is none)
 */
export async function listTimeline(ctx: Context, input: TimelineInput): Promise<TimelinePage> {
  requireRole(ctx, ...customerReaders);
  const { cursor, limit, ...filters } = timelineInput.parse(input);
  const from = cursor ? readCursor(cursor) : null;
  return withTransaction(ctx, async (tx) => {
    const customerId = await findCustomer(tx, ctx, filters.customerId);
    const place: Place = { ctx, customerId, from, limit: limit + 1, channels: filters.channel };
    const rows = await tx.execute<Row>(timelineQuery(place, filters.kind));
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    await linkMessages(tx, ctx, page);
    await nameAdvisors(tx, ctx, page);
    const masker = await maskerFor(tx, ctx);
    return {
      entries: page.map((row) => entryOf(row, masker)),
      next: rows.length > limit && last ? writeCursor(last.precise, last.id) : null,
    };
  });
}

/** The statement behind a page; by itself for the test that explains it. */
export function timelineQuery(place: Place, kinds: readonly TimelineKind[]): SQL {
  const wanted = kinds.length > 0 ? kinds : timelineKindNames;
  const parts = wanted.map((kind) => sql`(${branches[kind](place)})`);
  return sql`
    with mine as materialized (
      select e.part, e.run_number, e.seq, e.channel, e.step, e.arm from executions e
      where e.workspace_id = ${place.ctx.workspaceId} and e.customer_id = ${place.customerId})
    select t.id, t.kind, t.channel, t.detail, coalesce(u.name, t.actor_name) as "actorName",
      to_char(t.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
      to_char(t.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as precise
    from (${sql.join(parts, sql` union all `)}) t left join users u on u.id = t.actor_id
    order by t.at desc, t.id desc limit ${place.limit}`;
}

function entryOf({ precise: _, ...entry }: Row, masker: Masker): TimelineEntry {
  return { ...entry, detail: masker.values(entry.detail) } as TimelineEntry;
}

/** Names the sandbox's copy of each message, for those who may read the inbox. */
async function linkMessages(tx: Transaction, ctx: Context, rows: Row[]): Promise<void> {
  const details = rows.flatMap((row) =>
    row.kind === "message" ? [row.detail as unknown as MessageKey] : [],
  );
  if (details.length === 0 || (ctx.role !== "admin" && ctx.role !== "marketer")) return;
  const byPublicId = new Map(details.map((detail) => [encodePublicId(detail), detail]));
  const copies = await tx.execute<{ id: string; publicId: string }>(sql`
    select id, public_id as "publicId" from sandbox_messages
    where workspace_id = ${ctx.workspaceId} and public_id = any(${sql.param([...byPublicId.keys()])}::text[])`);
  for (const { id, publicId } of copies) {
    const detail = byPublicId.get(publicId);
    if (detail) detail.messageId = id;
  }
}

/** Puts the advisor's name where the history keeps the membership. */
async function nameAdvisors(tx: Transaction, ctx: Context, rows: Row[]): Promise<void> {
  const values = rows.flatMap((row) =>
    row.kind === "change" ? [row.detail.before, row.detail.after].filter((each) => each?.advisorId) : [],
  );
  if (values.length === 0) return;
  const ids = values.map((each) => String(each?.advisorId));
  const people = await tx.execute<{ id: string; name: string }>(sql`
    select m.id, u.name from memberships m join users u on u.id = m.user_id
    where m.workspace_id = ${ctx.workspaceId} and m.id = any(${sql.param(ids)}::uuid[])`);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  for (const each of values) if (each) each.advisorId = names.get(String(each.advisorId)) ?? each.advisorId;
}
