import postgres from "postgres";
import { closeDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { getCheck } from "@/server/campaigns/get-check";
import { judgeCheck } from "@/server/campaigns/judge-check";
import { preflightCampaign } from "@/server/campaigns/preflight";
import { startCheck } from "@/server/campaigns/start-check";
import { makeCampaign } from "@/server/campaigns/testing/arrange";
import { throwAwayDatabase } from "@/server/engine/conformance/embedded";

const CUSTOMERS = 1_000_000;
/** Customers asked about before the time is taken: enough of them to reckon from. */
const ASKED = 50_000;

/**
 * The pre-flight over a million customers: the count that the builder shows, writing down whom to ask about, and how many a
 * second the sender's rules are asked about afterwards, in the background.
 */
export async function bench(): Promise<Record<string, number>> {
  const database = await throwAwayDatabase({ max_wal_size: "8GB" });
  await migrateDatabase(database.url);
  Object.assign(env, {
    DATABASE_URL: database.url,
    RINGBACK_DATA_DIR: database.dir,
    RINGBACK_SECRET: "a secret of the bench alone",
  });
  const owner = postgres(database.url, { max: 2, onnotice: () => undefined });
  const ctx = await makeMember(owner, await makeWorkspace(owner, "Bench"));
  await owner`
    insert into customers (id, workspace_id, external_id, name, email)
    select ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ${ctx.workspaceId}, n::text, 'Asha Rao ' || n, 'customer' || n || '@example.test'
    from generate_series(1, ${CUSTOMERS}::int) n`;
  await owner`
    insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    select workspace_id, id, 'email', 'service', true from customers`;
  await owner`vacuum analyze customers, consent_states`;
  const id = await makeCampaign(owner, ctx);
  const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
    const began = performance.now();
    return [await work(), (performance.now() - began) / 1_000];
  };
  const [reach, reachSeconds] = await timed(() => preflightCampaign(ctx, { id }));
  const [check, writeSeconds] = await timed(() => startCheck(ctx, { id }));
  const [, askSeconds] = await timed(async () => {
    for (let part = 0; part < ASKED / 1_000; part++) await judgeCheck(ctx, check);
  });
  const [report, reportSeconds] = await timed(() => getCheck(ctx, { id }));
  await closeDatabase();
  await owner.end();
  await database.stop();
  const perSecond = (report?.judged ?? 0) / askSeconds;
  return {
    reachable: reach.reachable,
    asked: report?.judged ?? 0,
    reachSeconds: Number(reachSeconds.toFixed(2)),
    writeSeconds: Number(writeSeconds.toFixed(2)),
    askedPerSecond: Math.round(perSecond),
    wholeMinutes: Number((CUSTOMERS / perSecond / 60).toFixed(1)),
    reportSeconds: Number(reportSeconds.toFixed(2)),
  };
}
