import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { ExecutionKey } from "@/server/deliveries";

/** What a recipient did about a message. */
export type ReactionKind = "replied" | "unsubscribed" | "complained";

/** Moves the run's roll-ups of a reaction, each `by` so many at the quarter of an hour of `at`, an instant as Postgres reads it. */
export async function moveReaction(
  tx: Transaction,
  key: ExecutionKey,
  kind: ReactionKind,
  moves: { at: string; by: number }[],
): Promise<void> {
  const column = sql.identifier(kind);
  await tx.execute(sql`
    insert into run_rollups (workspace_id, run_number, campaign_id, bucket, channel, variant, ${column})
    select e.workspace_id, e.run_number, r.campaign_id, date_bin('15 minutes', m.at, 'epoch'::timestamptz), e.channel,
      e.variant, sum(m.by)::int
    from executions e join campaign_runs r on r.number = e.run_number
    cross join jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as m(at timestamptz, by int)
    where e.part = ${key.part} and e.run_number = ${key.runNumber} and e.seq = ${key.seq}
    group by 1, 2, 3, 4, 5, 6 order by 4
    on conflict (workspace_id, run_number, bucket, channel, variant) do update
      set ${column} = run_rollups.${column} + excluded.${column}`);
}
