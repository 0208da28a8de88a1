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
  const found = (await listCurrent(tx, ctx)).find(({ definition }) => matches(definition, facts));
  if (found) return found;
  await makeDefaults(tx, ctx);
  return required((await listCurrent(tx, ctx)).at(-1), "SLA policy");
}

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
export function matches({ condition }: PolicyDefinition, facts: PolicyFacts): boolean {
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
