import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { type RunContent, runContentSchema } from "@/server/campaigns/content";
import type { CampaignStatus } from "@/server/campaigns/status";
import type { Context } from "@/server/platform/context";
import type { EntryStatus, StepOutcome } from "./status";

/** Where an entry is found: its first message in the ledger. */
export type EntryKey = { runNumber: number; seq: number };

export type Entry = EntryKey & {
  workspaceId: string;
  campaignId: string;
  campaignStatus: CampaignStatus;
  ownerId: string;
  campaignName: string;
  part: number;
  content: RunContent;
  customerId: string;
  occurrence: string;
  policyId: string | null;
  aboutDate: string | null;
  status: EntryStatus;
  step: number;
  enteredAt: Date;
  wakesAt: Date | null;
  waitsSince: Date | null;
};

/** An entry with what decides about it, locked; null for one that is not there. */
export async function lockEntry(tx: Transaction, ctx: Context, key: EntryKey): Promise<Entry | null> {
  const [row] = await tx.execute<
    Omit<Entry, "content" | "enteredAt" | "wakesAt" | "waitsSince"> & {
      content: unknown;
      enteredAt: string;
      wakesAt: string | null;
      waitsSince: string | null;
    }
  >(sql`
    select e.workspace_id as "workspaceId", e.run_number::int as "runNumber", e.seq, e.campaign_id as "campaignId", c.status as "campaignStatus",
      c.owner_id as "ownerId", c.name as "campaignName", r.part, r.content, e.customer_id as "customerId", e.occurrence,
      e.policy_id as "policyId", e.about_date::text as "aboutDate", e.status, e.step::int as step,
      to_json(e.entered_at) #>> '{}' as "enteredAt", to_json(e.wakes_at) #>> '{}' as "wakesAt",
      to_json(e.waits_since) #>> '{}' as "waitsSince"
    from automation_entries e join campaigns c on c.id = e.campaign_id join campaign_runs r on r.number = e.run_number
    where e.run_number = ${key.runNumber} and e.seq = ${key.seq} and e.workspace_id = ${ctx.workspaceId} for update of e`);
  if (!row) return null;
  return {
    ...row,
    content: runContentSchema.parse(row.content),
    enteredAt: new Date(row.enteredAt),
    wakesAt: row.wakesAt === null ? null : new Date(row.wakesAt),
    waitsSince: row.waitsSince === null ? null : new Date(row.waitsSince),
  };
}

/** Writes down what came of the step where the entry stands, for the customer's journey. */
export async function recordStep(
  tx: Transaction,
  { runNumber, seq, step, workspaceId }: Entry,
  outcome: StepOutcome,
): Promise<void> {
  await tx.execute(sql`
    insert into automation_steps_taken (run_number, seq, step, workspace_id, outcome)
    values (${runNumber}, ${seq}, ${step}, ${workspaceId}, ${outcome})
    on conflict (run_number, seq, step) do update set outcome = excluded.outcome, at = excluded.at`);
}

/** From now until then, or until the event comes that is named. */
export async function beginWait(
  tx: Transaction,
  { runNumber, seq }: Entry,
  { until, name }: { until: Date; name: string | null },
): Promise<void> {
  await tx.execute(sql`
    update automation_entries set wakes_at = ${until.toISOString()}::timestamptz, waits_since = clock_now(), waits_for = ${name}
    where run_number = ${runNumber} and seq = ${seq}`);
}

/** On to another step: nothing is waited for any more. */
export async function advance(tx: Transaction, { runNumber, seq, step }: Entry, by = 1): Promise<void> {
  await tx.execute(sql`
    update automation_entries set step = ${step + by}, wakes_at = null, waits_since = null, waits_for = null
    where run_number = ${runNumber} and seq = ${seq}`);
}

/** The end of an entry. A version that is not the current one is over when nobody is inside any more. */
export async function endEntry(
  tx: Transaction,
  { runNumber, seq, campaignId }: Entry,
  end: { status: Exclude<EntryStatus, "inside">; reason: string | null },
): Promise<void> {
  await tx.execute(sql`
    update automation_entries set status = ${end.status}, reason = ${end.reason}, ended_at = clock_now(), wakes_at = null,
      waits_since = null, waits_for = null
    where run_number = ${runNumber} and seq = ${seq}`);
  await tx.execute(sql`
    update campaign_runs r set live = false where r.number = ${runNumber} and r.live
      and not exists (select from automations a where a.campaign_id = ${campaignId} and a.run_number = r.number)
      and not exists (select from automation_entries e where e.run_number = r.number and e.status = 'inside')`);
}
