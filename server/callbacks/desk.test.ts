import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { newId } from "@/server/platform/ids";
import { assignCallback } from "./assign";
import { beginAttempt, recordOutcome } from "./attempt";
import { requestByHand } from "./by-hand";
import { claimNextCallback } from "./claim-next";
import { claimTogether } from "./claims";
import { completeCallback } from "./close";
import { countCallbacks } from "./count";
import { getCallback } from "./get";
import { releaseClaim } from "./hold";
import { letGoEverywhere } from "./let-go-ended";
import { listCallbacks } from "./list";
import { changeManyCallbacks } from "./many";
import { offerSlots } from "./offer-slots";
import { readDesk, setPresence } from "./presence";
import { scheduleCallback } from "./schedule";
import { takeCallback } from "./take";
import { ask as askFor, BEGIN, fixedDay } from "./testing/fixed-day";
import { makeRequests } from "./testing/requests";

const db = await testDatabase();
type Member = Awaited<ReturnType<typeof makeMember>>;
let workspaceId: string;
let lead: Member;
let agent: Member;
const { begin, go } = fixedDay(db);
beforeEach(async () => {
  await begin();
  workspaceId = await makeWorkspace(db.owner);
  lead = await makeMember(db.owner, workspaceId, "supervisor");
  agent = await makeMember(db.owner, workspaceId, "agent");
});

const ask = (more: object = {}) => askFor(lead, more);
/** The messages of the queue that a request's log names. */
const messages = (callbackId: string) => db.owner`
  select detail->>'message' as kind from callback_activities where callback_id = ${callbackId} and kind = 'messaged'`;
/** In how many minutes since the beginning an instant is. */
const minutesOf = (at: Date | string) => Math.round((new Date(at).getTime() - BEGIN) / 60_000);
const slot = (hours: number) => ({
  start: new Date(BEGIN + hours * 3_600_000),
  end: new Date(BEGIN + hours * 3_600_000 + 1_800_000),
});
const idsOf = async (who: Member, input: Parameters<typeof listCallbacks>[1]) =>
  (await listCallbacks(who, input)).rows.map(({ id }) => id);

describe("the queue on screen", () => {
  test("orders, tabs and counts what stands, and overdue is read from the clock", async () => {
    const small = await ask({ phone: "98200 00002", requestType: "suggestion", urgency: "low" });
    const heavy = await ask();
    const promised = await ask({ phone: "98200 00003", requestType: "feedback", slot: slot(3) });
    const taken = await ask({ phone: "98200 00004", requestType: "claim_assistance" });
    await takeCallback(agent, { callbackId: taken });
    expect(await idsOf(lead, {})).toEqual([heavy, taken, promised, small]);
    expect(await idsOf(lead, { tab: "scheduled" })).toEqual([promised]);
    expect(await idsOf(agent, { tab: "mine" })).toEqual([taken]);
    expect(await idsOf(lead, { search: "00002" })).toEqual([small]);
    expect(await idsOf(lead, { type: ["feedback"] })).toEqual([promised]);
    await go(16 * 60);
    // High is due within 15 minutes; the two others have an hour and more.
    expect(await idsOf(lead, { tab: "overdue" })).toEqual([heavy]);
    expect(await countCallbacks(lead)).toMatchObject({
      all: 4,
      pending: 2,
      scheduled: 1,
      overdue: 1,
      mine: 0,
    });
    await completeCallback(lead, { callbackId: heavy, disposition: "resolved" });
    expect(await countCallbacks(lead)).toMatchObject({ all: 3, overdue: 0, completedToday: 1 });
    expect(await idsOf(lead, { tab: "closed", today: true })).toEqual([heavy]);
    await go(86_400);
    expect(await countCallbacks(lead)).toMatchObject({ completedToday: 0 });
  });

  test("pages by keyset, there and back, without a gap or a double", async () => {
    await makeRequests(db.owner, workspaceId, 120);
    const first = await listCallbacks(lead, {});
    const second = await listCallbacks(lead, { after: first.next });
    const third = await listCallbacks(lead, { after: second.next });
    const all = [first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id));
    expect([all.length, new Set(all).size, third.next]).toEqual([120, 120, null]);
    const back = await listCallbacks(lead, { before: third.previous });
    expect(back.rows.map(({ id }) => id)).toEqual(second.rows.map(({ id }) => id));
  });
});

describe("who sees what", () => {
  test("an agent reads number and customer only while holding; an advisor has the own book", async () => {
    const advisor = await makeMember(db.owner, workspaceId, "advisor");
    const [own = "", other = ""] = await makeCustomers(db.owner, workspaceId, [
      { name: "Asha Rao", phone: "+919820000011" },
      { name: "Imran Sheikh", phone: "+919820000012" },
    ]);
    await db.owner`update customers set advisor_id = ${advisor.membershipId} where id = ${own}`;
    const theirs = await ask({ phone: null, customerId: own, requestType: "suggestion" });
    const strange = await ask({ phone: null, customerId: other });
    const before = await getCallback(agent, { callbackId: strange });
    expect(before).toMatchObject({ open: false, caller: null, customerId: null, email: null });
    expect(before.phone).not.toContain("982000");
    const { generation } = await takeCallback(agent, { callbackId: strange });
    const held = await getCallback(agent, { callbackId: strange });
    expect(held).toMatchObject({ open: true, phone: "+919820000012", caller: { name: "Imran Sheikh" } });
    expect(held.parts.type + held.parts.urgency + held.parts.tier).toBe(held.sum);
    await releaseClaim(agent, { callbackId: strange, generation });
    expect((await getCallback(agent, { callbackId: strange })).open).toBe(false);

    expect(await idsOf(advisor, {})).toEqual([theirs]);
    await expect(getCallback(advisor, { callbackId: strange })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(takeCallback(advisor, { callbackId: strange })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await claimNextCallback(advisor))?.callbackId).toBe(theirs);

    const elsewhere = await makeMember(db.owner, await makeWorkspace(db.owner), "supervisor");
    await expect(getCallback(elsewhere, { callbackId: strange })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const marketer = await makeMember(db.owner, workspaceId, "marketer");
    await expect(listCallbacks(marketer, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(
      changeManyCallbacks(agent, { callbackIds: [strange], change: { do: "cancel", reason: "other" } }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(requestByHand(agent, { customerId: own, requestType: "feedback" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(
      requestByHand(advisor, { customerId: other, requestType: "feedback" }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    const down = await requestByHand(advisor, { phone: "98200 00099", requestType: "feedback" });
    expect(await idsOf(advisor, { tab: "mine" })).toContain(down.id);
  });
});

describe("taking one from the queue", () => {
  test("is refused for what is held, promised for later or given to another, each with its reason", async () => {
    const other = await makeMember(db.owner, workspaceId, "agent");
    const third = await makeMember(db.owner, workspaceId, "agent");
    const first = await ask();
    const twin = await ask({ requestType: "feedback" });
    const later = await ask({ phone: "98200 00003", slot: slot(3) });
    const theirs = await ask({ phone: "98200 00004" });
    await assignCallback(lead, { callbackId: theirs, membershipId: other.membershipId });
    const code = (who: Member, callbackId: string) =>
      takeCallback(who, { callbackId }).then(
        () => "taken",
        (error) => error.details?.code ?? error.code,
      );
    expect(await code(agent, first)).toBe("taken");
    expect(await code(agent, first)).toBe("taken");
    expect(await code(agent, twin)).toBe("holding_another");
    expect(await code(other, first)).toBe("wrong_status");
    expect(await code(other, twin)).toBe("number_held");
    expect(await code(other, later)).toBe("not_yet");
    expect(await code(third, theirs)).toBe("NOT_FOUND");
    expect(await code(other, theirs)).toBe("taken");
  });

  test("by hand, automatically, in bulk and by assignment at once: one winner, and one line says so", async () => {
    for (let round = 0; round < 10; round++) {
      const callbackId = await ask({ phone: `98200 1${String(round).padStart(4, "0")}` });
      const [one, two, three] = await Promise.all([
        makeMember(db.owner, workspaceId, "agent"),
        makeMember(db.owner, workspaceId, "agent"),
        makeMember(db.owner, workspaceId, "agent"),
      ]);
      await Promise.allSettled([
        takeCallback(one, { callbackId }),
        claimTogether(workspaceId, [two.membershipId]),
        claimTogether(workspaceId, [three.membershipId]),
        changeManyCallbacks(lead, {
          callbackIds: [callbackId],
          change: { do: "assign", membershipId: one.membershipId },
        }),
        assignCallback(lead, { callbackId, membershipId: two.membershipId }),
      ]);
      const [held] = await db.owner<{ n: number }[]>`
        select count(*)::int as n from callback_holds where callback_id = ${callbackId}`;
      const [log] = await db.owner<{ n: number }[]>`
        select count(*)::int as n from callback_activities where callback_id = ${callbackId} and kind = 'claimed'`;
      expect(held?.n).toBe(log?.n);
      expect(log?.n).toBeLessThanOrEqual(1);
      await db.owner`delete from callback_holds where workspace_id = ${workspaceId}`;
      await db.owner`update callback_requests set status = 'completed', closed_at = clock_now() where id = ${callbackId}`;
    }
  });
});

describe("a call", () => {
  test("holds the claim while the phone hides the browser; its unknown end is a try, and the number rests for an hour", async () => {
    const callbackId = await ask();
    const { generation } = await takeCallback(agent, { callbackId });
    const hold = { callbackId, generation };
    expect(await readDesk(agent)).toMatchObject({ presence: "available" });
    await beginAttempt(agent, { ...hold, via: "tel" });
    expect(await readDesk(agent)).toMatchObject({ presence: "on_call", hold: { callbackId } });
    await expect(releaseClaim(agent, hold)).rejects.toMatchObject({ details: { code: "call_under_way" } });
    await go(20 * 60);
    await letGoEverywhere();
    expect((await readDesk(agent)).hold).not.toBeNull();
    await go(11 * 60);
    await letGoEverywhere();
    expect((await readDesk(agent)).hold).toBeNull();
    const [waits] = await db.owner`select status, not_before from callback_requests where id = ${callbackId}`;
    expect([waits?.status, minutesOf(waits?.not_before)]).toEqual(["pending", 60]);
    const [clock] = await db.owner`
      select status, pause_reason from sla_clocks where callback_id = ${callbackId} and metric = 'resolution'`;
    expect(clock).toEqual({ status: "paused", pause_reason: "waiting_on_customer" });
    const other = await makeMember(db.owner, workspaceId, "agent");
    await expect(takeCallback(other, { callbackId })).rejects.toMatchObject({ details: { code: "not_yet" } });
    expect(await claimNextCallback(other)).toBeNull();
    const mine = await takeCallback(agent, { callbackId });
    await expect(beginAttempt(agent, { ...mine, via: "tel" })).rejects.toMatchObject({
      details: { code: "not_yet", at: expect.stringContaining("2026-08-17T05:30:") },
    });
    await releaseClaim(agent, mine);
    await go(30 * 60);
    const again = await takeCallback(agent, { callbackId });
    const second = await beginAttempt(agent, { ...again, via: "tel" });
    const after = await recordOutcome(agent, { ...again, attemptId: second.attemptId, outcome: "no_answer" });
    // The second miss: three hours later, because the first try counts.
    expect(after.next === "again" && minutesOf(after.at)).toBe(61 + 180);
    expect((await readDesk(agent)).presence).toBe("available");
    const states =
      await db.owner`select state from callback_attempts where callback_id = ${callbackId} order by started_at`;
    expect(states.map(({ state }) => state)).toEqual(["unknown", "ended"]);
  });

  test("of unknown end is settled by whoever made it, before the next try is due", async () => {
    const callbackId = await ask();
    const hold = await takeCallback(agent, { callbackId });
    const { attemptId } = await beginAttempt(agent, { ...hold, via: "tel" });
    await go(31 * 60);
    await letGoEverywhere();
    const again = await takeCallback(agent, { callbackId });
    await recordOutcome(agent, { ...again, attemptId, outcome: "connected" });
    await completeCallback(agent, { ...again, callbackId, disposition: "resolved" });
    // How it ended is said in words, also where nobody has looked at the workspace's dispositions yet.
    expect(await getCallback(lead, { callbackId })).toMatchObject({
      status: "completed",
      disposition: "Resolved",
    });
  });

  test("of unknown end is followed by the booking link only once a miss is known", async () => {
    const callbackId = await ask();
    const hold = await takeCallback(agent, { callbackId });
    const { attemptId } = await beginAttempt(agent, { ...hold, via: "tel" });
    await go(31 * 60);
    await letGoEverywhere();
    expect(await messages(callbackId)).toEqual([]);
    const again = await takeCallback(agent, { callbackId });
    await recordOutcome(agent, { ...again, attemptId, outcome: "no_answer" });
    expect(await messages(callbackId)).toEqual([{ kind: "booking_link" }]);
  });

  test("leaves each state of the agent as a line of its own, and the same state none", async () => {
    await setPresence(agent, { presence: "available" });
    await setPresence(agent, { presence: "available" });
    await setPresence(agent, { presence: "break" });
    await ask();
    await claimNextCallback(agent);
    const lines =
      await db.owner`select presence from presence_changes where membership_id = ${agent.membershipId} order by id`;
    expect(lines.map(({ presence }) => presence)).toEqual(["available", "break", "available"]);
  });
});

describe("promised times", () => {
  test("are offered in the legal hours, marked by the working hours, and changed in bulk row by row", async () => {
    const { zone, days } = await offerSlots(lead, {});
    expect(zone).toBe("Asia/Kolkata");
    expect(days[0]?.date).toBe("2026-08-17");
    // It is 10:00: the next half hour that can be promised.
    expect(days[0]?.slots[0]).toMatchObject({ time: "10:30", working: true });
    expect(days[1]?.slots.map(({ time, working }) => `${time} ${working}`)).toEqual(
      expect.arrayContaining(["09:00 false", "09:30 true", "18:00 true", "18:30 false", "20:30 false"]),
    );
    const sunday = days.find(({ date }) => date === "2026-08-23");
    expect(new Set(sunday?.slots.map(({ working }) => working))).toEqual(new Set([false]));

    const open = await ask();
    const done = await ask({ phone: "98200 00002" });
    await completeCallback(lead, { callbackId: done });
    const results = await changeManyCallbacks(lead, {
      callbackIds: [open, done, newId()],
      change: { do: "reschedule", slot: slot(4) },
    });
    expect(results.map((result) => result.done)).toEqual([true, false, false]);
    await scheduleCallback(lead, { callbackId: open, slot: slot(5) });
    const detail = await getCallback(lead, { callbackId: open });
    expect(detail.status).toBe("scheduled");
    for (const clock of detail.clocks)
      expect(clock.stretches.reduce((sum, { counted }) => sum + counted, 0)).toBe(clock.elapsed);
    await expect(
      requestByHand(lead, { phone: "98200 00003", requestType: "feedback", slot: slot(12) }),
    ).rejects.toMatchObject({ details: { field: "slot" } });
  });
});
