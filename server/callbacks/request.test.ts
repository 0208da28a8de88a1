import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { claimNextCallback } from "./claim-next";
import { cancelCallback, reopenCallback } from "./close";
import { requestCallback } from "./request";
import { takeCallback } from "./take";
import { readRow, replayLog } from "./testing/replay";

const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner), "supervisor");
});

const open = () =>
  db.owner<
    { id: string; phone: string; repeats: number }[]
  >`select id, phone, repeats from callback_requests where workspace_id = ${ctx.workspaceId} order by id`;

const ask = (more: object = {}) =>
  requestCallback(ctx, { phone: "98200 00001", requestType: "policy_issue", source: "form", ...more });

describe("asking for a call", () => {
  test("a hundred times at once, in two spellings, opens one request with its whole story", async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        ask({ phone: n % 2 ? "+91-98200-00001" : "098200 00001", description: `Ask ${n}` }),
      ),
    );
    expect(answers.filter(({ merged }) => !merged)).toHaveLength(1);
    expect(await open()).toMatchObject([{ phone: "+919820000001", repeats: 99 }]);
    const [asks] =
      await db.owner`select count(distinct description)::int as n from callback_asks where workspace_id = ${ctx.workspaceId}`;
    expect(asks?.n).toBe(100);
    const [clocks] =
      await db.owner`select count(*)::int as n from sla_clocks where workspace_id = ${ctx.workspaceId}`;
    expect(clocks?.n).toBe(3);
  });

  test("with the same key again changes nothing, even when the first is closed", async () => {
    const first = await ask({ sourceKey: "m-1" });
    await db.owner`update callback_requests set status = 'completed' where id = ${first.id}`;
    expect(await ask({ sourceKey: "m-1" })).toEqual({ id: first.id, merged: true });
    expect(await open()).toHaveLength(1);
  });

  test("about another topic, or after the first was closed, opens one of its own", async () => {
    const first = await ask();
    await ask({ requestType: "feedback" });
    await db.owner`update callback_requests set status = 'completed' where id = ${first.id}`;
    await ask();
    expect(await open()).toHaveLength(3);
  });

  test("finds the customer by number, takes tier and name from there, and refuses what cannot be called", async () => {
    const [customerId] = await makeCustomers(db.owner, ctx.workspaceId, [
      { name: "Asha Rao", phone: "+919820000001", tier: "platinum" },
    ]);
    const { id } = await ask();
    const [row] =
      await db.owner`select customer_id, customer_name, sum, priority from callback_requests where id = ${id}`;
    expect(row).toEqual({ customer_id: customerId, customer_name: "Asha Rao", sum: 115, priority: "high" });
    await expect(ask({ phone: "12345" })).rejects.toMatchObject({
      code: "BAD_INPUT",
      details: { field: "phone" },
    });
    await expect(ask({ phone: null })).rejects.toMatchObject({ code: "BAD_INPUT" });
    await expect(ask({ customerId: newId() })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("a family that shares a phone", () => {
  const family = () =>
    makeCustomers(db.owner, ctx.workspaceId, [
      { name: "Asha Rao", phone: "+919820000001", email: "asha@example.com", tier: "platinum" },
      { name: "Ravi Rao", phone: "+919820000001", email: "ravi@example.com", tier: "silver" },
    ]);
  const rows = () => db.owner<{ id: string; customer: string | null; tier: string; repeats: number }[]>`
    select id, customer_id as customer, tier, repeats from callback_requests
    where workspace_id = ${ctx.workspaceId} order by id`;

  test("is not guessed at: the e-mail tells who asks, and without one it is nobody's until somebody is named", async () => {
    const [, ravi] = await family();
    await ask({ requestType: "feedback", email: "RAVI@example.com" });
    await ask({ requestType: "policy_issue", email: "not an address" });
    await ask({ requestType: "suggestion", email: "sunil@example.com" });
    await ask({ requestType: "general_inquiry", customerName: "Rao" });
    expect(await rows()).toMatchObject([
      { customer: ravi, tier: "silver" },
      { customer: null, tier: "bronze" },
      { customer: null, tier: "bronze" },
      { customer: null, tier: "bronze" },
    ]);
  });

  test("is told apart by the names that they type, unless two go by the same or none was typed", async () => {
    const [asha, ravi] = await family();
    const first = await ask({ customerName: "ravi rao" });
    const second = await ask({ customerName: " Asha  RAO" });
    expect(second.merged).toBe(false);
    expect(await rows()).toMatchObject([
      { id: first.id, customer: ravi, tier: "silver" },
      { id: second.id, customer: asha, tier: "platinum" },
    ]);
    await db.owner`update customers set name = 'Ravi Rao' where id = ${asha ?? ""}`;
    const { id } = await ask({ customerName: "Ravi Rao", requestType: "feedback" });
    await db.owner`update customers set name = '' where id = ${asha ?? ""}`;
    expect(await ask({ requestType: "feedback", customerId: ravi })).toEqual({ id, merged: true });
    await ask({ requestType: "suggestion" });
    expect((await rows()).map(({ customer }) => customer)).toEqual([ravi, asha, ravi, null]);
  });

  test("is found by the e-mail where nobody has the number, unless they share that as well", async () => {
    const [, ravi] = await family();
    const elsewhere = "+919820000002";
    await ask({ phone: elsewhere, email: "ravi@example.com" });
    await db.owner`update customers set email = 'ravi@example.com' where workspace_id = ${ctx.workspaceId}`;
    await ask({ phone: elsewhere, email: "ravi@example.com", requestType: "feedback" });
    expect(await rows()).toMatchObject([{ customer: ravi }, { customer: null }]);
  });

  test("has one request for each of them who asks, however many ask at once", async () => {
    const [asha, ravi] = await family();
    await Promise.all(Array.from({ length: 20 }, (_, n) => ask({ customerId: n % 2 ? asha : ravi })));
    const both = await rows();
    expect(both.map(({ customer, repeats }) => [customer, repeats]).sort()).toEqual(
      [
        [asha, 9],
        [ravi, 9],
      ].sort(),
    );
    // Somebody on the number, nobody knows who: an ask of the oldest, not a third request.
    expect(await ask()).toEqual({ id: both[0]?.id, merged: true });
  });

  test("makes one request of a stranger's ask and the customer's, which is the customer's with its tier", async () => {
    const [asha, ravi] = await family();
    const { id } = await ask();
    expect(await ask({ customerId: asha })).toEqual({ id, merged: true });
    expect(await rows()).toMatchObject([{ customer: asha, tier: "platinum", repeats: 1 }]);
    const { merged } = await ask({ customerId: ravi });
    expect(merged).toBe(false);
    const replayed = await replayLog(db.owner, id);
    expect(replayed).toEqual(await readRow(db.owner, id, Object.keys(replayed)));
    expect(replayed).toMatchObject({ customer_id: asha, sum: 115, priority: "high" });
  });

  test("has no wish under one name taken for another one's", async () => {
    const [asha, ravi] = await family();
    const typed = { customerName: " ravi  RAO" };
    const his = await ask(typed);
    const hers = await ask({ customerId: asha });
    expect(hers.merged).toBe(false);
    expect(await ask(typed)).toEqual({ id: his.id, merged: true });
    expect(await ask({ customerId: ravi })).toEqual({ id: his.id, merged: true });
    expect((await rows()).map(({ customer }) => customer).sort()).toEqual([asha, ravi].sort());
    expect(await ask(typed)).toEqual({ id: his.id, merged: true });
    await cancelCallback(ctx, { callbackId: his.id, reason: "other" });
    expect((await ask(typed)).merged).toBe(false);
    // Of none of them: somebody on the number.
    expect((await ask({ customerName: "Kiran" })).merged).toBe(true);
  });

  test("is rung by one agent at a time, whose request ever it is", async () => {
    const [asha, ravi] = await family();
    const [first, second] = [await ask({ customerId: asha }), await ask({ customerId: ravi })];
    const agents = [
      await makeMember(db.owner, ctx.workspaceId, "agent"),
      await makeMember(db.owner, ctx.workspaceId, "agent"),
    ];
    const claims = await Promise.all(agents.map((agent) => claimNextCallback(agent)));
    expect(claims.map((claim) => claim?.callbackId ?? null).sort()).toEqual([first.id, null].sort());
    const idle = agents[claims.indexOf(null)] ?? ctx;
    await expect(takeCallback(idle, { callbackId: second.id })).rejects.toMatchObject({
      details: { code: "number_held" },
    });
  });

  test("cannot have two open requests of one customer, or one beside a stranger's, by opening a closed one again", async () => {
    const [asha, ravi] = await family();
    const [hers, his] = [await ask({ customerId: asha }), await ask({ customerId: ravi })];
    await cancelCallback(ctx, { callbackId: hers.id, reason: "other" });
    await reopenCallback(ctx, { callbackId: hers.id });
    await cancelCallback(ctx, { callbackId: hers.id, reason: "other" });
    await cancelCallback(ctx, { callbackId: his.id, reason: "other" });
    const strangers = await ask();
    expect(strangers.merged).toBe(false);
    await expect(reopenCallback(ctx, { callbackId: hers.id })).rejects.toMatchObject({
      details: { code: "open_already" },
    });
  });
});

describe("the clocks of a request", () => {
  const clocks = async (id: string) => {
    const rows = await db.owner<
      { metric: string; status: string; due: number }[]
    >`select metric, status, extract(epoch from due_at - started_at)::int as due from sla_clocks where callback_id = ${id} order by metric`;
    return Object.fromEntries(rows.map(({ metric, status, due }) => [metric, { status, due }]));
  };

  test("count by the workspace's calendar from its first request on", async () => {
    const always = { zone: "UTC", alwaysOpen: true, week: [[], [], [], [], [], [], []], exceptions: [] };
    await ask({ phone: "98200 00009" });
    await db.owner`update calendar_versions set definition = ${db.owner.json(always)} where workspace_id = ${ctx.workspaceId}`;
    // A version is read once in the life of a process, so this workspace's next one is the edited one.
    await db.owner`update calendars set version = 2 where workspace_id = ${ctx.workspaceId}`;
    await db.owner`insert into calendar_versions (workspace_id, calendar_id, version, definition)
      select workspace_id, calendar_id, 2, definition from calendar_versions where workspace_id = ${ctx.workspaceId}`;
    const { id } = await ask({ urgency: "critical" });
    expect(await clocks(id)).toEqual({
      first_attempt: { status: "running", due: 15 * 60 },
      first_contact: { status: "running", due: 15 * 60 },
      resolution: { status: "running", due: 120 * 60 },
    });
  });

  test("of a promised slot start at the slot, and the promise is due at its end by the clock", async () => {
    const start = new Date(Date.now() + 86_400_000);
    const { id } = await ask({ slot: { start, end: new Date(start.getTime() + 1_800_000) } });
    const rows = await clocks(id);
    expect(rows.promise).toEqual({ status: "waiting", due: 1_800 });
    const [row] = await db.owner<
      { at: Date }[]
    >`select distinct started_at as at from sla_clocks where callback_id = ${id}`;
    expect(row?.at.getTime()).toBe(start.getTime());
  });
});

test("the log of a callback and the events of its clocks cannot be rewritten by the application", async () => {
  const { id } = await ask();
  const { withTransaction } = await import("@/db/transaction");
  for (const statement of [
    `update callback_activities set kind = 'x' where callback_id = '${id}'`,
    `delete from callback_activities where callback_id = '${id}'`,
    `update sla_events set at = clock_now() where callback_id = '${id}'`,
  ])
    await expect(withTransaction(ctx, (tx) => tx.execute(statement))).rejects.toMatchObject({
      cause: { code: "42501" },
    });
});
