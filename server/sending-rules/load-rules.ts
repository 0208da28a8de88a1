import type { Sql } from "postgres";
import { defaultSendingRules, type SendingRules, sendingRulesSchema } from "./schemas";

/** The rules of a workspace, read in its transaction. */
export async function loadRules(sql: Sql, workspaceId: string): Promise<SendingRules> {
  const [row] = await sql`
    select caps, service_per_policy_day as "servicePerPolicyDay", payments_max_age_hours as "paymentsMaxAgeHours"
    from sending_rules where workspace_id = ${workspaceId}`;
  return row ? sendingRulesSchema.parse(row) : defaultSendingRules;
}
