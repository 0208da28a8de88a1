import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/platform/audit";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId, parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { addBusiness } from "./calendar";
import { currentPolicies, lockPolicies } from "./choose-policy";
import { type Calendar, MOST_TARGET_MINUTES, type SaveCalendar } from "./schemas";

/**
 * A new calendar, or a new version of one: what was counted stays counted by the old hours, and open requests get their due
 * times by the new ones. @throws AppError BAD_INPUT for hours in which no target could be reached; CONFLICT for a taken
 * name; NOT_FOUND
 */
export function saveCalendar(
  ctx: Context,
  { calendarId, name, definition }: SaveCalendar,
): Promise<{ id: string }> {
  return withTransaction(ctx, async (tx) => {
    await lockPolicies(tx, ctx);
    requireReachable(definition, await readClock(tx));
    await requireFreeName(tx, ctx, { calendarId, name });
    const id = calendarId === null ? newId() : parseId(calendarId);
    const version =
      calendarId === null ? await insert(tx, ctx, { id, name }) : await raise(tx, ctx, { id, name });
    await tx.execute(sql`
      insert into calendar_versions (workspace_id, calendar_id, version, definition, created_by)
      values (${ctx.workspaceId}, ${id}, ${version}, ${JSON.stringify(definition)}::text::jsonb, ${ctx.actor.id}::uuid)`);
    await recordAudit(tx, ctx, {
      action: calendarId === null ? "calendar.created" : "calendar.changed",
      subjectType: "calendar",
      subjectId: id,
      after: { name, version },
    });
    if (calendarId !== null) await enqueue(tx, ctx, "sla/rules.changed", {}, `calendar ${id} ${version}`);
    await bumpTopics(tx, ctx, "sla");
    return { id };
  });
}

function requireReachable(definition: Calendar, now: Date): void {
  try {
    addBusiness(definition, now.getTime(), MOST_TARGET_MINUTES * 60_000);
  } catch {
    throw new AppError(
      "BAD_INPUT",
      "This calendar is open too rarely: a target could stand open for years. Give it at least three hours a week.",
      { field: "week" },
    );
  }
}

type Named = { calendarId: string | null; name: string };

async function requireFreeName(tx: Transaction, ctx: Context, { calendarId, name }: Named): Promise<void> {
  // Names of archived calendars stay theirs: versions of them still explain old deadlines.
  const [taken] = await tx.execute(sql`
    select id from calendars where workspace_id = ${ctx.workspaceId} and name = ${name}
      and id is distinct from ${calendarId === null ? null : parseId(calendarId)}::uuid`);
  if (!taken) return;
  throw new AppError("CONFLICT", "There is, or was, a calendar with this name. Choose another name.", {
    field: "name",
  });
}

async function insert(tx: Transaction, ctx: Context, row: { id: string; name: string }): Promise<number> {
  await tx.execute(sql`
    insert into calendars (id, workspace_id, name) values (${row.id}, ${ctx.workspaceId}, ${row.name})`);
  return 1;
}

async function raise(tx: Transaction, ctx: Context, row: { id: string; name: string }): Promise<number> {
  const [raised] = await tx.execute<{ version: number }>(sql`
    update calendars set name = ${row.name}, version = version + 1
    where workspace_id = ${ctx.workspaceId} and id = ${row.id} and archived_at is null returning version`);
  return required(raised, "calendar").version;
}

/** Takes a calendar out of the lists; its versions stay. @throws AppError CONFLICT while a policy counts by it; NOT_FOUND */
export function archiveCalendar(ctx: Context, { calendarId }: { calendarId: string }): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    await lockPolicies(tx, ctx);
    const id = parseId(calendarId);
    if ((await currentPolicies(tx, ctx)).some((policy) => policy.calendarId === id))
      throw new AppError(
        "CONFLICT",
        "A policy counts by this calendar. Give the policy another calendar first.",
      );
    const [row] = await tx.execute(sql`
      update calendars set archived_at = clock_now()
      where workspace_id = ${ctx.workspaceId} and id = ${id} and archived_at is null returning id`);
    required(row, "calendar");
    await recordAudit(tx, ctx, { action: "calendar.archived", subjectType: "calendar", subjectId: id });
    await bumpTopics(tx, ctx, "sla");
  });
}
