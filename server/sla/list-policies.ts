import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { currentPolicies } from "./choose-policy";
import { type PolicyDefinition, policyDefinition } from "./schemas";

export type PolicyLine = {
  id: string;
  name: string;
  version: number;
  isDefault: boolean;
  calendarId: string;
  calendarName: string;
  definition: PolicyDefinition;
  /** Open requests whose clocks run by it now. */
  open: number;
};

type Row = Omit<PolicyLine, "definition"> & { definition: unknown };

/** The policies in the order in which they are tried; the default one, which matches everything, is the last. */
export function listPolicies(ctx: Context): Promise<PolicyLine[]> {
  return withTransaction(ctx, async (tx) => {
    await currentPolicies(tx, ctx);
    const rows = await tx.execute<Row>(sql`
      select p.id, p.name, p.version, p.is_default as "isDefault", v.calendar_id as "calendarId",
        c.name as "calendarName", v.definition, coalesce(o.open, 0)::int as open
      from sla_policies p
      join sla_policy_versions v on v.policy_id = p.id and v.version = p.version
      join calendars c on c.id = v.calendar_id
      left join (select k.policy_id, count(*) as open from sla_clocks k
        where k.workspace_id = ${ctx.workspaceId} and k.metric = 'resolution' and k.status <> 'stopped'
        group by k.policy_id) o on o.policy_id = p.id
      where p.workspace_id = ${ctx.workspaceId} and p.archived_at is null
      order by p.is_default, p.position, p.id`);
    return rows.map((row) => ({ ...row, definition: policyDefinition.parse(row.definition) }));
  });
}
