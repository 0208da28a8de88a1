import { afterAll, afterEach, expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { automated } from "@/server/automations/testing/arrange";
import { launchCampaign } from "@/server/campaigns/launch";
import { grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { expectExactlyOnce } from "@/server/deliveries/testing/exactly-once";
import { startSink } from "@/server/deliveries/testing/sink";
import { ingestEvents } from "@/server/events/ingest";
import { type Generation, startGeneration } from "./testing/generation";

// Four processes start on a busy machine; nothing here depends on how long it takes.
vi.setConfig({ testTimeout: 240_000 });
temporaryDataDir();
const db = await testDatabase();
const sink = await startSink();
env.SMTP_URL = sink.url;
const generations: Generation[] = [];
afterEach(() => {
  for (const { kill } of generations.splice(0)) kill();
});
afterAll(() => sink.close());

const CUSTOMERS = 900;
/** Of the customers, those who ask something, in three lots: before, while both generations run, and afterwards. */
const ASKING = 90;

const started = async (): Promise<Generation> => {
  const generation = await startGeneration();
  generations.push(generation);
  return generation;
};

/** Where the engine calls the functions. */
const served = async (): Promise<string[]> => {
  const rows = await db.owner<{ origin: string }[]>`
    select distinct substring(url from '^http://[^/]+') as origin from engine.function where archived_at is null`;
  return rows.map(({ origin }) => origin);
};

const patiently = { timeout: 120_000, interval: 50 };

test("new processes take over from old ones while a campaign and an automation run: nobody twice, nobody lost, nothing unknown", async () => {
  const ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  const ids = await makeCustomers(
    db.owner,
    ctx.workspaceId,
    Array.from({ length: CUSTOMERS }, () => ({})),
  );
  await grantConsent(db.owner, ctx.workspaceId, ids);
  const happens = (name: string, from: number, to: number) =>
    ingestEvents(ctx, { events: ids.slice(from, to).map((id) => ({ name, customer: { id } })) });
  const entries = async (status: string) => {
    const [row] = await db.owner<{ n: number }[]>`
      select count(*)::int as n from automation_entries where workspace_id = ${ctx.workspaceId} and status = ${status}`;
    return row?.n;
  };

  const old = await started();
  const automation = await launchCampaign(ctx, {
    id: await makeCampaign(db.owner, ctx, {
      name: "Follow-up",
      schedule: automated([{ on: "event", name: "inquiry" }], {
        steps: [
          { do: "wait_event", name: "website_visit", amount: 2, unit: "days", otherwise: "leave" },
          {
            do: "send",
            channel: "email",
            own: { email: { subject: "Reminder", body: "[Pay](https://example.com/pay)" } },
          },
        ],
      }),
    }),
    version: 1,
  });
  const campaign = await launchCampaign(ctx, { id: await makeCampaign(db.owner, ctx), version: 1 });
  await happens("inquiry", 0, ASKING / 3);
  await sink.until(120);
  const young = await started();
  await happens("inquiry", ASKING / 3, (2 * ASKING) / 3);
  // Some steps are under way at either side when the old one is told to end.
  await happens("website_visit", 0, 10);
  expect(await old.stop()).toEqual([0, 0]);
  expect(await served()).toEqual([young.workerUrl]);
  await happens("inquiry", (2 * ASKING) / 3, ASKING);
  await vi.waitFor(async () => expect(await entries("inside")).toBe(ASKING - 10), patiently);
  await vi.waitFor(async () => {
    // Not what would cancel a run: that is listened for from its start.
    const waits = await db.owner`select from engine.wait where step_id is not null`;
    expect(waits.length).toBeGreaterThanOrEqual(ASKING - 10);
  }, patiently);
  await happens("website_visit", 10, ASKING);

  await vi.waitFor(async () => expect(await entries("finished")).toBe(ASKING), patiently);
  await vi.waitFor(async () => {
    const [run] = await db.owner<{ status: string }[]>`
      select status from campaign_runs where number = ${campaign.runNumber}`;
    expect(run?.status).toBe("completed");
  }, patiently);
  await vi.waitFor(() => expect(sink.taken.size).toBe(CUSTOMERS + 2 * ASKING), patiently);
  await vi.waitFor(async () => {
    const open = await db.owner`select from execution_batches where status = 'open'`;
    expect(open.length).toBe(0);
  }, patiently);
  expect(await expectExactlyOnce(db.owner, campaign.runNumber, sink.taken)).toBe(0);
  expect(await expectExactlyOnce(db.owner, automation.runNumber, sink.taken)).toBe(0);
  const each = await db.owner`
    select count(*)::int as messages, count(distinct customer_id)::int as people from executions
    where run_number = ${automation.runNumber}`;
  expect(each).toEqual([{ messages: 2 * ASKING, people: ASKING }]);
  const failed =
    await db.owner`select function_id, state from engine.run where state not in ('completed', 'running', 'queued')`;
  expect(failed).toEqual([]);
  expect(await young.stop()).toEqual([0, 0]);
  expect(await db.owner`select from worker_processes`).toHaveLength(0);
});
