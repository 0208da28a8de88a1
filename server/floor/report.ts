import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { type Figures, figuresOf } from "./figures";
import { type Measured, measure, noSums } from "./measure";
import { periodOf } from "./period";
import type { ReportInput } from "./schemas";
import { readScope } from "./scope";
import type { ReportDimension } from "./status";

export type ReportLine = {
  /** Null: what belongs to none, requests that nobody tried or that no campaign caused. */
  key: string | null;
  /** Of the agent, policy or campaign; null where the key says it itself. */
  name: string | null;
  figures: Figures;
};

export type Report = {
  days: { from: string; until: string };
  zone: string;
  by: ReportDimension;
  lines: ReportLine[];
  total: Figures;
};

/** As many lines as somebody reads; the total is of all of them. */
const MOST_LINES = 400;

/**
 * What happened on the floor in a period, a line for each day, agent, topic, policy or campaign; the total is counted apart,
 * because medians do not add up. @throws AppError BAD_INPUT for days that are no period
 */
export function readReport(ctx: Context, input: ReportInput): Promise<Report> {
  return withTransaction(ctx, async (tx) => {
    const period = await periodOf(tx, ctx, input);
    const scope = await readScope(tx, ctx);
    const measured = await measure(tx, ctx, { period, scope, by: input.by });
    const [all = { key: null, ...noSums, waits: { median: null, p90: null } }] = await measure(tx, ctx, {
      period,
      scope,
      by: null,
    });
    const names = await namesOf(tx, ctx, { by: input.by, lines: measured });
    const lines = measured
      .toSorted(input.by === "day" ? byKey : byVolume)
      .slice(0, MOST_LINES)
      .map((line) => ({
        key: line.key,
        name: line.key === null ? null : (names.get(line.key) ?? null),
        figures: figuresOf(line),
      }));
    return { days: period.days, zone: period.zone, by: input.by, lines, total: figuresOf(all) };
  });
}

const byKey = (one: Measured, other: Measured): number => ((one.key ?? "") < (other.key ?? "") ? -1 : 1);
const byVolume = (one: Measured, other: Measured): number =>
  other.offered + other.attempts - one.offered - one.attempts || byKey(one, other);

const tables = {
  agent: sql`select m.id::text as id, u.name from memberships m join users u on u.id = m.user_id
    where m.workspace_id = w.id and m.id::text = any(w.keys)`,
  policy: sql`select p.id::text as id, p.name from sla_policies p where p.workspace_id = w.id and p.id::text = any(w.keys)`,
  campaign: sql`select c.id::text as id, c.name from campaigns c where c.workspace_id = w.id and c.id::text = any(w.keys)`,
};

type Named = { by: ReportDimension; lines: readonly Measured[] };

async function namesOf(tx: Transaction, ctx: Context, { by, lines }: Named): Promise<Map<string, string>> {
  if (by === "day" || by === "topic") return new Map();
  const keys = lines.flatMap(({ key }) => (key === null ? [] : [key]));
  const rows = await tx.execute<{ id: string; name: string }>(sql`
    select n.id, n.name from (select ${ctx.workspaceId}::uuid as id, ${sql.param(keys)}::text[] as keys) w
    cross join lateral (${tables[by]}) n`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
