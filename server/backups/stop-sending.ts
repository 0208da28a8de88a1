import type { Sql } from "postgres";

/** What a database holds that was brought back to an earlier time. */
export type BroughtBack = {
  workspaces: number;
  customers: number;
  /** Names of campaigns that were being sent at that time. */
  sending: string[];
};

/**
 * Stops all sending in a database that was brought back: what left after its time is not known here any more, and would go
 * again. `sql`: the owner's connection, over all workspaces.
 */
export async function stopSending(sql: Sql): Promise<BroughtBack> {
  await sql`update workspaces set sending_stopped_at = clock_now() where sending_stopped_at is null`;
  const [counts] = await sql<BroughtBack[]>`
    select (select count(*)::int from workspaces) as workspaces, (select count(*)::int from customers) as customers,
      (select coalesce(array_agg(distinct c.name), '{}') from campaigns c join campaign_runs r on r.campaign_id = c.id
        where c.status = 'active' and r.status in ('freezing', 'active')) as sending`;
  return counts ?? { workspaces: 0, customers: 0, sending: [] };
}
