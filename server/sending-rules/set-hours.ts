import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import type { HoursInput, HoursKey, HoursRowKey } from "./schemas";
import { clockTime } from "./status";

const ofKey = (ctx: Context, key: HoursKey): SQL =>
  sql`w.workspace_id = ${ctx.workspaceId} and w.country = ${key.country} and w.channel = ${key.channel} and w.purpose = ${key.purpose}`;

/**
 * Sets the hours of a country, channel and purpose from a day on; those before it stay, the same day's are corrected. The
 * first of a workspace takes the product's along, so that no day until then is without hours.
 */
export async function setHours(ctx: Context, input: HoursInput): Promise<void> {
  const { validFrom, fromMinute, toMinute } = input;
  const days = [...new Set(input.days)].toSorted((one, other) => one - other);
  await withTransaction(ctx, async (tx) => {
    await lockHours(tx, ctx);
    await tx.execute(sql`
      insert into sending_windows (workspace_id, country, channel, purpose, valid_from, from_minute, to_minute, days, basis)
      select ${ctx.workspaceId}, d.country, d.channel, d.purpose, d.valid_from, d.from_minute, d.to_minute, d.days, d.basis
      from default_sending_windows d
      where d.country = ${input.country} and d.channel = ${input.channel} and d.purpose = ${input.purpose}
        and not exists (select from sending_windows w where ${ofKey(ctx, input)})`);
    await tx.execute(sql`
      insert into sending_windows (workspace_id, country, channel, purpose, valid_from, from_minute, to_minute, days, basis)
      values (${ctx.workspaceId}, ${input.country}, ${input.channel}, ${input.purpose}, ${validFrom}, ${fromMinute}, ${toMinute},
        ${sql.param(days)}::smallint[], '')
      on conflict (workspace_id, country, channel, purpose, valid_from) do update set from_minute = excluded.from_minute,
        to_minute = excluded.to_minute, days = excluded.days, basis = ''`);
    await noteChange(tx, ctx, "sending_hours.set", input, {
      validFrom,
      hours: `${clockTime(fromMinute)} to ${clockTime(toMinute)}`,
      days: days.join(", "),
    });
  });
}

/** Takes back hours whose day has not come. Those that were valid once stay: they say why something waited. */
export async function removeHours(ctx: Context, key: HoursRowKey): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    await lockHours(tx, ctx);
    const gone = await tx.execute(sql`
      delete from sending_windows w using workspaces o
      where ${ofKey(ctx, key)} and w.valid_from = ${key.validFrom} and o.id = w.workspace_id
        and w.valid_from > ((select clock_now()) at time zone o.time_zone)::date returning 1`);
    if (gone.length === 0)
      throw new AppError(
        "CONFLICT",
        "These hours are valid already, or they are not there. Set new ones from a day on instead.",
      );
    await noteChange(tx, ctx, "sending_hours.removed", key, { validFrom: key.validFrom });
  });
}

/** Gives up the workspace's own hours of a country, channel and purpose: the product's count again, at once. */
export async function resetHours(ctx: Context, key: HoursKey): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    await lockHours(tx, ctx);
    const gone = await tx.execute(sql`delete from sending_windows w where ${ofKey(ctx, key)} returning 1`);
    if (gone.length > 0) await noteChange(tx, ctx, "sending_hours.reset", key, {});
  });
}

/** Changes of hours come one after the other: each looks at what is there. */
const lockHours = (tx: Transaction, ctx: Context) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtext('ringback.hours'), hashtext(${ctx.workspaceId}))`);

async function noteChange(
  tx: Transaction,
  ctx: Context,
  action: string,
  { country, channel, purpose }: HoursKey & Record<string, unknown>,
  after: Record<string, unknown>,
): Promise<void> {
  await recordAudit(tx, ctx, {
    action,
    subjectType: "workspace",
    subjectId: ctx.workspaceId,
    after: { country, channel, purpose, ...after },
  });
  await bumpTopics(tx, ctx, "sending_rules");
}
