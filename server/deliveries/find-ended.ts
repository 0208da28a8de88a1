import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { ExecutionState } from "./status";

/** A place in the ledger of a campaign; `part` follows from the run. */
export type Placed = { part: number; run: number; seq: number };

/** What says so, by the state that few executions of a run end in: results of attempts, or providers' events. */
const ended = {
  cancelled: ["results"],
  skipped: ["results"],
  unknown: ["results"],
  // A provider may say later that it could not deliver what it had taken.
  failed: ["results", "events"],
  bounced: ["events"],
} as const satisfies Partial<Record<ExecutionState, readonly ("results" | "events")[]>>;
export type EndedState = keyof typeof ended;

export const isEndedState = (state: ExecutionState | undefined): state is EndedState =>
  state !== undefined && state in ended;

type Asked = {
  runs: readonly { part: number; run: number }[];
  state: EndedState;
  /** Behind this place, or, backwards, before it; null: from the end. */
  from: { run: number; seq: number } | null;
  backwards: boolean;
  limit: number;
};

/**
 * Places of which some row says that they ended in a state, in the order of the ledger: few of many, read from the indexes
 * that hold such rows only. A later row may say otherwise, so that each is to be asked again.
 */
export async function findEnded(tx: Transaction, asked: Asked): Promise<Placed[]> {
  return [...(await tx.execute<Placed>(endedQuery(asked)))];
}

/** The statement itself: a test looks at its plan. */
export function endedQuery({ runs, state, from, backwards, limit }: Asked): SQL {
  const left = runs.filter(({ run }) => from === null || (backwards ? run <= from.run : run >= from.run));
  const end = backwards ? 2_147_483_647 : 0;
  const bounds = left.map(({ run }) => (run === from?.run ? from.seq : end));
  // Written out: with a parameter a plan that is kept could not use indexes that hold some states only.
  const literal = sql.raw(`'${state}'`);
  const direction = sql.raw(backwards ? "desc" : "asc");
  const beyond = sql.raw(backwards ? "<" : ">");
  const of = (table: SQL, column: SQL) => sql`
    (select x.seq from ${table} x where x.part = r.part and x.run_number = r.run and x.${column} = ${literal}
      and x.seq ${beyond} r.bound order by x.seq ${direction} limit ${limit})`;
  const sources = ended[state].map((source) =>
    source === "results" ? of(sql`execution_results`, sql`state`) : of(sql`delivery_events`, sql`kind`),
  );
  return sql`
    select r.part, r.run::int as run, s.seq
    from unnest(${sql.param(left.map(({ part }) => part))}::int[], ${sql.param(left.map(({ run }) => run))}::bigint[],
      ${sql.param(bounds)}::int[]) as r (part, run, bound)
    cross join lateral (
      select u.seq from (${sql.join(sources, sql` union `)}) u group by u.seq order by u.seq ${direction} limit ${limit}) s
    order by r.run ${direction}, s.seq ${direction} limit ${limit}`;
}
