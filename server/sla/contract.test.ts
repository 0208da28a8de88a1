import { readFileSync } from "node:fs";
import { Temporal } from "temporal-polyfill";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { ask, fixedDay } from "@/server/callbacks/testing/fixed-day";
import { addBusiness, businessBetween, isOpen } from "./calendar";
import { type ClockEvent, foldClock, reaches } from "./clock";
import { listPolicies } from "./list-policies";
import { retargetOpen } from "./retarget-open";
import { orderPolicies, savePolicy } from "./save-policy";
import { type Calendar, defaultPolicy } from "./schemas";
import { sweepWorkspace } from "./sweep";
import { always, calendarOf, holiday } from "./testing/calendars";

/** The contract itself: a vector or a case that is added to the page fails here until it is checked. */
const page = readFileSync("docs/design/sla.md", "utf8");

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("each vector of the page", () => {
  const hoursOf: Record<string, (zone: string) => Calendar> = {
    "Mon–Fri 09–17": (zone) => calendarOf(zone, 5, "09-17"),
    "24×7": always,
    "22–24 and 00–06 daily": (zone) => calendarOf(zone, 7, "22-24", "00-06"),
    "Mon–Sat 09:30–13, 14–18:30": (zone) => calendarOf(zone, 6, "09:30-13", "14-18:30"),
    same: (zone) => calendarOf(zone, 6, "09:30-13", "14-18:30"),
    "same, 15 Aug a holiday": (zone) => holiday(calendarOf(zone, 6, "09:30-13", "14-18:30"), "2026-08-15"),
  };
  const units: Record<string, number> = { s: 1_000, min: MINUTE, h: HOUR };
  const vectors = page
    .split("\n")
    .filter((line) => /^\| \w+\/\w+ /.test(line))
    .map((line) =>
      line
        .split("|")
        .map((cell) => cell.trim())
        .slice(1, -1),
    );

  test.each(vectors)(
    "%s, %s, %s + %s is due %s",
    (zone = "", hours = "", start = "", budget = "", due = "") => {
      const [amount = "", unit = ""] = budget.split(" ");
      const [, local = ""] = /^\w{3} (.+)$/.exec(start) ?? [];
      const from = Temporal.PlainDateTime.from(local.replace(" ", "T")).toZonedDateTime(
        zone,
      ).epochMilliseconds;
      const calendar = hoursOf[hours]?.(zone);
      if (!calendar) throw new Error(`hours that no test knows: ${hours}`);
      expect(addBusiness(calendar, from, Number(amount) * (units[unit] ?? 0))).toBe(Date.parse(due));
    },
  );
  test("was found", () => expect(vectors).toHaveLength(9));
});

const db = await testDatabase();
const day = fixedDay(db);
let admin: Awaited<ReturnType<typeof makeMember>>;
beforeEach(async () => {
  await day.begin();
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const india = calendarOf("Asia/Kolkata", 6, "09:30-18:30");
const split = calendarOf("Asia/Kolkata", 6, "09:30-13", "14-18:30");
const on = (time: string, date = "2026-08-17"): number => Date.parse(`${date}T${time}+05:30`);
const start = (at: number, target: number, calendar = india): ClockEvent => ({
  kind: "start",
  at,
  target,
  calendar,
});
const pause = (at: number): ClockEvent => ({ kind: "pause", at, reason: "waiting_on_customer" });
const resume = (at: number): ClockEvent => ({ kind: "resume", at });
const dueOf = async (callbackId: string) =>
  (
    await db.owner<{ due: Date }[]>`
    select due_at as due from sla_clocks where callback_id = ${callbackId} and metric = 'first_attempt'`
  )[0]?.due.getTime();
const reach = async () => {
  for (let after: string | null = null; ; ) {
    ({ next: after } = await retargetOpen(admin, { after }));
    if (after === null) return;
  }
};
const policyOf = async (name: string, minutes: number, requestTypes: string[]) => {
  const standard = (await listPolicies(admin)).at(-1);
  const targets = { firstAttemptMinutes: minutes, resolutionMinutes: 480 };
  const { id } = await savePolicy(admin, {
    policyId: null,
    name,
    calendarId: standard?.calendarId ?? "",
    definition: {
      ...defaultPolicy,
      condition: { ...defaultPolicy.condition, requestTypes },
      targets: { high: targets, medium: targets, low: targets },
    },
  });
  return id;
};

/** The page's own words → what must hold here. */
const bugs: Record<string, () => void | Promise<void>> = {
  "Pause not moving the resolution deadline": () => {
    const state = foldClock(
      [start(on("10:00"), 8 * HOUR), pause(on("11:00")), resume(on("13:00"))],
      on("13:00"),
    );
    expect(state.dueAt).toBe(on("11:00", "2026-08-18"));
  },
  "hold added to the creation time instead of business time": () => {
    // Held from the evening until the next morning: half an hour of it was business time.
    const events = [start(on("17:00"), 2 * HOUR), pause(on("18:00")), resume(on("09:30", "2026-08-18"))];
    expect(foldClock(events, on("09:30", "2026-08-18")).dueAt).toBe(on("10:30", "2026-08-18"));
  },
  "pause lost when the priority changes": () => {
    const retarget: ClockEvent = { kind: "retarget", at: on("11:30"), target: 3 * HOUR, calendar: india };
    const events = [start(on("10:00"), 2 * HOUR), pause(on("11:00")), retarget];
    expect(foldClock(events, on("12:00"))).toMatchObject({ status: "paused", dueAt: null });
    expect(foldClock([...events, resume(on("12:00"))], on("12:00")).dueAt).toBe(on("14:00"));
  },
  "late answer recorded as met because it fell between two polls": () => {
    const answered: ClockEvent = { kind: "stop", at: on("11:01") };
    expect(foldClock([start(on("10:00"), HOUR), answered], on("18:00")).breachedAt).toBe(on("11:00"));
  },
  "deadline counted on after closing": () => {
    const closed: ClockEvent = { kind: "stop", at: on("10:30") };
    const late = foldClock([start(on("10:00"), HOUR), closed], on("10:00", "2027-08-17"));
    expect(late).toMatchObject({ status: "stopped", elapsed: 30 * MINUTE, breachedAt: null });
  },
  "second shift of a day dropped": () => {
    expect(businessBetween(split, on("09:00"), on("20:00"))).toBe(8 * HOUR);
    expect(isOpen(split, on("17:00"))).toBe(true);
  },
  "minutes truncated each day (60 min from 16:30:30, close 17:00, open 10:00 is due 10:30:30, not 10:31:00)":
    () => {
      const office = calendarOf("Asia/Kolkata", 7, "10-17");
      expect(addBusiness(office, on("16:30:30"), HOUR)).toBe(on("10:30:30", "2026-08-18"));
    },
  "a holiday ending at 23:59:59 leaking its last second": () => {
    const everyDay = holiday(calendarOf("Asia/Kolkata", 7, "00-24"), "2026-08-15");
    const midnight = on("00:00", "2026-08-16");
    expect(businessBetween(everyDay, midnight - 1_000, midnight)).toBe(0);
    expect(isOpen(everyDay, midnight)).toBe(true);
  },
  "today's offset used for past instants": () => {
    // A summer morning in New York, asked about in winter: 09:00 is 13:00 UTC there, not 14:00.
    const office = calendarOf("America/New_York", 5, "09-17");
    expect(addBusiness(office, Date.parse("2026-07-01T12:00Z"), HOUR)).toBe(Date.parse("2026-07-01T14:00Z"));
    expect(addBusiness(office, Date.parse("2026-01-07T12:00Z"), HOUR)).toBe(Date.parse("2026-01-07T15:00Z"));
  },
  '"one hour before" fired at midnight': () => {
    // Three quarters of an hour that begins at 18:15 are over the next morning, in the hours of work.
    const state = foldClock([start(on("18:15"), HOUR)], on("18:15"));
    expect(reaches(state, 0.75)).toBe(on("10:00", "2026-08-18"));
  },
  "policy edit not reaching open requests": async () => {
    const id = await ask(admin);
    const before = (await dueOf(id)) ?? 0;
    await policyOf("Faster", 5, ["policy_issue"]);
    await reach();
    expect(Math.round((before - ((await dueOf(id)) ?? 0)) / MINUTE)).toBe(10);
  },
  "two policies matching in database order (policies are ordered; the first match wins)": async () => {
    const [one, other] = [await policyOf("One", 20, ["policy_issue"]), await policyOf("Other", 40, [])];
    const dues: number[] = [];
    for (const order of [
      [one, other],
      [other, one],
    ]) {
      await orderPolicies(admin, { policyIds: order });
      const id = await ask(admin, { phone: `98200 0000${dues.length + 1}` });
      dues.push(((await dueOf(id)) ?? 0) - on("10:00"));
    }
    expect(dues.map((ms) => Math.round(ms / MINUTE))).toEqual([20, 40]);
  },
  "the browser's zone used for a deadline": async () => {
    try {
      const dues: (number | undefined)[] = [];
      for (const zone of ["America/Los_Angeles", "Pacific/Auckland"]) {
        vi.stubEnv("TZ", zone);
        dues.push(await dueOf(await ask(admin, { phone: `98200 0000${dues.length + 1}` })));
        expect(addBusiness(india, on("18:00"), HOUR)).toBe(on("10:00", "2026-08-18"));
      }
      expect(dues.map((at) => Math.round(((at ?? 0) - on("10:15")) / MINUTE))).toEqual([0, 0]);
    } finally {
      vi.unstubAllEnvs();
    }
  },
  "breach stored at the time of the poll": async () => {
    const id = await ask(admin);
    const due = await dueOf(id);
    await day.go(3 * 60 * 60);
    await sweepWorkspace(admin, async () => {});
    const [clock] = await db.owner<{ breached: Date; detected: Date }[]>`
      select breached_at as breached, detected_at as detected from sla_clocks
      where callback_id = ${id} and metric = 'first_attempt'`;
    expect(clock?.breached.getTime()).toBe(due);
    expect(clock?.detected.getTime()).toBeGreaterThan((due ?? 0) + 2 * HOUR);
  },
};

describe("a bug of others is not ours:", () => {
  const section = page.split("## Bugs of others that must not be ours")[1] ?? "";
  const named = section
    .replaceAll("\n", " ")
    .split(" · ")
    .map((words) => words.trim().replace(/\.$/, ""));

  test("all that the page names", () => expect(Object.keys(bugs)).toEqual(named));
  test.each(Object.entries(bugs))("%s", (_name, holds) => holds());
});
