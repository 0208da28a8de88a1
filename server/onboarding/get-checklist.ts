import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { hasInstallationSmtp } from "@/server/channels";
import type { Context } from "@/server/platform/context";
import { type OnboardingStep, onboardingSteps } from "./status";

export type Checklist = { step: OnboardingStep; done: boolean }[];

type Row = Record<OnboardingStep, boolean> & { isDemo: boolean; dismissed: boolean };

/**
 * What is done of the first steps in this workspace, counted from its rows, for whom they concern; null when nothing is left, when
 * this person has put the list away, and in a demo workspace.
 */
export async function getChecklist(ctx: Context): Promise<Checklist | null> {
  const { role, userId } = ctx;
  const steps = (Object.keys(onboardingSteps) as OnboardingStep[]).filter((step) =>
    onboardingSteps[step].roles.some((one) => one === role),
  );
  if (steps.length === 0 || !userId) return null;
  const own = sql`workspace_id = ${ctx.workspaceId}`;
  const [row] = await withTransaction(ctx, (tx) =>
    tx.execute<Row>(sql`
      select
        exists (select from channel_accounts where ${own} and status <> 'archived' and provider <> 'sandbox'
            and (${hasInstallationSmtp()} or not config @> '{"installation": true}'))
          or exists (select from sandbox_messages where ${own}) as channel,
        exists (select from customers where ${own}) as customers,
        exists (select from consent_states where ${own} and granted) as consent,
        exists (select from campaigns where ${own} and launched_at is not null and carries is null and not answers) as campaign,
        exists (select from sandbox_messages where ${own} and read_at is not null) as inbox,
        (select count(*) from memberships where ${own} and status = 'active') > 1
          or exists (select from invitations where ${own} and revoked_at is null) as colleague,
        (select is_demo from workspaces where id = ${ctx.workspaceId}) as "isDemo",
        coalesce((select preferences -> 'onboardingDismissed' ? ${ctx.workspaceId} from users where id = ${userId}), false)
          as dismissed`),
  );
  if (!row || row.isDemo || row.dismissed) return null;
  const checklist = steps.map((step) => ({ step, done: row[step] }));
  return checklist.every(({ done }) => done) ? null : checklist;
}
