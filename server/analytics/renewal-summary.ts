import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { env } from "@/env";
import { requestSystemMail } from "@/server/auth";
import { type Context, requireRole, systemContext } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { formatCount, formatDate, formatMoney, formatPercent } from "@/server/platform/format";
import { renewalCollection } from "./renewals";
import { collected, renewalReaders } from "./status";

const MOST_WORKSPACES = 100;
/** Members of one transaction. */
const MOST_MEMBERS = 200;

/** Whether the asking member gets the morning's mail. @throws AppError FORBIDDEN */
export async function renewalSummary(ctx: Context): Promise<{ mailed: boolean; address: string | null }> {
  requireRole(ctx, ...renewalReaders);
  return withTransaction(ctx, async (tx) => {
    const [row] = await tx.execute<{ mailed: boolean; address: string | null }>(sql`
      select s.membership_id is not null as mailed, u.email as address
      from memberships m join users u on u.id = m.user_id left join renewal_summaries s on s.membership_id = m.id
      where m.workspace_id = ${ctx.workspaceId} and m.id = ${ctx.membershipId}`);
    return required(row, "member");
  });
}

/** Asks for the morning's mail, or to stop it: each member for themselves. @throws AppError FORBIDDEN; CONFLICT without an address */
export async function setRenewalSummary(ctx: Context, { mailed }: { mailed: boolean }): Promise<void> {
  const { address } = await renewalSummary(ctx);
  if (mailed && !address)
    throw new AppError("CONFLICT", "Your account has no e-mail address to send it to. Ask an administrator.");
  await withTransaction(ctx, (tx) =>
    tx.execute(
      mailed
        ? sql`insert into renewal_summaries (membership_id, workspace_id)
            values (${ctx.membershipId}, ${ctx.workspaceId}) on conflict do nothing`
        : sql`delete from renewal_summaries
            where membership_id = ${ctx.membershipId} and workspace_id = ${ctx.workspaceId}`,
    ),
  );
}

/** Workspaces in which it is 8 in the morning or later, and somebody who wants today's summary was not told yet. */
export async function workspacesToSummarise(): Promise<string[]> {
  const rows = await withTransaction({ workspaceId: null }, (tx) =>
    tx.execute<{ workspace_id: string }>(
      sql`select workspace_id from renewal_summaries_due(${MOST_WORKSPACES})`,
    ),
  );
  return rows.map((row) => row.workspace_id);
}

const premiums = (count: number): string => `${formatCount(count)} ${count === 1 ? "premium" : "premiums"}`;

type Reader = { email: string };
type Day = {
  today: string;
  workspace: string;
  dueToday: number;
  dueAmount: string;
  paid: number;
  paidAmount: string;
};

/**
 * Mails the day's figures to those of a workspace who asked and were not told today: marked in the transaction that requests
 * the mails, so that each gets one a day, however often it is asked. Figures only, no customers. Returns how many.
 */
export async function mailRenewalSummaries(workspaceId: string): Promise<number> {
  const ctx = systemContext(workspaceId);
  const { months, today: month, currency } = await renewalCollection(ctx, {});
  const row = months.find(({ key }) => key === month);
  return withTransaction(ctx, async (tx) => {
    const readers = await tx.execute<Reader>(sql`
      with due as (
        select s.membership_id from renewal_summaries s join memberships m on m.id = s.membership_id and m.status = 'active'
          and m.role = any(${sql.param([...renewalReaders])}::text[])
        join workspaces w on w.id = s.workspace_id
        where s.workspace_id = ${workspaceId} and s.told_on is distinct from (clock_now() at time zone w.time_zone)::date
        order by s.membership_id limit ${MOST_MEMBERS} for update of s skip locked),
      told as (
        update renewal_summaries s set told_on = (clock_now() at time zone w.time_zone)::date
        from due, workspaces w where s.membership_id = due.membership_id and w.id = s.workspace_id returning s.membership_id)
      select u.email from told join memberships m on m.id = told.membership_id join users u on u.id = m.user_id
      where u.status = 'active' and u.email is not null order by m.id`);
    if (readers.length === 0) return 0;
    const [found] = await tx.execute<Day>(sql`
      with local as (
        select (clock_now() at time zone time_zone)::date as today, time_zone, currency, name from workspaces where id = ${workspaceId})
      select l.today::text, l.name as workspace,
        count(p.id) filter (where p.due_date = l.today)::int as "dueToday",
        coalesce(sum(p.amount_micros) filter (where p.due_date = l.today and p.currency = l.currency), 0)::text as "dueAmount",
        count(p.id) filter (where (p.paid_at at time zone l.time_zone)::date = l.today - 1)::int as paid,
        coalesce(sum(p.amount_micros) filter (where (p.paid_at at time zone l.time_zone)::date = l.today - 1
          and p.currency = l.currency), 0)::text as "paidAmount"
      from local l left join premium_payments p on p.workspace_id = ${workspaceId}
        and (p.due_date = l.today or p.paid_at >= (l.today - 2)::timestamp at time zone l.time_zone)
      group by l.today, l.name`);
    const day = required(found, "workspace");
    const money = (micros: string) => formatMoney(micros, currency, 0);
    const lines = [
      `Due today: ${premiums(day.dueToday)}, ${money(day.dueAmount)}.`,
      `Paid yesterday: ${premiums(day.paid)}, ${money(day.paidAmount)}.`,
      ...(row
        ? [
            "",
            "This month:",
            `Due: ${premiums(row.due)}, ${money(row.dueAmount)}.`,
            `Collected in time: ${money(String(BigInt(row.beforeAmount) + BigInt(row.graceAmount)))} (${formatPercent(collected(row))}).`,
            `Unpaid, in time: ${formatCount(row.open)}, ${money(row.openAmount)}.`,
            `Unpaid past grace: ${formatCount(row.lapsed)}, ${money(row.lapsedAmount)}.`,
          ]
        : ["", "No premium falls due this month."]),
      "",
      "See it all, or stop this mail, here:",
      `${env.RINGBACK_URL}/analytics/renewals`,
    ];
    // At most 200, in one transaction with their marks.
    for (const { email } of readers)
      await requestSystemMail(tx, ctx, {
        kind: "renewals",
        to: email,
        subject: `Renewals, ${formatDate(`${day.today}T12:00:00Z`, "UTC")} (${day.workspace})`,
        text: lines.join("\n"),
      });
    return readers.length;
  });
}
