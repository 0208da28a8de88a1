import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { AppError } from "@/server/platform/errors";
import { sweepWorkspace } from "@/server/sla";
import { assignCallback } from "./assign";
import { beginAttempt, recordOutcome } from "./attempt";
import { claimNextCallback } from "./claim-next";
import { cancelCallback, completeCallback } from "./close";
import { editCallback } from "./edit";
import { scheduleCallback } from "./schedule";
import { tellOfClock } from "./tell";
import { ask as askFor, BEGIN, clockOf, fixedDay, inMinutes, takeNext } from "./testing/fixed-day";

const db = await testDatabase();
type Member = Awaited<ReturnType<typeof makeMember>>;
let lead: Member;
let agent: Member;

const day = fixedDay(db);
const { go } = day;

beforeEach(async () => {
  await day.begin();
  const workspaceId = await makeWorkspace(db.owner);
  lead = await makeMember(db.owner, workspaceId, "supervisor");
  agent = await makeMember(db.owner, workspaceId, "agent");
});

const ask = (more: object = {}) => askFor(lead, more);
const clock = (callbackId: string, metric: string) => clockOf(db.owner, callbackId, metric);
const take = () => takeNext(agent);
const sweep = () => sweepWorkspace(lead, tellOfClock);

describe("work on a request", () => {
  test("talked to and done: the clocks stop where they should, and each line is in the log", async () => {
    const id = await ask();
    await go(600);
    const hold = await take();
    const { attemptId } = await beginAttempt(agent, { ...hold, via: "tel" });
    expect(await clock(id, "first_attempt")).toMatchObject({ status: "stopped", breached_at: null });
    await expect(beginAttempt(agent, { ...hold, via: "tel" })).rejects.toMatchObject({
      details: { code: "call_under_way" },
    });
    await recordOutcome(agent, { ...hold, attemptId, outcome: "connected", talkSeconds: 180 });
    await completeCallback(agent, {
      ...hold,
      disposition: "resolved",
      satisfaction: 5,
      conversionValue: 12_500.5,
    });
    expect((await clock(id, "first_contact")).status).toBe("stopped");
    expect((await clock(id, "resolution")).status).toBe("stopped");
    const log =
      await db.owner`select kind from callback_activities where callback_id = ${id} order by at, id`;
    expect(log.map(({ kind }) => kind)).toEqual([
      "created",
      "claimed",
      "attempt_started",
      "connected",
      "completed",
    ]);
    expect(await db.owner`select 1 from callback_holds`).toHaveLength(0);
    const [row] =
      await db.owner`select conversion_value_micros::text as value from callback_requests where id = ${id}`;
    expect(row?.value).toBe("12500500000");
  });

  test("not answered: contact and resolution wait until the next attempt, and six misses end it", async () => {
    const id = await ask();
    const waits: (number | null)[] = [];
    for (let turn = 0; turn < 6; turn++) {
      const hold = await take();
      const { attemptId } = await beginAttempt(agent, { ...hold, via: "tel" });
      const after = await recordOutcome(agent, { ...hold, attemptId, outcome: "no_answer" });
      if (after.next !== "again") {
        expect([turn, after.next]).toEqual([5, "expired"]);
        break;
      }
      waits.push(inMinutes(after.at));
      expect(await clock(id, "resolution")).toMatchObject({ status: "paused", due_at: null });
      expect(await claimNextCallback(agent)).toBeNull();
      await go((after.at.getTime() - BEGIN) / 1000 - day.seconds());
      await sweep();
      expect((await clock(id, "resolution")).status).toBe("running");
    }
    // 11:00, 14:00, tomorrow at 15:00 in the other half, the day after at 09:00, and in its other half again.
    expect(waits).toEqual([60, 240, 29 * 60, 47 * 60, 77 * 60]);
    expect((await clock(id, "resolution")).status).toBe("stopped");
  });

  test("outside the dial window nobody dials", async () => {
    await ask();
    await go(11.5 * 3_600);
    const hold = await take();
    await expect(beginAttempt(agent, { ...hold, via: "tel" })).rejects.toMatchObject({
      details: { code: "outside_dial_window", nextAt: "2026-08-18T03:30:00.000Z" },
    });
  });
});

describe("a promised time", () => {
  const slot = (hours: number) => ({
    start: new Date(BEGIN + hours * 3_600_000),
    end: new Date(BEGIN + (hours + 1) * 3_600_000),
  });

  test("is one that moves: every clock waits for the last one, and only it can be broken", async () => {
    const id = await ask();
    await go(300);
    await scheduleCallback(lead, { callbackId: id, slot: slot(3) });
    await scheduleCallback(lead, { callbackId: id, slot: slot(5) });
    expect(await claimNextCallback(agent)).toBeNull();
    await go(5 * 3_600);
    await sweep();
    expect(inMinutes((await clock(id, "first_attempt")).due_at)).toBe(5 * 60 + 10);
    expect((await clock(id, "promise")).breached_at).toBeNull();
    await go(3_600 + 1);
    await sweep();
    expect(inMinutes((await clock(id, "promise")).breached_at)).toBe(360);
    const promises =
      await db.owner`select cycle, breached_at from sla_clocks where metric = 'promise' and breached_at is not null`;
    expect(promises.map(({ cycle }) => cycle)).toEqual([2]);
  });

  test("that was asked for at once starts all clocks at its start, also when it moves before", async () => {
    const id = await ask({ slot: slot(2) });
    await scheduleCallback(lead, { callbackId: id, slot: slot(4) });
    await go(4 * 3_600 + 60);
    await sweep();
    expect(inMinutes((await clock(id, "first_attempt")).due_at)).toBe(4 * 60 + 15);
  });

  test("has to lie ahead, in hours in which the customer may be called", async () => {
    const id = await ask();
    for (const hours of [-1, 12])
      await expect(scheduleCallback(lead, { callbackId: id, slot: slot(hours) })).rejects.toMatchObject({
        code: "BAD_INPUT",
      });
  });
});

test("a new urgency has new targets, and what was waited counts", async () => {
  const id = await ask({ urgency: "low", requestType: "general_inquiry" });
  expect(inMinutes((await clock(id, "first_attempt")).due_at)).toBe(240);
  await go(1_800);
  await editCallback(lead, { callbackId: id, urgency: "critical", tier: "platinum" });
  expect(inMinutes((await clock(id, "first_attempt")).due_at)).toBe(60);
  await editCallback(lead, { callbackId: id, requestType: "policy_issue" });
  expect(inMinutes((await clock(id, "first_attempt")).due_at)).toBe(30);
});

test("agents cannot change what they do not hold, and nobody finds another workspace's request", async () => {
  const id = await ask();
  const other = await makeMember(db.owner, await makeWorkspace(db.owner), "supervisor");
  await expect(completeCallback(agent, { callbackId: id })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(completeCallback(other, { callbackId: id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(
    assignCallback(other, { callbackId: id, membershipId: other.membershipId }),
  ).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(
    assignCallback(lead, { callbackId: id, membershipId: other.membershipId }),
  ).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("an assignment, a claim, a cancellation and a completion at once: one wins, with one line", async () => {
  for (let round = 0; round < 20; round++) {
    const id = await ask({ phone: `98200 ${String(10_000 + round)}` });
    const acts = await Promise.allSettled([
      assignCallback(lead, { callbackId: id, membershipId: lead.membershipId }),
      completeCallback(lead, { callbackId: id }),
      cancelCallback(lead, { callbackId: id, reason: "duplicate" }),
      claimNextCallback(agent),
    ]);
    for (const act of acts) if (act.status === "rejected") expect(act.reason).toBeInstanceOf(AppError);
    const ends = await db.owner`
      select kind from callback_activities where callback_id = ${id} and kind in ('completed', 'cancelled')`;
    expect(ends).toHaveLength(1);
    const [row] = await db.owner`select status from callback_requests where id = ${id}`;
    expect(row?.status).toBe(ends[0]?.kind);
    await db.owner`delete from callback_holds`;
  }
});
