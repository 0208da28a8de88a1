import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { cancelCallback } from "@/server/callbacks";
import { ask as askFor, BEGIN, fixedDay } from "@/server/callbacks/testing/fixed-day";
import { listCalendars } from "./list-calendars";
import { listPolicies, type PolicyLine } from "./list-policies";
import { previewCalendar, previewPolicy } from "./preview";
import { retargetOpen } from "./retarget-open";
import { archiveCalendar, saveCalendar } from "./save-calendar";
import { archivePolicy, orderPolicies, savePolicy } from "./save-policy";
import { type Calendar, calendarSchema, clockTime, defaultPolicy, saveCalendarInput } from "./schemas";

const db = await testDatabase();
const day = fixedDay(db);
type Member = Awaited<ReturnType<typeof makeMember>>;
let admin: Member;

beforeEach(async () => {
  await day.begin();
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const ask = (more: object = {}) => askFor(admin, more);
/** Minutes after the beginning at which the first attempt is due. */
const due = async (callbackId: string): Promise<number | null> => {
  const [row] = await db.owner<{ due_at: Date | null }[]>`
    select due_at from sla_clocks where callback_id = ${callbackId} and metric = 'first_attempt'`;
  return row?.due_at ? Math.round((row.due_at.getTime() - BEGIN) / 60_000) : null;
};
const reach = async () => {
  let changed = 0;
  for (let after: string | null = null; ; ) {
    const page = await retargetOpen(admin, { after });
    changed += page.changed;
    after = page.next;
    if (after === null) return changed;
  }
};
const theDefault = async (): Promise<PolicyLine> => {
  const policy = (await listPolicies(admin)).at(-1);
  if (!policy) throw new Error("no policy");
  return policy;
};
const faster = (minutes: number) => ({
  ...defaultPolicy,
  targets: { ...defaultPolicy.targets, high: { firstAttemptMinutes: minutes, resolutionMinutes: 120 } },
});

describe("an edited policy", () => {
  test("says beforehand how many requests it changes, reaches the open ones, keeps what elapsed, and is one version more", async () => {
    const [urgent, other, closed] = [
      await ask(),
      await ask({ phone: "98200 00002", requestType: "feedback", urgency: "low" }),
      await ask({ phone: "98200 00003" }),
    ];
    await cancelCallback(admin, { callbackId: closed, reason: "other" });
    const { id: policyId, name, calendarId } = await theDefault();
    expect([await due(urgent), await due(other)]).toEqual([15, 240]);
    await day.go(300);
    const edit = { policyId, name, calendarId, definition: faster(45) };
    expect(await previewPolicy(admin, edit)).toEqual({ open: 2, changed: 1, sooner: 0, later: 1 });
    await savePolicy(admin, edit);
    // Nothing moves a deadline before the job has come by; a request that enters now has the new target already.
    expect(await due(urgent)).toBe(15);
    expect(await due(await ask({ phone: "98200 00004" }))).toBe(50);
    expect(await reach()).toBe(2);
    expect([await due(urgent), await due(other)]).toEqual([45, 240]);
    expect(await reach()).toBe(0);
    await savePolicy(admin, { ...edit, definition: faster(3) });
    await reach();
    // What has waited longer than the new target is due now, not in the past.
    expect(await due(urgent)).toBe(5);
    expect((await theDefault()).version).toBe(3);
    const ended = await db.owner`
      select 1 from sla_events where callback_id = ${closed} and kind = 'retarget'`;
    expect(ended).toHaveLength(0);
    const queued = await db.owner`select 1 from outbox where name = 'sla/rules.changed'`;
    expect(queued).toHaveLength(2);
  });

  test("the first in the order that matches decides; the default one is last, matches everything and stays", async () => {
    const { calendarId, id: defaultId, name } = await theDefault();
    const make = async (called: string, minutes: number) =>
      (
        await savePolicy(admin, {
          policyId: null,
          name: called,
          calendarId,
          definition: {
            ...faster(minutes),
            condition: { ...defaultPolicy.condition, requestTypes: ["policy_issue"] },
          },
        })
      ).id;
    const [first, second] = [await make("First", 5), await make("Second", 7)];
    const id = await ask();
    expect(await due(id)).toBe(5);
    await orderPolicies(admin, { policyIds: [second, first] });
    await reach();
    expect(await due(id)).toBe(7);
    expect((await listPolicies(admin)).map((policy) => policy.name)).toEqual(["Second", "First", name]);
    await archivePolicy(admin, { policyId: second });
    await reach();
    expect(await due(id)).toBe(5);
    await expect(archivePolicy(admin, { policyId: defaultId })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(orderPolicies(admin, { policyIds: [second] })).rejects.toMatchObject({ code: "CONFLICT" });
    await savePolicy(admin, {
      policyId: defaultId,
      name,
      calendarId,
      definition: { ...defaultPolicy, condition: { ...defaultPolicy.condition, tags: ["vip"] } },
    });
    expect((await theDefault()).definition.condition.tags).toEqual([]);
  });
});

describe("a calendar", () => {
  const hours = (...week: [number, number][][]): Calendar => ({
    ...clockTime,
    zone: "Asia/Kolkata",
    alwaysOpen: false,
    week: Array.from({ length: 7 }, (_, at) =>
      (week[at] ?? []).map(([opens, closes]) => ({ opens: opens * 60, closes: closes * 60 })),
    ),
  });

  test("says whether it is open now and what comes next: split, overnight, a holiday, always", async () => {
    const now = async (definition: Calendar) => {
      const { open, closesAt, opensAt } = await previewCalendar(admin, { calendarId: null, definition });
      return [open, closesAt ?? opensAt];
    };
    // Monday, 10:00 in India.
    expect(
      await now(
        hours([
          [9, 13],
          [14, 18],
        ]),
      ),
    ).toEqual([true, "2026-08-17T07:30:00.000Z"]);
    expect(await now(hours([[14, 18]]))).toEqual([false, "2026-08-17T08:30:00.000Z"]);
    expect(await now(hours([], [], [], [], [], [], [[22, 11]]))).toEqual([true, "2026-08-17T05:30:00.000Z"]);
    const off = {
      ...hours([[9, 18]], [[9, 18]]),
      exceptions: [{ date: "2026-08-17", name: "Holiday", shifts: [], active: true }],
    };
    expect(await now(off)).toEqual([false, "2026-08-18T03:30:00.000Z"]);
    const [holiday] = off.exceptions;
    const imported = { ...off, exceptions: holiday ? [{ ...holiday, active: false }] : [] };
    expect(await now(imported)).toEqual([true, "2026-08-17T12:30:00.000Z"]);
    expect(await now(clockTime)).toEqual([true, null]);
  });

  test("that is never open, or nearly never, is refused, and so is a taken name", async () => {
    expect(calendarSchema.safeParse(hours()).success).toBe(false);
    const closedBySchema = saveCalendarInput.safeParse({
      calendarId: null,
      name: "Never",
      definition: hours(),
    });
    expect(closedBySchema.success).toBe(false);
    const rare: Calendar = { ...hours(), week: [[{ opens: 0, closes: 5 }], [], [], [], [], [], []] };
    await expect(
      saveCalendar(admin, { calendarId: null, name: "Rare", definition: rare }),
    ).rejects.toMatchObject({ code: "BAD_INPUT", details: { field: "week" } });
    await saveCalendar(admin, { calendarId: null, name: "Night", definition: clockTime });
    await expect(
      saveCalendar(admin, { calendarId: null, name: "Night", definition: clockTime }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("that is edited moves the due times of open requests, and cannot go while a policy counts by it", async () => {
    const id = await ask();
    const [calendar] = await listCalendars(admin);
    if (!calendar) throw new Error("no calendar");
    expect(calendar).toMatchObject({ policies: ["Everything else"], now: { open: true } });
    const preview = await previewCalendar(admin, {
      calendarId: calendar.id,
      definition: calendar.definition,
    });
    expect(preview.requests).toBe(1);
    await day.go(300);
    // From now on the doors open at 12:00: ten minutes are left by then.
    await saveCalendar(admin, {
      calendarId: calendar.id,
      name: calendar.name,
      definition: hours([[12, 18]]),
    });
    await reach();
    expect(await due(id)).toBe(130);
    await expect(archiveCalendar(admin, { calendarId: calendar.id })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    const spare = await saveCalendar(admin, { calendarId: null, name: "Spare", definition: clockTime });
    await archiveCalendar(admin, { calendarId: spare.id });
    expect(await listCalendars(admin)).toHaveLength(1);
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
    await expect(
      saveCalendar(stranger, { calendarId: calendar.id, name: "Mine", definition: clockTime }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
