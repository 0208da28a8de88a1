import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { closeDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { makeMember } from "@/db/testing/factories";
import { env } from "@/env";
import { automated } from "@/server/automations/testing/arrange";
import { launchCampaign } from "@/server/campaigns/launch";
import { makeCampaign } from "@/server/campaigns/testing/arrange";
import { spawnWorker } from "@/server/deliveries/testing/spawn-worker";
import { throwAwayDatabase } from "@/server/engine/conformance/embedded";
import { ingestTogether } from "@/server/events/ingest-together";
import { arrangeWorkspace, message } from "./sending/arrange";

const PER_SECOND = 200;
const SECONDS = 60;
/** The first seconds, in which both processes compile and connect, are sent but not measured: a worker runs for weeks. */
const WARM_UP_SECONDS = 5;

/**
 * 200 events a second for a minute, each a request of its own taken as the door takes it, to an automation with one message:
 * from the event's arrival to the acceptance by the sandbox, counted from rows. A worker of its own, production settings of
 * the database.
 */
export async function bench(): Promise<Record<string, number>> {
  const database = await throwAwayDatabase();
  await migrateDatabase(database.url);
  env.DATABASE_URL = database.url;
  env.RINGBACK_DATA_DIR = database.dir;
  env.RINGBACK_SECRET = "a secret of the bench alone";
  const owner = postgres(database.url, { max: 2, onnotice: () => undefined });
  const events = PER_SECOND * (SECONDS + WARM_UP_SECONDS);
  const workspaceId = await arrangeWorkspace(owner, events);
  const admin = await makeMember(owner, workspaceId);
  const id = await makeCampaign(owner, admin, {
    schedule: automated([{ on: "event", name: "inquiry" }]),
    bodies: { email: { en: { ...message, preheader: "" } } },
  });
  await launchCampaign(admin, { id, version: 1 });
  const people = await owner<{ id: string }[]>`select id from customers where workspace_id = ${workspaceId}`;
  const worker = spawnWorker({ microBatch: 100 });
  await worker.ready;
  const began = performance.now();
  const asked: Promise<unknown>[] = [];
  for (let nth = 0; nth < events; nth++) {
    const due = began + (nth * 1_000) / PER_SECOND;
    if (due > performance.now()) await pause(due - performance.now());
    asked.push(
      ingestTogether(admin, {
        events: [{ name: "inquiry", customer: { id: people[nth]?.id ?? "" } }],
        create_customers: false,
      }),
    );
  }
  await Promise.all(asked);
  const sentFor = (performance.now() - began) / 1_000;
  for (let left = 60; left > 0; left--) {
    const [done] = await owner<{ sent: number }[]>`select count(*)::int as sent from sandbox_messages`;
    if ((done?.sent ?? 0) >= events) break;
    await pause(500);
  }
  const [figures] = await owner<Record<string, number>[]>`
    with waits as (
      select extract(epoch from m.delivered_at - v.received_at)::float8 * 1000 as ms
      from sandbox_messages m join customer_events v on v.customer_id = m.customer_id and v.name = 'inquiry'
      where v.received_at > (select min(received_at) from customer_events) + ${WARM_UP_SECONDS} * interval '1 second')
    select (select count(*)::int from automation_entries) as entries, (select count(*)::int from sandbox_messages) as messages,
      (select count(distinct customer_id)::int from sandbox_messages) as customers,
      round(percentile_cont(0.5) within group (order by ms))::int as "p50Ms",
      round(percentile_cont(0.95) within group (order by ms))::int as "p95Ms",
      round(percentile_cont(0.99) within group (order by ms))::int as "p99Ms", round(max(ms))::int as "mostMs" from waits`;
  worker.signal("SIGTERM");
  await worker.gone;
  await closeDatabase();
  await owner.end();
  await database.stop();
  return { events, eventsPerSecond: Math.round(events / sentFor), ...figures };
}
