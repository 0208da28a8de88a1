import { afterAll, beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { launchCampaign } from "@/server/campaigns/launch";
import { publishCampaign } from "@/server/campaigns/publish";
import { reviseCampaign } from "@/server/campaigns/revise";
import { grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import { drain } from "@/server/deliveries/testing/drain";
import { startVirtualEngine } from "@/server/engine/testing/virtual-engine";
import { ingestEvents } from "@/server/events/ingest";
import { inngest } from "@/server/jobs/client";
import { runOf } from "@/server/tracking/run-of";
import { relayOnce } from "@/server/worker/relay";
import { failEntry, retryEntries } from "./carry-on";
import { automationFunctions } from "./jobs";
import type { Step } from "./schemas";
import { automated } from "./testing/arrange";

const db = await testDatabase();
const engine = await startVirtualEngine(db.url, (_client, url) => {
  inngest.setEnvVars({ INNGEST_DEV: url });
  return automationFunctions;
});
afterAll(() => engine.stop());
await db.owner`delete from engine.cron`;

const HOUR = 3_600_000;
let ctx: Awaited<ReturnType<typeof makeMember>>;
let ids: string[];

beforeEach(async () => {
  await db.setClock(new Date(await engine.now()).toISOString());
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  ids = await makeCustomers(
    db.owner,
    ctx.workspaceId,
    Array.from({ length: 5 }, () => ({})),
  );
  await grantConsent(db.owner, ctx.workspaceId, ids);
});

const reminder: Step = {
  do: "send",
  channel: "email",
  own: { email: { subject: "Reminder", body: "[Pay](https://example.com/pay)" } },
};
const happens = async (name: string, who: number[]) => {
  await ingestEvents(ctx, { events: who.map((nth) => ({ name, customer: { id: ids[nth] ?? "" } })) });
  await relayed();
};

async function relayed(): Promise<void> {
  while ((await relayOnce()) > 0);
  await engine.settle();
}

/** So many virtual hours, the product's own clock with the engine's. */
async function pass(hours: number): Promise<void> {
  await engine.pass(hours * HOUR, (at) => db.setClock(new Date(at + 1_000).toISOString()));
  await relayed();
}

const launch = async (steps: Step[], subject = "First") => {
  const schedule = automated([{ on: "event", name: "inquiry" }], { steps });
  const id = await makeCampaign(db.owner, ctx, { schedule, subject });
  return { id, ...(await launchCampaign(ctx, { id, version: 1 })) };
};
const where = async (campaignId: string) => {
  const rows = await db.owner<{ nth: string; status: string; step: number; reason: string | null }[]>`
    select customer_id as nth, status, step, reason from automation_entries where campaign_id = ${campaignId} order by seq`;
  return rows.map(({ nth, status, step, reason }) => [ids.indexOf(nth), status, step, reason]);
};
const mails = async () => {
  await drain();
  const rows = await db.owner<{ nth: string; subject: string }[]>`
    select customer_id as nth, subject from sandbox_messages where workspace_id = ${ctx.workspaceId} order by id`;
  return rows.map(({ nth, subject }) => `${ids.indexOf(nth)} ${subject}`);
};

test("a sequence waits, asks, sends, listens and tells; who paid leaves before its next step", async () => {
  const { id, runNumber } = await launch([
    { do: "wait", amount: 3, unit: "days" },
    { do: "check", holds: "not_opened", segment: "", otherwise: "leave" },
    reminder,
    { do: "wait_event", name: "website_visit", amount: 2, unit: "days", otherwise: "leave" },
    { do: "notify", text: "Somebody came back." },
  ]);
  await happens("inquiry", [0, 1, 2, 3]);
  expect(await mails()).toEqual(["0 First", "1 First", "2 First", "3 First"]);
  await pass(24);
  await happens("payment_received", [1]);
  const [opened] = await db.owner<{ part: number; seq: number }[]>`
    select part, seq from executions where run_number = ${runNumber} and customer_id = ${ids[2] ?? ""}`;
  await db.owner`insert into delivery_events (part, run_number, seq, dedupe_key, workspace_id, kind, occurred_at)
    values (${opened?.part ?? 0}, ${runNumber}, ${opened?.seq ?? 0}, 'opened', ${ctx.workspaceId}, 'opened', clock_now())`;
  await pass(49);
  expect(await where(id)).toEqual([
    [0, "inside", 4, null],
    [1, "left", 1, "paid"],
    [2, "left", 2, "check_not_opened"],
    [3, "inside", 4, null],
  ]);
  expect((await mails()).slice(4).sort()).toEqual(["0 Reminder", "3 Reminder"]);
  await happens("website_visit", [0, 4]);
  await relayed();
  expect((await where(id))[0]).toEqual([0, "finished", 6, null]);
  expect(await db.owner`select text from notifications where workspace_id = ${ctx.workspaceId}`).toEqual([
    { text: "Somebody came back." },
  ]);
  await pass(49);
  expect((await where(id))[3]).toEqual([3, "left", 4, "no_event"]);
  // Links are counted over all messages of the run, so that each leads where its own message says.
  expect((await runOf(runNumber))?.links).toEqual(["https://example.com/pay"]);
});

test("people inside finish the version that they entered; its run ends with the last of them", async () => {
  const { id, runNumber } = await launch([{ do: "wait", amount: 2, unit: "days" }, reminder]);
  await happens("inquiry", [0]);
  const draft = await reviseCampaign(ctx, { id });
  const changed = automated([{ on: "event", name: "inquiry" }], {
    steps: [{ do: "wait", amount: 1, unit: "days" }],
  });
  await db.owner`update campaigns set schedule = ${db.owner.json(changed)} where id = ${draft.id}`;
  await publishCampaign(ctx, { id: draft.id, version: 1 });
  await happens("inquiry", [1]);
  const live = () => db.owner`select live from campaign_runs where number = ${runNumber}`;
  expect(await live()).toEqual([{ live: true }]);
  await pass(60);
  expect(await mails()).toEqual(["0 First", "1 First", "0 Reminder"]);
  expect((await where(id)).map(([who, status]) => [who, status])).toEqual([
    [0, "finished"],
    [1, "finished"],
  ]);
  expect(await live()).toEqual([{ live: false }]);
});

test("what failed stays where it was and goes on when it is tried again", async () => {
  const { id, runNumber } = await launch([{ do: "wait", amount: 1, unit: "days" }, reminder]);
  await happens("inquiry", [0]);
  const [entry] = await db.owner<
    { seq: number }[]
  >`select seq from automation_entries where campaign_id = ${id}`;
  await failEntry(ctx, { runNumber, seq: entry?.seq ?? 0 }, "The attribute is gone.");
  await pass(30);
  expect(await where(id)).toEqual([[0, "failed", 1, "The attribute is gone."]]);
  expect(await retryEntries(ctx, { id })).toEqual({ retried: 1 });
  await relayed();
  await pass(25);
  expect(await where(id)).toEqual([[0, "finished", 3, null]]);
  expect(await mails()).toEqual(["0 First", "0 Reminder"]);
});
