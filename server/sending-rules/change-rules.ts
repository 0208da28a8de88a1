import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { defaultSendingRules, type SendingRules, sendingRulesSchema } from "./schemas";

/** Changes caps and the age of payment data. What is being sent sees them within seconds; what went stays. */
export async function changeRules(ctx: Context, rules: SendingRules): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    // Two people at once: the second compares with what the first has made.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtext('ringback.sending_rules'), hashtext(${ctx.workspaceId}))`,
    );
    const [row] = await tx.execute(sql`
      select caps, service_per_policy_day as "servicePerPolicyDay", payments_max_age_hours as "paymentsMaxAgeHours"
      from sending_rules where workspace_id = ${ctx.workspaceId}`);
    const before = row ? sendingRulesSchema.parse(row) : defaultSendingRules;
    const changes = differences(before, rules);
    if (changes.length === 0) return;
    await tx.execute(sql`
      insert into sending_rules (workspace_id, caps, service_per_policy_day, payments_max_age_hours)
      values (${ctx.workspaceId}, ${JSON.stringify(rules.caps)}::text::jsonb, ${rules.servicePerPolicyDay}, ${rules.paymentsMaxAgeHours})
      on conflict (workspace_id) do update set caps = excluded.caps, updated_at = clock_now(),
        service_per_policy_day = excluded.service_per_policy_day, payments_max_age_hours = excluded.payments_max_age_hours`);
    await recordAudit(tx, ctx, {
      action: "sending_rules.changed",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      before: Object.fromEntries(changes.map(([field, old]) => [field, old])),
      after: Object.fromEntries(changes.map(([field, , now]) => [field, now])),
    });
    await bumpTopics(tx, ctx, "sending_rules");
  });
}

/** Changed fields with what stood before and stands now, on one line each. */
function differences(before: SendingRules, after: SendingRules): [string, string, string][] {
  const read = (rules: SendingRules): [string, string][] => [
    ...Object.entries(rules.caps)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([channel, cap]): [string, string] => [
        `${channel} cap`,
        cap ? `${cap.most} in ${cap.days} days` : "none",
      ]),
    ["servicePerPolicyDay", String(rules.servicePerPolicyDay ?? "none")],
    ["paymentsMaxAgeHours", String(rules.paymentsMaxAgeHours ?? "none")],
  ];
  const now = new Map(read(after));
  return read(before).flatMap(([field, old]) => {
    const next = now.get(field) ?? "none";
    return next === old ? [] : [[field, old, next] as [string, string, string]];
  });
}
