import postgres from "postgres";
import { closeDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { makeLaunchedCampaign } from "@/server/deliveries/testing/campaign";
import { throwAwayDatabase } from "@/server/engine/conformance/embedded";
import { systemContext } from "@/server/platform/context";

const CUSTOMERS = 1_000_000;
const ROUNDS = 3;

/** How long an audience of a million takes to be frozen: from the launched run to its sealed batches, the median of three. */
export async function bench(): Promise<Record<string, number>> {
  const database = await throwAwayDatabase({ max_wal_size: "8GB" });
  await migrateDatabase(database.url);
  Object.assign(env, {
    DATABASE_URL: database.url,
    RINGBACK_DATA_DIR: database.dir,
    RINGBACK_SECRET: "a secret of the bench alone",
  });
  const owner = postgres(database.url, { max: 2, onnotice: () => undefined });
  const workspaceId = await makeWorkspace(owner, "Bench");
  // Ids in the order of time, as the application makes them (UUIDv7).
  await owner`
    insert into customers (id, workspace_id, external_id, name, email)
    select ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ${workspaceId}, n::text, 'Asha Rao ' || n, 'customer' || n || '@example.test'
    from generate_series(1, ${CUSTOMERS}::int) n`;
  await owner`vacuum analyze customers`;
  const seconds: number[] = [];
  let recipients = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const campaign = await makeLaunchedCampaign(owner, workspaceId);
    await owner`update campaigns set status = 'paused' where id = ${campaign.campaignId}`;
    await owner`checkpoint`;
    const began = performance.now();
    await freezeRun(systemContext(workspaceId), campaign);
    seconds.push((performance.now() - began) / 1_000);
    const [counted] = await owner<{ n: number }[]>`
      select count(distinct customer_id)::int as n from executions where run_number = ${campaign.runNumber}`;
    recipients = counted?.n ?? 0;
  }
  await closeDatabase();
  await owner.end();
  await database.stop();
  seconds.sort((one, other) => one - other);
  return { recipients, seconds: Number((seconds[1] ?? 0).toFixed(2)) };
}
