import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addBusiness, businessBetween } from "./calendar";
import { type ClockEvent, foldClock, reaches } from "./clock";
import { explainClock } from "./explain";
import { always, calendarOf } from "./testing/calendars";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const india = calendarOf("Asia/Kolkata", 6, "09:30-18:30");
/** Monday 17 August 2026 at a time in India. */
const on = (time: string, day = "2026-08-17"): number => Date.parse(`${day}T${time}+05:30`);
const start = (at: number, target = HOUR, calendar = india): ClockEvent => ({
  kind: "start",
  at,
  target,
  calendar,
});
const pause = (at: number): ClockEvent => ({ kind: "pause", at, reason: "waiting_on_customer" });
const resume = (at: number): ClockEvent => ({ kind: "resume", at });
const stop = (at: number): ClockEvent => ({ kind: "stop", at });
const retarget = (at: number, target: number, calendar = india): ClockEvent => ({
  kind: "retarget",
  at,
  target,
  calendar,
});

describe("a breach", () => {
  const events = (stopped: number) => [start(on("10:00")), stop(stopped)];

  test("is a stop after the due time; exactly at it is met", () => {
    expect(foldClock(events(on("11:00")), on("12:00")).breachedAt).toBeNull();
    expect(foldClock(events(on("11:00") + 1), on("12:00")).breachedAt).toBe(on("11:00"));
  });

  test("that fell between two looks is found by the next one, at its own instant", () => {
    const running = [start(on("10:00"))];
    expect(foldClock(running, on("11:00")).breachedAt).toBeNull();
    expect(foldClock(running, on("18:00")).breachedAt).toBe(on("11:00"));
    expect(foldClock(events(on("11:05")), on("18:00")).breachedAt).toBe(on("11:00"));
  });

  test("does not come after the clock was stopped in time", () => {
    const state = foldClock(events(on("10:30")), on("18:00", "2026-12-01"));
    expect([state.status, state.breachedAt, state.elapsed]).toEqual(["stopped", null, 30 * MINUTE]);
  });

  test("stays when the target is raised afterwards", () => {
    const state = foldClock([start(on("10:00")), retarget(on("11:30"), 8 * HOUR)], on("12:00"));
    expect([state.breachedAt, state.dueAt]).toEqual([on("11:00"), on("18:00")]);
  });
});

describe("a pause", () => {
  test("moves the due time by the paused business time, and by nothing outside hours", () => {
    const paused = foldClock(
      [start(on("10:00"), 4 * HOUR), pause(on("11:00")), resume(on("12:30"))],
      on("12:30"),
    );
    expect(paused.dueAt).toBe(on("15:30"));
    const overnight = [start(on("17:30"), 4 * HOUR), pause(on("18:30")), resume(on("09:30", "2026-08-18"))];
    expect(foldClock(overnight, on("09:30", "2026-08-18")).dueAt).toBe(on("12:30", "2026-08-18"));
  });

  test("has no due time while it lasts and breaches nothing", () => {
    const state = foldClock([start(on("10:00")), pause(on("10:59"))], on("18:00"));
    expect([state.status, state.dueAt, state.breachedAt, state.elapsed]).toEqual([
      "paused",
      null,
      null,
      59 * MINUTE,
    ]);
  });

  test("twice, or ended at its own instant, changes nothing", () => {
    const plain = [start(on("10:00"), 4 * HOUR)];
    const twice = [
      ...plain,
      pause(on("11:00")),
      pause(on("11:30")),
      resume(on("12:00")),
      resume(on("12:30")),
    ];
    expect(foldClock(twice, on("13:00")).dueAt).toBe(on("15:00"));
    for (const time of ["11:00", "14:00", "16:00", "20:00"]) {
      const idle = [...plain, pause(on(time)), resume(on(time))];
      expect(foldClock(idle, on("21:00"))).toEqual(foldClock(plain, on("21:00")));
    }
  });

  test("is kept when the target changes under it", () => {
    const events = [
      start(on("10:00"), 4 * HOUR),
      pause(on("11:00")),
      retarget(on("11:30"), 2 * HOUR),
      resume(on("13:00")),
    ];
    expect(foldClock(events, on("12:00")).dueAt).toBeNull();
    expect(foldClock(events, on("13:00")).dueAt).toBe(on("14:00"));
  });
});

describe("a new target", () => {
  test("keeps the elapsed time", () => {
    expect(
      foldClock([start(on("10:00"), 4 * HOUR), retarget(on("11:00"), 2 * HOUR)], on("11:00")).dueAt,
    ).toBe(on("12:00"));
  });

  test("that has passed already is due now, not in the past", () => {
    const events = [start(on("10:00"), 4 * HOUR), retarget(on("12:00"), HOUR)];
    expect(foldClock(events, on("12:00")).dueAt).toBe(on("12:00"));
    expect(foldClock(events, on("12:00") + 1).breachedAt).toBe(on("12:00"));
  });

  test("with another calendar counts each stretch by the calendar that stood then", () => {
    const events = [start(on("17:30"), 4 * HOUR), retarget(on("20:30"), 4 * HOUR, always("Asia/Kolkata"))];
    expect(foldClock(events, on("20:30")).elapsed).toBe(HOUR);
    expect(foldClock(events, on("20:30")).dueAt).toBe(on("23:30"));
  });
});

test("a pause that ends by itself ends then, and not again after something else resumed it", () => {
  const until = on("13:00");
  const planned: ClockEvent[] = [
    start(on("10:00"), 4 * HOUR),
    { ...pause(on("11:00")), until } as ClockEvent,
  ];
  expect(foldClock(planned, on("12:59")).dueAt).toBeNull();
  expect(foldClock(planned, until).dueAt).toBe(on("16:00"));
  expect(foldClock(planned, on("18:00")).breachedAt).toBe(on("16:00"));
  const earlier = [...planned, resume(on("12:00")), pause(on("12:30"))];
  expect(foldClock(earlier, on("18:00"))).toMatchObject({ status: "paused", elapsed: 1.5 * HOUR });
});

test("events are taken in the order of their instants, however they arrived", () => {
  const events = [start(on("10:00"), 4 * HOUR), pause(on("11:00")), resume(on("12:00"))];
  expect(foldClock(events.toReversed(), on("15:00"))).toEqual(foldClock(events, on("15:00")));
});

test("a clock that starts at a slot has not begun before it", () => {
  const events = [start(on("16:00"))];
  expect(foldClock(events, on("12:00")).status).toBe("none");
  expect(foldClock(events, on("16:00")).dueAt).toBe(on("17:00"));
});

test("nothing changes a stopped clock", () => {
  const events = [start(on("10:00")), stop(on("10:30"))];
  const later = [
    ...events,
    pause(on("10:40")),
    resume(on("10:50")),
    retarget(on("10:55"), 1),
    stop(on("12:00")),
  ];
  expect(foldClock(later, on("18:00"))).toEqual(foldClock(events, on("18:00")));
});

test("a warning comes at its share of the target in business time, not before the doors open", () => {
  const state = foldClock([start(on("17:30"), 4 * HOUR)], on("17:30"));
  expect(reaches(state, 0.75)).toBe(on("11:30", "2026-08-18"));
  expect(reaches(foldClock([start(on("17:30")), pause(on("18:00"))], on("18:10")), 0.75)).toBeNull();
});

const anyEvents = fc
  .array(
    fc.tuple(fc.constantFrom("pause", "resume", "retarget", "stop"), fc.integer({ min: 0, max: 5 * 86_400 })),
    { maxLength: 12 },
  )
  .map((steps): ClockEvent[] => [
    start(on("15:00"), 6 * HOUR),
    ...steps
      .toSorted((one, other) => one[1] - other[1])
      .map(([kind, seconds]): ClockEvent => {
        const at = on("15:00") + seconds * 1_000;
        if (kind === "pause") return pause(at);
        if (kind === "resume") return resume(at);
        return kind === "stop" ? stop(at) : retarget(at, ((seconds % 9) + 1) * HOUR);
      }),
  ]);

describe("for any history", () => {
  test("any schedule of looks gives the same breach", () => {
    fc.assert(
      fc.property(
        anyEvents,
        fc.array(fc.integer({ min: 0, max: 6 * 86_400 }), { maxLength: 20 }),
        (events, looks) => {
          const end = on("15:00") + 7 * 86_400_000;
          const final = foldClock(events, end).breachedAt;
          for (const look of looks) {
            const now = on("15:00") + look * 1_000;
            const seen = foldClock(events, now).breachedAt;
            if (seen !== null) expect(seen).toBe(final);
            else if (final !== null) expect(now).toBeLessThanOrEqual(final);
          }
        },
      ),
    );
  });

  test("a pause moves the due time by exactly its business time", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5 * 3_600 }),
        fc.integer({ min: 0, max: 4 * 86_400 }),
        (after, length) => {
          const from = on("10:00") + after * 1_000;
          const to = from + length * 1_000;
          const events = [start(on("10:00"), 6 * HOUR), pause(from), resume(to)];
          const plain = addBusiness(india, on("10:00"), 6 * HOUR);
          const moved = foldClock(events, to).dueAt ?? 0;
          expect(businessBetween(india, plain, moved)).toBe(businessBetween(india, from, to));
        },
      ),
    );
  });

  test("elapsed time is the business time that it ran", () => {
    fc.assert(
      fc.property(anyEvents, fc.integer({ min: 0, max: 6 * 86_400 }), (events, look) => {
        const now = on("15:00") + look * 1_000;
        let running = false;
        let since = 0;
        let sum = 0;
        let ended = false;
        for (const event of events.filter((one) => one.at <= now)) {
          if (ended) break;
          if (running) sum += businessBetween(india, since, event.at);
          since = event.at;
          if (event.kind === "start" || event.kind === "resume") running = true;
          if (event.kind === "pause" || event.kind === "stop") running = false;
          ended = event.kind === "stop";
        }
        if (running) sum += businessBetween(india, since, now);
        expect(foldClock(events, now).elapsed).toBe(sum);
      }),
    );
  });

  test("the stretches of its explanation have no gaps, and what counted adds up to what elapsed", () => {
    fc.assert(
      fc.property(anyEvents, fc.integer({ min: 1, max: 6 * 86_400 }), (events, look) => {
        const now = on("15:00") + look * 1_000;
        const intervals = explainClock(events, now);
        const counted = intervals.filter(({ kind }) => kind === "counted");
        const state = foldClock(events, now);
        expect(counted.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(state.elapsed);
        const end = Math.min(now, state.stoppedAt ?? now);
        expect(intervals.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(end - on("15:00"));
        for (const [place, { from }] of intervals.entries())
          expect(from).toBe(intervals[place - 1]?.to ?? on("15:00"));
      }),
    );
  });
});
