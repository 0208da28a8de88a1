import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { beginAttempt, recordOutcome } from "./attempt";
import { claimNextCallback } from "./claim-next";
import { completeCallback } from "./close";
import { releaseClaim } from "./hold";
import { letGoEverywhere } from "./let-go-ended";
import { scheduleCallback } from "./schedule";
import type { Outcome } from "./status";
import { takeCallback } from "./take";
import { ask, clockOf, fixedDay, inMinutes } from "./testing/fixed-day";
import { readRow, replayLog } from "./testing/replay";

const db = await testDatabase();
const day = fixedDay(db);
const MINUTE = 60;
let lead: Context;
let agent: Context;

beforeEach(async () => {
  await day.begin();
  const workspaceId = await makeWorkspace(db.owner);
  lead = await makeMember(db.owner, workspaceId, "supervisor");
  agent = await makeMember(db.owner, workspaceId, "agent");
});

/** A request is dialled in vain. */
async function miss(callbackId: string, outcome: Outcome = "no_answer"): Promise<void> {
  const { generation } = await takeCallback(agent, { callbackId });
  const hold = { callbackId, generation };
  const { attemptId } = await beginAttempt(agent, { ...hold, via: "tel" });
  await recordOutcome(agent, { ...hold, attemptId, outcome });
}
/** Minutes from the beginning until a request may be tried. */
const waitsUntil = async (callbackId: string) => {
  const { not_before } = await readRow(db.owner, callbackId, ["not_before"]);
  return inMinutes(new Date(String(not_before)));
};

test("a number that did not answer rests for its other requests, and their clocks with it; other numbers do not", async () => {
  const [missed, waiting] = [await ask(lead), await ask(lead, { requestType: "feedback" })];
  const elsewhere = await ask(lead, { phone: "98200 00002", requestType: "feedback" });
  const due = inMinutes((await clockOf(db.owner, waiting, "first_attempt")).due_at);
  await miss(missed);
  expect(await waitsUntil(waiting)).toBe(60);
  await expect(takeCallback(agent, { callbackId: waiting })).rejects.toMatchObject({
    details: { code: "not_yet" },
  });
  for (const metric of ["first_attempt", "first_contact", "resolution"])
    expect(await clockOf(db.owner, waiting, metric)).toMatchObject({ status: "paused", due_at: null });
  const replayed = await replayLog(db.owner, waiting);
  expect(replayed).toEqual(await readRow(db.owner, waiting, Object.keys(replayed)));
  expect((await claimNextCallback(agent))?.callbackId).toBe(elsewhere);

  await day.go(61 * MINUTE);
  const { generation } = await takeCallback(agent, { callbackId: waiting });
  await beginAttempt(agent, { callbackId: waiting, generation, via: "tel" });
  const clock = await clockOf(db.owner, waiting, "first_attempt");
  expect(clock).toMatchObject({ status: "stopped", breached_at: null });
  expect(inMinutes(clock.due_at)).toBe((due ?? 0) + 60);
});

test("who asks anew is called, and a promised time stays", async () => {
  const [missed, promised] = [await ask(lead), await ask(lead, { requestType: "feedback" })];
  const slot = { start: "2026-08-17T10:30:00+05:30", end: "2026-08-17T11:00:00+05:30" };
  await scheduleCallback(lead, { callbackId: promised, slot });
  await miss(missed);
  expect(await waitsUntil(promised)).toBe(30);
  await day.go(10 * MINUTE);
  const anew = await ask(lead, { requestType: "suggestion" });
  expect((await claimNextCallback(agent))?.callbackId).toBe(anew);
});

test("a promised time that was given back within it stays, and so does what was asked while the phone rang", async () => {
  const [dialled, promised] = [await ask(lead), await ask(lead, { requestType: "feedback" })];
  const slot = { start: "2026-08-17T10:30:00+05:30", end: "2026-08-17T11:00:00+05:30" };
  await scheduleCallback(lead, { callbackId: promised, slot });
  await day.go(31 * MINUTE);
  await releaseClaim(agent, await takeCallback(agent, { callbackId: promised }));
  const { generation } = await takeCallback(agent, { callbackId: dialled });
  const hold = { callbackId: dialled, generation };
  const { attemptId } = await beginAttempt(agent, { ...hold, via: "tel" });
  await day.go(MINUTE);
  const meanwhile = await ask(lead, { requestType: "suggestion", source: "missed_call" });
  await recordOutcome(agent, { ...hold, attemptId, outcome: "no_answer" });
  expect([await waitsUntil(promised), await waitsUntil(meanwhile), await waitsUntil(dialled)]).toEqual([
    30, 32, 92,
  ]);
});

test("a wrong number, a call that failed and talks move nothing", async () => {
  const waiting = await ask(lead, { requestType: "feedback" });
  for (const outcome of ["failed", "wrong_number"] as const) {
    await miss(await ask(lead, { requestType: `about_${outcome}` }), outcome);
    expect(await waitsUntil(waiting)).toBe(0);
  }
  for (let nth = 0; nth < 3; nth++) {
    const callbackId = await ask(lead, { requestType: "suggestion" });
    const hold = await takeCallback(agent, { callbackId });
    const { attemptId } = await beginAttempt(agent, { ...hold, via: "tel" });
    await recordOutcome(agent, { ...hold, attemptId, outcome: "connected" });
    await completeCallback(agent, hold);
  }
  await miss(waiting, "busy");
  expect(await waitsUntil(waiting)).toBe(5);
});

test("of a call that is told late the number rests from the call on", async () => {
  const [dialled, other] = [await ask(lead), await ask(lead, { requestType: "feedback" })];
  const { generation } = await takeCallback(agent, { callbackId: dialled });
  const { attemptId } = await beginAttempt(agent, { callbackId: dialled, generation, via: "tel" });
  await day.go(31 * MINUTE);
  await letGoEverywhere();
  expect(await waitsUntil(other)).toBe(60);
  await day.go(60 * MINUTE);
  const hold = await takeCallback(agent, { callbackId: dialled });
  await recordOutcome(agent, { ...hold, attemptId, outcome: "no_answer" });
  expect(await waitsUntil(other)).toBe(60);
});

test("a number is not tried four times a day, whichever of its requests are; nor again sooner than one that was busy", async () => {
  const [one, other] = [await ask(lead), await ask(lead, { requestType: "feedback" })];
  await miss(one, "busy");
  expect([await waitsUntil(one), await waitsUntil(other)]).toEqual([5, 5]);
  await day.go(6 * MINUTE);
  await miss(other);
  expect([await waitsUntil(one), await waitsUntil(other)]).toEqual([66, 66]);
  await day.go(61 * MINUTE);
  await miss(one);
  // Tuesday, when the window opens.
  expect([await waitsUntil(one), await waitsUntil(other)]).toEqual([23 * 60, 23 * 60]);
});
