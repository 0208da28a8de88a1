import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { type ChosenPolicy, currentPolicies, firstMatch, type PolicyFacts } from "./choose-policy";
import { type OpenState, openState } from "./list-calendars";
import type { Calendar, SavePolicy } from "./schemas";

type Group = PolicyFacts & { priority: "high" | "medium" | "low"; count: number };

/** Open requests that a policy could match alike, with how many there are: a few hundred lines however long the queue. */
const openGroups = (tx: Transaction, ctx: Context) =>
  tx.execute<Group>(sql`
    select request_type as "requestType", urgency, tier, source, tags, priority, count(*)::int as count
    from callback_requests
    where workspace_id = ${ctx.workspaceId} and status in ('pending', 'assigned', 'in_progress', 'scheduled')
    group by request_type, urgency, tier, source, tags, priority`);

export type PolicyPreview = {
  /** Open requests of the workspace. */
  open: number;
  /** How many would get another target or calendar. */
  changed: number;
  sooner: number;
  later: number;
};

/** What saving a policy would do to the open requests, counted from the rows as they stand. */
export function previewPolicy(ctx: Context, input: Omit<SavePolicy, "name">): Promise<PolicyPreview> {
  return withTransaction(ctx, async (tx) => {
    const now = await currentPolicies(tx, ctx);
    const then = withEdit(now, input);
    const preview: PolicyPreview = { open: 0, changed: 0, sooner: 0, later: 0 };
    for (const group of await openGroups(tx, ctx)) {
      const [old, next] = [firstMatch(now, group), firstMatch(then, group)];
      const [before, after] = [
        old.definition.targets[group.priority],
        next.definition.targets[group.priority],
      ];
      const [was, will] = [before.firstAttemptMinutes, after.firstAttemptMinutes];
      const otherTarget = was !== will || before.resolutionMinutes !== after.resolutionMinutes;
      preview.open += group.count;
      if (otherTarget || old.calendarId !== next.calendarId) preview.changed += group.count;
      if (will < was) preview.sooner += group.count;
      if (will > was) preview.later += group.count;
    }
    return preview;
  });
}

type Tried = Pick<ChosenPolicy, "policyId" | "calendarId" | "definition">;

function withEdit(
  policies: readonly Tried[],
  { policyId, calendarId, definition }: Omit<SavePolicy, "name">,
): Tried[] {
  if (policyId === null)
    return [...policies.slice(0, -1), { policyId: "new", calendarId, definition }, ...policies.slice(-1)];
  return policies.map((policy, place) => {
    if (policy.policyId !== policyId) return policy;
    const { condition } = place === policies.length - 1 ? policy.definition : definition;
    return { policyId, calendarId, definition: { ...definition, condition } };
  });
}

export type CalendarPreview = OpenState & {
  /** Open requests whose due times are counted by this calendar. */
  requests: number;
};

/** What a calendar that is being edited says now, and how many open requests it would touch. */
export function previewCalendar(
  ctx: Context,
  { calendarId, definition }: { calendarId: string | null; definition: Calendar },
): Promise<CalendarPreview> {
  return withTransaction(ctx, async (tx) => {
    const policies = await currentPolicies(tx, ctx);
    const mine = (await openGroups(tx, ctx)).filter(
      (group) => firstMatch(policies, group).calendarId === calendarId,
    );
    const requests = mine.reduce((sum, { count }) => sum + count, 0);
    return { ...openState(definition, await readClock(tx)), requests };
  });
}
