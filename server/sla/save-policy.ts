import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId, parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { lockPolicies } from "./choose-policy";
import type { SavePolicy } from "./schemas";

/**
 * A new policy, or a new version of one. Open requests get their targets by it within seconds: elapsed time is kept.
 * @throws AppError NOT_FOUND for a foreign calendar or policy
 */
export function savePolicy(ctx: Context, input: SavePolicy): Promise<{ id: string }> {
  return withTransaction(ctx, async (tx) => {
    await lockPolicies(tx, ctx);
    const calendarId = parseId(input.calendarId);
    const [calendar] = await tx.execute(sql`
      select id from calendars where workspace_id = ${ctx.workspaceId} and id = ${calendarId} and archived_at is null`);
    required(calendar, "calendar");
    const row =
      input.policyId === null
        ? await insert(tx, ctx, input.name)
        : await raise(tx, ctx, { id: parseId(input.policyId), name: input.name });
    // The default one matches everything, whatever was sent.
    const { condition, ...rest } = input.definition;
    const definition = { ...rest, condition: row.isDefault ? everything : condition };
    await tx.execute(sql`
      insert into sla_policy_versions (workspace_id, policy_id, version, calendar_id, definition, created_by)
      values (${ctx.workspaceId}, ${row.id}, ${row.version}, ${calendarId}, ${JSON.stringify(definition)}::text::jsonb,
        ${ctx.actor.id}::uuid)`);
    const action = input.policyId === null ? "sla_policy.created" : "sla_policy.changed";
    await changed(tx, ctx, { action, id: row.id, after: { name: input.name, version: row.version } });
    return { id: row.id };
  });
}

const everything = { requestTypes: [], urgencies: [], tiers: [], sources: [], tags: [] };

type Row = { id: string; version: number; isDefault: boolean };

async function insert(tx: Transaction, ctx: Context, name: string): Promise<Row> {
  const id = newId();
  await tx.execute(sql`
    insert into sla_policies (id, workspace_id, name, position)
    select ${id}, ${ctx.workspaceId}, ${name}, coalesce(max(position), 0) + 1 from sla_policies
    where workspace_id = ${ctx.workspaceId} and not is_default`);
  return { id, version: 1, isDefault: false };
}

async function raise(
  tx: Transaction,
  ctx: Context,
  { id, name }: { id: string; name: string },
): Promise<Row> {
  const [row] = await tx.execute<Row>(sql`
    update sla_policies set name = ${name}, version = version + 1
    where workspace_id = ${ctx.workspaceId} and id = ${id} and archived_at is null
    returning id, version, is_default as "isDefault"`);
  return required(row, "SLA policy");
}

/** Takes a policy out: its open requests go to the next that matches. @throws AppError CONFLICT for the default; NOT_FOUND */
export function archivePolicy(ctx: Context, { policyId }: { policyId: string }): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    await lockPolicies(tx, ctx);
    const id = parseId(policyId);
    const [row] = await tx.execute<{ isDefault: boolean }>(sql`
      select is_default as "isDefault" from sla_policies
      where workspace_id = ${ctx.workspaceId} and id = ${id} and archived_at is null`);
    if (required(row, "SLA policy").isDefault)
      throw new AppError(
        "CONFLICT",
        "The last policy takes what no other does, so it stays. Change its targets instead.",
      );
    await tx.execute(sql`
      update sla_policies set archived_at = clock_now() where workspace_id = ${ctx.workspaceId} and id = ${id}`);
    await changed(tx, ctx, { action: "sla_policy.archived", id });
  });
}

/** Puts the policies into the order given; the default one stays last. @throws AppError CONFLICT when the list is not theirs */
export function orderPolicies(ctx: Context, { policyIds }: { policyIds: string[] }): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    await lockPolicies(tx, ctx);
    const ids = policyIds.map(parseId);
    const rows = await tx.execute<{ id: string }>(sql`
      select id from sla_policies
      where workspace_id = ${ctx.workspaceId} and archived_at is null and not is_default order by position, id`);
    const known = rows.map(({ id }) => id);
    if ([...known].sort().join() !== [...ids].sort().join())
      throw new AppError(
        "CONFLICT",
        "Somebody added or removed a policy meanwhile. Reload, and order them again.",
      );
    if (known.join() === ids.join()) return;
    await tx.execute(sql`
      update sla_policies p set position = o.place
      from unnest(${sql.param(ids)}::uuid[]) with ordinality as o(id, place)
      where p.workspace_id = ${ctx.workspaceId} and p.id = o.id`);
    const first = required(ids[0], "SLA policy");
    await changed(tx, ctx, { action: "sla_policy.ordered", id: first, after: { order: ids.join(", ") } });
  });
}

type Changed = { action: string; id: string; after?: Record<string, unknown> };

async function changed(tx: Transaction, ctx: Context, { action, id, after }: Changed): Promise<void> {
  await recordAudit(tx, ctx, { action, subjectType: "sla_policy", subjectId: id, after: after ?? null });
  await enqueue(tx, ctx, "sla/rules.changed", {}, `policies ${newId()}`);
  await bumpTopics(tx, ctx, "sla");
}
