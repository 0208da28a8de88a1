import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { env } from "@/env";
import { requestSystemMail } from "@/server/auth";
import { notify } from "@/server/notifications";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import type { ClockFinding } from "@/server/sla";
import { membersToTell } from "./members-to-tell";
import { recordActivity } from "./record-activity";

/** Writes what the sweep found into the request's log, and tells those who can act on it. */
export async function tellOfClock(tx: Transaction, ctx: Context, finding: ClockFinding): Promise<void> {
  const { callbackId, metric, cycle, kind } = finding;
  await recordActivity(tx, ctx, { callbackId, kind, detail: { ...finding } });
  await bumpTopics(tx, ctx, "callbacks", `callback:${callbackId}`);
  const who = await whoHears(tx, ctx, finding);
  await mail(tx, ctx, who, finding);
  await notify(tx, ctx, who, {
    kind: `callback_${kind}`,
    subjectType: "callback",
    subjectId: callbackId,
    text: sentenceOf(finding),
    key: [callbackId, metric, cycle, kind, kind === "escalation" ? finding.level : 0].join(":"),
  });
}

/** The same by mail, to those who have an address; a finding is found once, so nobody gets it twice. Names nobody. */
async function mail(
  tx: Transaction,
  ctx: Context,
  who: readonly string[],
  finding: ClockFinding,
): Promise<void> {
  if (who.length === 0) return;
  const people = await tx.execute<{ email: string; workspace: string }>(sql`
    select u.email, w.name as workspace from memberships m join users u on u.id = m.user_id
    join workspaces w on w.id = m.workspace_id
    where m.workspace_id = ${ctx.workspaceId} and m.id = any(${sql.param([...who])}::uuid[]) and m.status = 'active'
      and u.status = 'active' and u.email is not null
    order by m.id`);
  for (const { email, workspace } of people)
    await requestSystemMail(tx, ctx, {
      kind: "callback",
      to: email,
      subject: `${subjectOf(finding)} (${workspace})`,
      text: `${sentenceOf(finding)}

Open it here:

${env.RINGBACK_URL}/callbacks/${finding.callbackId}`,
    });
}

function subjectOf(finding: ClockFinding): string {
  if (finding.kind === "warning") return "A callback is due soon";
  if (finding.kind === "escalation") return `A callback is still waiting, level ${finding.level}`;
  return finding.metric === "promise" ? "A promised time has passed" : "A callback is overdue";
}

function sentenceOf(finding: ClockFinding): string {
  switch (finding.kind) {
    case "warning":
      return "A callback is due soon and nobody has tried it yet.";
    case "breach":
      return finding.metric === "promise"
        ? "A promised time has passed without a call."
        : "A callback is overdue.";
    case "escalation":
      return `A callback is still waiting after its due time (level ${finding.level}).`;
  }
}

async function whoHears(tx: Transaction, ctx: Context, finding: ClockFinding): Promise<string[]> {
  // A breach of another clock is a figure of the reports; only what somebody can still act on makes a sound.
  if (finding.kind === "breach" && finding.metric !== "first_attempt" && finding.metric !== "promise")
    return [];
  return membersToTell(tx, ctx, {
    callbackId: finding.callbackId,
    heard: finding.kind === "escalation" ? finding.notify : "assignee",
  });
}
