import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { defaultCalendar, defaultPolicy, type PolicyDefinition } from "./schemas";

/** What a policy's condition looks at. */
export type PolicyFacts = {
  requestType: string;
  urgency: string;
  tier: string;
  source: string;
  tags: readonly string[];
};

/** A policy at one version, with the calendar that it counts by. */
export type ChosenPolicy = {
  policyId: string;
  policyVersion: number;
  calendarId: string;
  calendarVersion: number;
  definition: PolicyDefinition;
};

/** The first policy, in the workspace's order, whose condition matches; the default one matches everything. */
export async function choosePolicy(tx: Transaction, ctx: Context, facts: PolicyFacts): Promise<ChosenPolicy> {
  // Whoever saves a policy waits for those who have chosen one already, so that no open request is overlooked by the edit.
  await tx.execute(sql`select pg_advisory_xact_lock_shared(hashtext(${lockName(ctx)}))`);
  return firstMatch(await currentPolicies(tx, ctx), facts);
}

const lockName = (ctx: Context): string => `sla-policies ${ctx.workspaceId}`;

/** Waits until nobody chooses by the present policies any more; for whoever changes them, to the end of the transaction. */
export async function lockPolicies(tx: Transaction, ctx: Context): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${lockName(ctx)}))`);
}

/** The policies in the order in which they are tried, the default one last; a workspace without any gets its first. */
export async function currentPolicies(tx: Transaction, ctx: Context): Promise<ChosenPolicy[]> {
  const policies = await listCurrent(tx, ctx);
  if (policies.length > 0) return policies;
  await makeDefaults(tx, ctx);
  return listCurrent(tx, ctx);
}

/** The first that matches. @throws AppError NOT_FOUND where not even a default one is */
export const firstMatch = <P extends Pick<ChosenPolicy, "definition">>(
  policies: readonly P[],
  facts: PolicyFacts,
): P =>
  required(
    policies.find(({ definition }) => matches(definition, facts)),
    "SLA policy",
  );

async function listCurrent(tx: Transaction, ctx: Context): Promise<ChosenPolicy[]> {
  const rows = await tx.execute<ChosenPolicy>(sql`
    select p.id as "policyId", p.version as "policyVersion", v.calendar_id as "calendarId",
      c.version as "calendarVersion", v.definition
    from sla_policies p
    join sla_policy_versions v on v.policy_id = p.id and v.version = p.version
    join calendars c on c.id = v.calendar_id
    where p.workspace_id = ${ctx.workspaceId} and p.archived_at is null
    order by p.is_default, p.position, p.id`);
  return [...rows];
}

/** Whether a condition matches: an empty list matches everything. */
function matches({ condition }: PolicyDefinition, facts: PolicyFacts): boolean {
  const among = (list: readonly string[], value: string) => list.length === 0 || list.includes(value);
  return (
    among(condition.requestTypes, facts.requestType) &&
    among(condition.urgencies, facts.urgency) &&
    among(condition.tiers, facts.tier) &&
    among(condition.sources, facts.source) &&
    (condition.tags.length === 0 || condition.tags.some((tag) => facts.tags.includes(tag)))
  );
}

/** The calendar and the policy that a workspace starts with; made once, at its first request. */
async function makeDefaults(tx: Transaction, ctx: Context): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`sla-defaults ${ctx.workspaceId}`}))`);
  if ((await listCurrent(tx, ctx)).length > 0) return;
  const [workspace] = await tx.execute<{ zone: string }>(
    sql`select time_zone as zone from workspaces where id = ${ctx.workspaceId}`,
  );
  const calendar = JSON.stringify(defaultCalendar(required(workspace, "workspace").zone));
  const [calendarId, policyId] = [newId(), newId()];
  await tx.execute(sql`
    with calendar as (
      insert into calendars (id, workspace_id, name) values (${calendarId}, ${ctx.workspaceId}, 'Working hours')),
    calendar_version as (
      insert into calendar_versions (workspace_id, calendar_id, version, definition)
      values (${ctx.workspaceId}, ${calendarId}, 1, ${calendar}::jsonb)),
    policy as (
      insert into sla_policies (id, workspace_id, name, position, is_default)
      values (${policyId}, ${ctx.workspaceId}, 'Everything else', 0, true))
    insert into sla_policy_versions (workspace_id, policy_id, version, calendar_id, definition)
    values (${ctx.workspaceId}, ${policyId}, 1, ${calendarId}, ${JSON.stringify(defaultPolicy)}::jsonb)`);
}
