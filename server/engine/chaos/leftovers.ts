import type { Finding } from "./finding";
import { query } from "./processes";

/** Claims that hold after every chaos run: all complete, nothing left over. */
export async function afterwards(databaseUrl: string, expected: number): Promise<Finding[]> {
  const states = await query<{ state: string; n: number }>(
    databaseUrl,
    "select state, count(*)::int as n from engine.run group by state order by state",
  );
  const [left] = await query<Record<string, number>>(
    databaseUrl,
    `select (select count(*)::int from engine.job) as jobs, (select count(*)::int from engine.wait) as waits,
      (select count(*)::int from engine.timer) as timers,
      (select count(*)::int from engine.step where state = 'pending') as pending`,
  );
  const completed = states.find(({ state }) => state === "completed")?.n ?? 0;
  const rows = Object.values(left ?? { none: -1 }).reduce((sum, n) => sum + n, 0);
  return [
    {
      claim: `all ${expected} runs complete`,
      ok: completed === expected && states.length === 1,
      seen: states.map(({ state, n }) => `${n} ${state}`).join(", "),
    },
    { claim: "no job, wait, timer or pending step is left over", ok: rows === 0, seen: JSON.stringify(left) },
  ];
}
