import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { createKey } from "@/server/api-keys";
import { BEGIN, fixedDay } from "@/server/callbacks/testing/fixed-day";
import type { Context } from "@/server/platform/context";
import { failureSchema } from "./envelope";
import { call } from "./testing/call";
import { expectDocumented } from "./testing/expect-documented";
import { tokenOf } from "./testing/world";

const db = await testDatabase();
const day = fixedDay(db);
let admin: Context & { userId: string; membershipId: string };
let key: string;
let agent: string;

beforeEach(async () => {
  await day.begin();
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
  key = (await createKey(admin, { name: "App", scopes: ["*"] })).key;
  agent = await tokenOf(db.owner, admin.workspaceId, "agent");
});
afterAll(() => db.moveClock("0"));

const ask = (more: object = {}, sent: object = {}) =>
  call("POST", "/callbacks", {
    key,
    body: { customer_name: "Asha Rao", customer_phone: "98200 12345", request_type: "policy_issue", ...more },
    ...sent,
  });
const asked = async (more: object = {}): Promise<string> => (await ask(more)).body.data.callback_request_id;
const on = (id: string, what: string, body?: object, as = key) =>
  call("POST", `/callbacks/${id}/${what}`, { key: as, body });
const list = async (query: string, as = key) => {
  const answer = await call("GET", `/callbacks${query}`, { key: as });
  expectDocumented("listCallbacks", answer);
  return answer.body.data.map((row: { callback_request_id: string }) => row.callback_request_id);
};

describe("a wish for a call", () => {
  test("opens one request, and repeats for the number and topic join it", async () => {
    const [customer] = await makeCustomers(db.owner, admin.workspaceId, [
      { name: "Asha Rao", phone: "+919820012345", tier: "gold" },
    ]);
    const first = await ask({ urgency_level: "critical", tags: ["vip"], category: "nominee" });
    expectDocumented("requestCallback", first);
    expect([first.status, first.body.data]).toMatchObject([
      201,
      { merged: false, status: "pending", priority: "high" },
    ]);
    const id = first.body.data.callback_request_id;
    const again = await ask({ customer_id: customer, customer_phone: undefined });
    expect([again.status, again.body.data]).toMatchObject([201, { callback_request_id: id, merged: true }]);
    const read = await call("GET", `/callbacks/${id}`, { key });
    expectDocumented("getCallback", read);
    expect(read.body.data).toMatchObject({
      callback_request_id: id,
      customer_id: customer,
      customer_name: "Asha Rao",
      customer_phone: "+919820012345",
      tags: ["vip"],
      category: "nominee",
      repeats: 1,
      source: "api",
      is_overdue: false,
    });
    expect(read.body.data.due_at).not.toBeNull();
    expect(read.body.data.sla.length).toBeGreaterThan(0);
    expect(read.body.data.activities.map(({ kind }: { kind: string }) => kind)).toContain("created");
  });

  test("is asked once for an Idempotency-Key, however often and at once it is sent", async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => ask({}, { headers: { "idempotency-key": "wish-1" } })),
    );
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    const rows =
      await db.owner`select repeats from callback_requests where workspace_id = ${admin.workspaceId}`;
    expect(rows.map(({ repeats }) => repeats)).toEqual([answers[0]?.body.data.merged ? 1 : 0]);
    const asks = await db.owner`select 1 from callback_asks where workspace_id = ${admin.workspaceId}`;
    expect(asks).toHaveLength(1);
  });

  test.each([
    ["no number", { customer_phone: undefined }, "customer_phone"],
    ["a number that is none", { customer_phone: "12" }, "phone"],
    ["no topic", { request_type: "" }, "request_type"],
    ["an urgency that there is not", { urgency_level: "now" }, "urgency_level"],
  ])("with %s is a 422", async (_, more, field) => {
    const { status, body } = await ask(more);
    expect(status).toBe(422);
    expect(JSON.stringify(body.error.details)).toContain(field);
  });
});

describe("the list", () => {
  test("filters by status, priority and assignee, and pages by cursor and offset", async () => {
    const low = await asked({ request_type: "suggestion", urgency_level: "low" });
    const high = await asked({ urgency_level: "critical", customer_phone: "98200 12346" });
    const done = await asked({ customer_phone: "98200 12347" });
    await on(done, "complete", { resolution: "Solved" });
    await on(low, "assign", { agent_id: admin.userId });
    expect(await list("")).toEqual([high, low]);
    expect(await list("?priority=high")).toEqual([high]);
    expect(await list("?status=completed")).toEqual([done]);
    expect(await list("?status=assigned")).toEqual([low]);
    expect(await list(`?assigned_to=${admin.membershipId}`)).toEqual([low]);
    expect(await list("?assigned_to=nobody")).toEqual([high]);
    expect(await list("?assigned_to=me")).toEqual([]);
    expect(await list("?limit=1&offset=1")).toEqual([low]);
    const first = await call("GET", "/callbacks?limit=1", { key });
    expect(await list(`?limit=1&cursor=${first.body.next_cursor}`)).toEqual([low]);
    expect(await list("?status=overdue")).toEqual([]);
    await day.go(24 * 3_600);
    expect(await list("?status=overdue")).toContain(high);
  });
});

describe("work on a request", () => {
  test("is done by an agent: claimed, called, completed", async () => {
    const id = await asked();
    const before = await call("GET", `/callbacks/${id}`, { key: agent });
    // A hint only, until it is claimed.
    expect(before.body.data.customer_phone).not.toBe("+919820012345");
    const claimed = await call("POST", "/callbacks/claim-next", { key: agent });
    expectDocumented("claimNextCallback", claimed);
    expect(claimed.body.data).toMatchObject({
      callback_request_id: id,
      status: "in_progress",
      customer_phone: "+919820012345",
    });
    const begun = await on(id, "attempts", {}, agent);
    expectDocumented("addCallbackAttempt", begun);
    expect([begun.status, begun.body.data.next]).toEqual([201, null]);
    const told = await call("PUT", `/callbacks/${id}/attempts/${begun.body.data.attempt_id}`, {
      key: agent,
      body: { outcome: "connected", talk_seconds: 90, note: "Wants a form" },
    });
    expectDocumented("recordCallbackOutcome", told);
    expect(told.body.data.next).toBe("wrap_up");
    const closed = await on(
      id,
      "complete",
      { resolution: "Form sent", resolution_category: "resolved", satisfaction_rating: 5 },
      agent,
    );
    expectDocumented("completeCallback", closed);
    expect(closed.body.data).toMatchObject({
      status: "completed",
      resolution: "Form sent",
      resolution_category: "resolved",
      satisfaction_rating: 5,
      attempt_log: [{ outcome: "connected", talk_seconds: 90 }],
    });
    const nothing = await call("POST", "/callbacks/claim-next", { key: agent });
    expect([nothing.status, nothing.body.data]).toEqual([200, null]);
  });

  test("that may not begin yet leaves no claim behind", async () => {
    const id = await asked();
    await day.go(12 * 3_600);
    const late = await tokenOf(db.owner, admin.workspaceId, "agent");
    const refused = await on(id, "attempts", {}, late);
    expect([refused.status, refused.body.error.code]).toEqual([409, "outside_dial_window"]);
    const after = await db.owner`
      select r.status, h.until from callback_requests r left join callback_holds h on h.callback_id = r.id where r.id = ${id}`;
    expect([...after]).toEqual([{ status: "pending", until: null }]);
  });

  test("is never a key’s: it has no phone in hand", async () => {
    const id = await asked();
    for (const address of ["claim-next", `${id}/claim`, `${id}/attempts`])
      expect((await call("POST", `/callbacks/${address}`, { key })).status).toBe(403);
    const nobody = await on(id, "assign");
    expect([nobody.status, nobody.body.error.details.field]).toEqual([422, "agent_id"]);
    expect((await on(id, "assign", { agent_id: admin.workspaceId })).status).toBe(404);
  });

  test("is assigned to the caller unless somebody is named", async () => {
    const id = await asked();
    const supervisor = await tokenOf(db.owner, admin.workspaceId, "supervisor");
    const own = await on(id, "assign", undefined, supervisor);
    expect([own.status, own.body.data.assigned_agent_name]).toEqual([200, "A supervisor"]);
    expect((await on(id, "assign", { agent_id: null }, supervisor)).body.data.assigned_to).toBeNull();
  });

  test("moves its status as far as its life allows it, for the state that the client saw", async () => {
    const id = await asked();
    const put = (body: object, headers: Record<string, string> = {}) =>
      call("PUT", `/callbacks/${id}/status`, { key, body, headers });
    const etag = (await call("GET", `/callbacks/${id}`, { key })).headers.get("etag") ?? "";
    const cancelled = await put({ status: "cancelled", reason: "duplicate" }, { "if-match": etag });
    expectDocumented("setCallbackStatus", cancelled);
    expect(cancelled.body.data.status).toBe("cancelled");
    const stale = await put({ status: "pending" }, { "if-match": etag });
    expect([stale.status, failureSchema.parse(stale.body).error.code]).toEqual([412, "precondition_failed"]);
    expect((await put({ status: "pending" })).body.data.status).toBe("pending");
    const scheduled = await put({ status: "scheduled" });
    expect([scheduled.status, scheduled.body.error.code]).toEqual([409, "wrong_status"]);
    expect((await put({ status: "completed", resolution: "Done" })).body.data.status).toBe("completed");
    expect((await put({ status: "nonsense" })).status).toBe(422);
  });

  test("is promised for a time", async () => {
    const id = await asked();
    const at = (hours: number) => new Date(BEGIN + hours * 3_600_000).toISOString();
    const promised = await on(id, "schedule", { start: at(24), end: at(25) });
    expectDocumented("scheduleCallback", promised);
    expect(promised.body.data).toMatchObject({ status: "scheduled" });
    expect(await list("?status=scheduled")).toEqual([id]);
    const past = await on(id, "schedule", { start: at(-2), end: at(-1) });
    expect(past.status).toBe(422);
  });
});
