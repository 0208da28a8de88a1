import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import { runContentSchema } from "@/server/campaigns/content";
import type { Channel } from "@/server/channels/status";
import { findCustomer } from "@/server/customers";
import { customerReaders } from "@/server/customers/status";
import type { ExecutionState } from "@/server/deliveries/status";
import { type Context, requireRole } from "@/server/platform/context";
import type { Step } from "./schemas";
import type { EntryStatus, StepOutcome } from "./status";

/** One entry of a customer into an automation, as the customer's page shows it. Instants are ISO. */
export type Journey = {
  /** `<run>:<seq>`: the entry. */
  id: string;
  campaignId: string;
  campaignName: string;
  /** "v2": the version that they entered, and finish. */
  version: string;
  enteredAt: string;
  status: EntryStatus;
  /** The step that is next, from 1. */
  step: number;
  /** Until when they wait there, and for which event, if for one. */
  wakesAt: string | null;
  waitsFor: string | null;
  reason: string | null;
  endedAt: string | null;
  steps: Step[];
  /** What they have behind them, in order: steps with their outcomes, and messages with their states (step 0: the first). */
  taken: { step: number; outcome: StepOutcome; at: string }[];
  messages: { step: number; channel: Channel | null; state: ExecutionState; at: string | null }[];
};
export type JourneyPage = { rows: Journey[]; next: string | null };

const SIZE = 10;
export const journeysInput = z.object({
  customerId: z.string(),
  /** The last journey of the page before. */
  after: z
    .string()
    .regex(/^\d{1,18}:\d{1,10}$/, "This place in the list is unknown. Begin at its first page.")
    .nullish(),
});

type Row = Omit<Journey, "steps" | "taken" | "messages"> & {
  part: number;
  run: number;
  seq: number;
  occurrence: string;
};

/** A customer's journeys through automations, latest first, a page at a time. @throws AppError FORBIDDEN, NOT_FOUND */
export async function listJourneys(ctx: Context, input: z.input<typeof journeysInput>): Promise<JourneyPage> {
  requireRole(ctx, ...customerReaders);
  const { after, ...asked } = journeysInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const customerId = await findCustomer(tx, ctx, asked.customerId);
    const rows = await readPage(tx, ctx, { customerId, after: after ?? null });
    const page = rows.slice(0, SIZE);
    const [steps, taken, messages] = [
      await readSteps(tx, ctx, page),
      await readTaken(tx, ctx, page),
      await readMessages(tx, ctx, page),
    ];
    return {
      rows: page.map(({ part: _, run, seq: __, occurrence: ___, ...row }) => ({
        ...row,
        steps: steps.get(run) ?? [],
        taken: taken.filter(({ id }) => id === row.id).map(({ id: _id, ...each }) => each),
        messages: messages.filter(({ id }) => id === row.id).map(({ id: _id, ...each }) => each),
      })),
      next: rows.length > SIZE ? (page.at(-1)?.id ?? null) : null,
    };
  });
}

async function readPage(
  tx: Transaction,
  ctx: Context,
  { customerId, after }: { customerId: string; after: string | null },
): Promise<Row[]> {
  const [run = null, seq = null] = after?.split(":").map(Number) ?? [];
  const from = sql`(select b.entered_at from automation_entries b where b.workspace_id = ${ctx.workspaceId}
    and b.run_number = ${run} and b.seq = ${seq})`;
  const rows = await tx.execute<Row>(sql`
    select e.run_number || ':' || e.seq as id, r.part, e.run_number::int as run, e.seq, e.occurrence,
      e.campaign_id as "campaignId", c.name as "campaignName", r.slot as version,
      to_json(e.entered_at) #>> '{}' as "enteredAt", e.status, e.step::int as step,
      to_json(e.wakes_at) #>> '{}' as "wakesAt", e.waits_for as "waitsFor", e.reason,
      to_json(e.ended_at) #>> '{}' as "endedAt"
    from automation_entries e join campaigns c on c.id = e.campaign_id join campaign_runs r on r.number = e.run_number
    where e.workspace_id = ${ctx.workspaceId} and e.customer_id = ${customerId}
      ${after === null ? sql`` : sql`and (e.entered_at, e.run_number, e.seq) < (${from}, ${run}, ${seq})`}
    order by e.entered_at desc, e.run_number desc, e.seq desc limit ${SIZE + 1}`);
  return [...rows];
}

const keysOf = (rows: readonly Row[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(rows.map(({ id, part, run, seq }) => ({ id, part, run, seq })))}::jsonb)
    as k (id text, part int, run bigint, seq int)`;

async function readSteps(tx: Transaction, ctx: Context, page: readonly Row[]): Promise<Map<number, Step[]>> {
  const runs = [...new Set(page.map(({ run }) => run))];
  const rows = await tx.execute<{ run: number; content: unknown }>(sql`
    select number::int as run, content from campaign_runs
    where workspace_id = ${ctx.workspaceId} and number = any(${sql.param(runs)}::bigint[])`);
  return new Map(rows.map(({ run, content }) => [run, runContentSchema.parse(content).steps]));
}

async function readTaken(tx: Transaction, ctx: Context, page: readonly Row[]) {
  const rows = await tx.execute<Journey["taken"][number] & { id: string }>(sql`
    select k.id, t.step::int as step, t.outcome, to_json(t.at) #>> '{}' as at from ${keysOf(page)}
    join automation_steps_taken t on t.run_number = k.run and t.seq = k.seq and t.workspace_id = ${ctx.workspaceId}
    order by t.at, t.step`);
  return [...rows];
}

/** The messages of an entry share the occurrence of its first one. */
async function readMessages(tx: Transaction, ctx: Context, page: readonly Row[]) {
  const rows = await tx.execute<Journey["messages"][number] & { id: string }>(sql`
    select k.id, x.step::int as step, x.channel, case when x.arm = 'held_out' then 'held_out' else coalesce((
        select o.state from execution_outcomes o where o.part = x.part and o.run_number = x.run_number and o.seq = x.seq
        order by execution_state_rank(o.state) desc limit 1), 'pending') end as state,
      to_json((select max(s.at) from execution_results s where s.part = x.part and s.run_number = x.run_number
        and s.seq = x.seq)) #>> '{}' as at
    from ${keysOf(page)}
    join executions f on f.part = k.part and f.run_number = k.run and f.seq = k.seq
    join executions x on x.part = f.part and x.run_number = f.run_number and x.customer_id = f.customer_id
      and x.occurrence = f.occurrence and x.workspace_id = ${ctx.workspaceId}
    order by x.step`);
  return [...rows];
}
