import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import type { ChangeAgent } from "./schemas";

/** What somebody can be given from now on; what they have stays theirs. @throws AppError NOT_FOUND for who takes no calls */
export function changeAgent(ctx: Context, input: ChangeAgent): Promise<void> {
  const { capacity, skills, languages } = input;
  const membershipId = parseId(input.membershipId);
  return withTransaction(ctx, async (tx) => {
    const [member] = await tx.execute(sql`
      select id from memberships where workspace_id = ${ctx.workspaceId} and id = ${membershipId} and status = 'active'
        and role <> 'marketer'`);
    required(member, "agent");
    await tx.execute(sql`
      insert into agents (workspace_id, membership_id, capacity, skills, languages)
      values (${ctx.workspaceId}, ${membershipId}, ${capacity}, ${sql.param(skills)}::text[], ${sql.param(languages)}::text[])
      on conflict (workspace_id, membership_id) do update
        set capacity = excluded.capacity, skills = excluded.skills, languages = excluded.languages`);
    await recordAudit(tx, ctx, {
      action: "agent.changed",
      subjectType: "membership",
      subjectId: membershipId,
      after: { capacity, skills: skills.join(", "), languages: languages.join(", ") },
    });
    await bumpTopics(tx, ctx, "agents");
  });
}
