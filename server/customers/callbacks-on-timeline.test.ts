import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { beginAttempt, recordOutcome } from "@/server/callbacks/attempt";
import { claimNextCallback } from "@/server/callbacks/claim-next";
import { completeCallback } from "@/server/callbacks/close";
import { requestCallback } from "@/server/callbacks/request";
import { listTimeline } from "./timeline";

const db = await testDatabase();
type Member = Awaited<ReturnType<typeof makeMember>>;
let lead: Member;
let agent: Member;
let customerId: string;
let otherId: string;

/** Monday 17 August 2026, 10:00 in India, and so many minutes after it. */
async function at(minutes: number): Promise<void> {
  const [row] = await db.owner<{ shift: string }[]>`
    select (${`2026-08-17T10:00:00+05:30`}::timestamptz + make_interval(mins => ${minutes}) - statement_timestamp())::text as shift`;
  await db.moveClock(row?.shift ?? "0");
}

const phone = "+919820000001";

beforeAll(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  lead = await makeMember(db.owner, workspaceId, "supervisor");
  agent = await makeMember(db.owner, workspaceId, "agent");
  [customerId = "", otherId = ""] = await makeCustomers(db.owner, workspaceId, [
    { phone },
    { phone: "+919820000002" },
  ]);
  await at(0);
  await requestCallback(lead, {
    customerId,
    phone,
    requestType: "policy_issue",
    source: "form",
    urgency: "high",
    description: "My nominee is wrong",
  });
  const call = async (minutes: number, outcome: "no_answer" | "connected") => {
    await at(minutes);
    const hold = await claimNextCallback(agent);
    if (!hold) throw new Error("nothing waits");
    const { attemptId } = await beginAttempt(agent, { ...hold, via: "tel" });
    await recordOutcome(agent, { ...hold, attemptId, outcome, note: `It was ${outcome}` });
    return hold;
  };
  await call(5, "no_answer");
  const hold = await call(3 * 60, "connected");
  await completeCallback(agent, { ...hold, disposition: "resolved", resolution: "Form sent" });
});

const read = async (input: Partial<Parameters<typeof listTimeline>[1]> = {}) =>
  (await listTimeline(lead, { customerId, ...input })).entries;

test("a wish to be called, each call and its end stand on the timeline, newest first", async () => {
  const told = (await read()).filter((entry) => entry.kind === "callback");
  expect(told.map(({ channel, detail }) => [channel, detail.did, detail.how, detail.words])).toEqual([
    ["call", "closed", "resolved", "Form sent"],
    ["call", "called", "connected", "It was connected"],
    ["call", "called", "no_answer", "It was no_answer"],
    ["call", "asked", "form", "My nominee is wrong"],
  ]);
  expect(told.every(({ detail }) => detail.about === "policy_issue")).toBe(true);
  expect(told.map((entry) => entry.at.slice(0, 16))).toEqual([
    "2026-08-17T07:30",
    "2026-08-17T07:30",
    "2026-08-17T04:35",
    "2026-08-17T04:30",
  ]);
});

test("they can be shown alone, by kind and by channel, page by page, and on nobody else's", async () => {
  const all = await read();
  for (const filter of [{ kind: ["callback" as const] }, { channel: ["call" as const] }])
    expect(await read(filter)).toEqual(all.filter(({ kind }) => kind === "callback"));
  expect(await read({ channel: ["sms"] })).toEqual([]);
  const first = await listTimeline(lead, { customerId, kind: ["callback"], limit: 2 });
  const second = await listTimeline(lead, { customerId, kind: ["callback"], limit: 2, cursor: first.next });
  expect([...first.entries, ...second.entries]).toEqual(all.filter(({ kind }) => kind === "callback"));
  expect((await listTimeline(lead, { customerId: otherId })).entries).toEqual([]);
});
