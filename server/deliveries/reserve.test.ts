import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { newId } from "@/server/platform/ids";

const db = await testDatabase();

const RESERVED = 800;
const ASKED = 8;

test("a place is looked up by its key, however many the run has taken", async () => {
  const workspaceId = await makeWorkspace(db.owner);
  const campaignId = newId();
  await db.owner`
    insert into sending_reservations (workspace_id, run_number, seq, campaign_id, customer_id, channel, purpose, cost_micros)
    select ${workspaceId}, 1, n, ${campaignId}, gen_random_uuid(), 'email', 'service', 0
    from generate_series(1, ${RESERVED}::int) n`;
  await db.owner`analyze sending_reservations`;
  const read = await db.owner.begin(async (sql) => {
    const asked = Array.from({ length: ASKED }, (_, nth) => RESERVED + 1 + nth);
    await sql`
      select from reserve_sending(${workspaceId}, 1, ${campaignId}, 'email', 'service', null, null, 1, clock_now(), null,
        ${asked}::int[], ${asked.map(() => newId())}::uuid[], ${asked.map((seq) => `policy ${seq}`)}::text[],
        ${asked.map(() => null)}::int[], ${asked.map(() => 0)}::bigint[])`;
    const [row] = await sql<{ rows: number }[]>`
      select (seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_xact_user_tables
      where relname = 'sending_reservations'`;
    return row?.rows ?? 0;
  });
  expect(read).toBeLessThanOrEqual(ASKED);
});
