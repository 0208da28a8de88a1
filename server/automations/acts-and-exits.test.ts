import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { createAttribute } from "@/server/attributes/create";
import { getAttributeUse } from "@/server/attributes/usage";
import { launchCampaign } from "@/server/campaigns/launch";
import { grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import { recordConversions } from "@/server/conversions/record";
import { encodePublicId, unsubscribeUrl } from "@/server/deliveries";
import { drain } from "@/server/deliveries/testing/drain";
import { startVirtualEngine } from "@/server/engine/testing/virtual-engine";
import { evaluateTouched } from "@/server/events";
import { ingestEvents } from "@/server/events/ingest";
import { inngest } from "@/server/jobs/client";
import { recordReply } from "@/server/responses";
import { unsubscribe } from "@/server/tracking/unsubscribe";
import { evaluators } from "@/server/worker/evaluators";
import { relayOnce } from "@/server/worker/relay";
import { automationFunctions } from "./jobs";
import type { Step } from "./schemas";
import { takeSteps } from "./take-steps";
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
  ids = await makeCustomers(db.owner, ctx.workspaceId, [{ phone: "+919811100001" }, {}, {}, {}, {}]);
  await grantConsent(db.owner, ctx.workspaceId, ids);
});

const happens = async (name: string, who: number[]) => {
  await ingestEvents(ctx, { events: who.map((nth) => ({ name, customer: { id: ids[nth] ?? "" } })) });
  await relayed();
};
async function relayed(): Promise<void> {
  while ((await relayOnce()) > 0);
  await engine.settle();
}
async function pass(hours: number): Promise<void> {
  await engine.pass(hours * HOUR, (at) => db.setClock(new Date(at + 1_000).toISOString()));
  await relayed();
}
const launch = async (steps: Step[]) => {
  const schedule = automated([{ on: "event", name: "inquiry" }], { steps });
  const id = await makeCampaign(db.owner, ctx, { schedule, subject: "First" });
  return { id, ...(await launchCampaign(ctx, { id, version: 1 })) };
};
const where = async (campaignId: string) => {
  const rows = await db.owner<{ nth: string; status: string; step: number; reason: string | null }[]>`
    select customer_id as nth, status, step, reason from automation_entries where campaign_id = ${campaignId} order by seq`;
  return rows.map(({ nth, status, step, reason }) => [ids.indexOf(nth), status, step, reason]);
};
const taken = async (runNumber: number) => {
  const rows = await db.owner<{ nth: string; outcomes: string }[]>`
    select e.customer_id as nth, string_agg(t.step || ' ' || t.outcome, ', ' order by t.step) as outcomes
    from automation_steps_taken t join automation_entries e on e.run_number = t.run_number and e.seq = t.seq
    where t.run_number = ${runNumber} group by 1 order by min(e.seq)`;
  return rows.map(({ nth, outcomes }) => `${ids.indexOf(nth)}: ${outcomes}`);
};
/** What the worker does within a second for customers that something happened to. */
const noticed = async () => {
  while ((await evaluateTouched(ctx, { evaluators, owner: "test" })) > 0);
  await relayed();
};
const reminder: Step = { do: "send", channel: "email", own: { email: { subject: "Reminder", body: "Pay" } } };
const subjects = async () => {
  await drain();
  const rows = await db.owner<{ nth: string; subject: string }[]>`
    select customer_id as nth, subject from sandbox_messages where workspace_id = ${ctx.workspaceId} order by id`;
  return rows.map(({ nth, subject }) => `${ids.indexOf(nth)} ${subject}`);
};

describe("steps that act", () => {
  beforeEach(() =>
    createAttribute(ctx, { key: "stage", label: "Stage", type: "choice", options: ["Asked", "Called"] }),
  );
  const set = (value: string): Step => ({ do: "set_attribute", key: "stage", value });
  const call: Step = { do: "callback", about: "policy_issue", urgency: "high", text: "Asked about a policy" };

  test("set an attribute by the door of every edit, and ask for a call once for each entry and step", async () => {
    const { id, runNumber } = await launch([
      set("asked"),
      call,
      { do: "wait", amount: 1, unit: "hours" },
      set("asked"),
      call,
    ]);
    await happens("inquiry", [0, 1]);
    await db.owner`update automation_entries set step = 1 where campaign_id = ${id} and customer_id = ${ids[0] ?? ""}`;
    const [entry] = await db.owner<{ seq: number }[]>`
      select seq from automation_entries where campaign_id = ${id} and customer_id = ${ids[0] ?? ""}`;
    // A step that is taken again, as after a crash before its answer was stored, does nothing twice.
    await takeSteps(ctx, { runNumber, seq: entry?.seq ?? 0 });
    await pass(2);
    expect(await taken(runNumber)).toEqual([
      "0: 1 unchanged, 2 merged, 3 waited, 4 unchanged, 5 merged",
      "1: 1 set, 2 no_phone, 3 waited, 4 unchanged, 5 no_phone",
    ]);
    const values =
      await db.owner`select attributes ->> 'stage' as stage from customers where id = any(${ids}::uuid[]) order by id`;
    expect(values.map(({ stage }) => stage)).toEqual(["Asked", "Asked", null, null, null]);
    expect(
      await db.owner`select actor_kind, before, after from customer_changes where customer_id = ${ids[0] ?? ""}`,
    ).toEqual([
      { actor_kind: "system", before: { "attribute:stage": null }, after: { "attribute:stage": "Asked" } },
    ]);
    expect(await db.owner`select action from audit_entries where subject_id = ${ids[0] ?? ""}`).toEqual([
      { action: "customer.updated" },
    ]);
    // Segments that ask for the attribute are looked at again.
    const [mark] = await db.owner`select kinds from touched_customers where customer_id = ${ids[0] ?? ""}`;
    expect(mark?.kinds).toContain("profile");
    const calls = await db.owner`
      select customer_id, request_type, urgency, source, repeats, run_number::int, seq, campaign_id,
        (select count(*)::int from callback_asks a where a.callback_id = r.id) as asks
      from callback_requests r where workspace_id = ${ctx.workspaceId}`;
    expect(calls).toMatchObject([
      {
        customer_id: ids[0],
        request_type: "policy_issue",
        urgency: "high",
        source: "automation",
        asks: 2,
        run_number: runNumber,
        campaign_id: id,
      },
    ]);
  });

  test("an attribute that is gone fails the entry with words, and is refused before it is switched on", async () => {
    const { id } = await launch([{ do: "wait", amount: 1, unit: "hours" }, set("Called")]);
    expect((await getAttributeUse(ctx)).attributes[0]?.usedBy).toMatchObject([{ kind: "campaign", id }]);
    await happens("inquiry", [0]);
    await db.owner`delete from attribute_definitions where workspace_id = ${ctx.workspaceId}`;
    await pass(2);
    expect(await where(id)).toEqual([
      [0, "failed", 2, "There is no attribute “stage”. Define it under Settings first."],
    ]);
    await expect(launch([set("Called")])).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: "Step 1: choose the attribute that it sets.",
    });
  });
});

describe("whoever waits", () => {
  const publicIds = async (runNumber: number) => {
    const rows = await db.owner<{ part: number; seq: number; nth: string }[]>`
      select part, seq, customer_id as nth from executions where run_number = ${runNumber} order by seq`;
    return rows.map(({ part, seq }) => encodePublicId({ part, runNumber, seq }));
  };

  test("leaves within a second of paying, answering, opting out or reaching the goal, and gets nothing more", async () => {
    const { id, runNumber } = await launch([{ do: "wait", amount: 3, unit: "days" }, reminder]);
    await happens("inquiry", [0, 1, 2, 3, 4]);
    expect(await subjects()).toHaveLength(5);
    const [, answered = "", optedOut = ""] = await publicIds(runNumber);
    await happens("payment_received", [0]);
    await recordReply(ctx, {
      channel: "email",
      origin: "test",
      providerMessageId: "r1",
      from: `${ids[1]}@example.test`,
      text: "Thank you, which documents?",
      occurredAt: new Date(await engine.now()),
      publicId: answered,
    });
    await unsubscribe(unsubscribeUrl(optedOut).split("/").at(-1) ?? "", "one_click");
    await recordConversions(ctx, { conversions: [{ customer: { id: ids[3] ?? "" }, campaign_id: id }] });
    await noticed();
    expect(await where(id)).toEqual([
      [0, "left", 1, "paid"],
      [1, "left", 1, "replied"],
      [2, "left", 1, "unsubscribed"],
      [3, "left", 1, "converted"],
      [4, "inside", 1, null],
    ]);
    // Their workflows have stopped; that of the one who is inside still waits.
    expect(await db.owner`select count(*)::int as stopped from engine.run where state = 'cancelled'`).toEqual(
      [{ stopped: 4 }],
    );
    await pass(80);
    expect((await subjects()).slice(5)).toEqual(["4 Reminder"]);
  });

  test("a message that was written before is not sent any more", async () => {
    const { id, runNumber } = await launch([{ do: "wait", amount: 1, unit: "hours" }, reminder]);
    await happens("inquiry", [0, 1]);
    expect(await subjects()).toEqual(["0 First", "1 First"]);
    await pass(2);
    // The reminders are written, and the sequence is over; nobody has sent them yet.
    expect((await where(id)).map(([, status]) => status)).toEqual(["finished", "finished"]);
    await happens("payment_received", [0]);
    expect(await subjects()).toEqual(["0 First", "1 First", "1 Reminder"]);
    const [result] = await db.owner`
      select state, reason from execution_results where run_number = ${runNumber} and reason is not null`;
    expect(result).toEqual({ state: "skipped", reason: "left_automation" });
  });

  test("leaves when they are erased, and comes back by no day that was theirs", async () => {
    const { id } = await launch([{ do: "wait", amount: 3, unit: "days" }, reminder]);
    await happens("inquiry", [0]);
    await db.owner`update customers set erased_at = clock_now() where id = ${ids[0] ?? ""}`;
    await db.owner`select touch_customers(${ctx.workspaceId}, array[${ids[0] ?? ""}]::uuid[], array['profile'])`;
    await noticed();
    expect(await where(id)).toEqual([[0, "left", 1, "erased"]]);
  });
});
