import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { nextAttempt, numberRests, type Tried } from "./next-attempt";

const zone = "Asia/Kolkata";
const on = (time: string, day = "2026-08-17"): number => Date.parse(`${day}T${time}+05:30`);
const text = (at: number | null): string | null =>
  at === null
    ? null
    : Temporal.Instant.fromEpochMilliseconds(at)
        .toZonedDateTimeISO(zone)
        .toPlainDateTime()
        .toString()
        .slice(0, 16);
/** Tries at these times of one day, all with the same outcome. */
const tries = (outcome: Tried["outcome"], ...times: string[]): Tried[] =>
  times.map((time) => ({ at: on(time), outcome }));
const again = (tried: Tried[], now = tried.at(-1)?.at ?? 0) => text(nextAttempt(tried, now, { zone }));

/** A first try is made at once where it may be. */
const inside = (at: number): boolean => nextAttempt([], at, { zone }) === at;

describe("the next attempt", () => {
  test.each([
    ["busy once: after five minutes", tries("busy", "10:00"), "2026-08-17T10:05"],
    ["busy twice: after fifteen", tries("busy", "10:00", "10:05"), "2026-08-17T10:20"],
    [
      "busy three times: as one that was not answered, but tomorrow: three a day",
      tries("busy", "10:00", "10:05", "10:20"),
      "2026-08-18T09:00",
    ],
    ["not answered: after an hour", tries("no_answer", "10:00"), "2026-08-17T11:00"],
    ["twice: after three", tries("no_answer", "10:00", "11:00"), "2026-08-17T14:00"],
    [
      "three times in the morning: tomorrow afternoon",
      tries("no_answer", "09:00", "10:00", "13:00"),
      "2026-08-18T15:00",
    ],
    [
      "three times until the evening: tomorrow morning",
      tries("no_answer", "10:00", "11:00", "16:00"),
      "2026-08-18T09:00",
    ],
    ["late in the evening: when the window opens", tries("no_answer", "20:30"), "2026-08-18T09:00"],
    ["busy at the end of the window: when it opens", tries("busy", "20:58"), "2026-08-18T09:00"],
  ])("%s", (_name, tried, expected) => {
    expect(again(tried)).toBe(expected);
  });

  test("is none after six", () => {
    expect(again(tries("no_answer", "09:00", "09:10", "09:20", "09:30", "09:40", "09:50"))).toBeNull();
  });

  test("is never outside the window, sooner than an hour unless busy, or the fourth of a day", () => {
    const outcome = fc.constantFrom("busy" as const, "no_answer" as const, "switched_off" as const);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 86_399 }),
        fc.array(outcome, { minLength: 6, maxLength: 6 }),
        (second, said) => {
          const tried: Tried[] = [];
          let at = nextAttempt([], on("00:00") + second * 1_000, { zone });
          for (const each of said) {
            if (at === null) throw new Error("six tries are allowed");
            expect(inside(at)).toBe(true);
            const last = tried.at(-1);
            if (last)
              expect(at - last.at).toBeGreaterThanOrEqual(last.outcome === "busy" ? 300_000 : 3_600_000);
            tried.push({ at, outcome: each });
            const day = text(at)?.slice(0, 10);
            expect(tried.filter((one) => text(one.at)?.startsWith(day ?? "")).length).toBeLessThanOrEqual(3);
            at = nextAttempt(tried, at, { zone });
          }
          expect(at).toBeNull();
        },
      ),
    );
  });
});

test("the window is open from its first minute and closed from its last", () => {
  expect([on("08:59:59"), on("09:00"), on("20:59:59"), on("21:00")].map((at) => inside(at))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

describe("the other requests of a number that did not answer", () => {
  const rests = (tried: Tried[], next: string | null, day?: string) => {
    const ended = tried.at(-1)?.at ?? 0;
    return text(numberRests(tried, { next: next === null ? null : on(next, day), ended }, { zone }));
  };
  test.each([
    ["wait an hour", rests(tries("no_answer", "10:00"), "11:00"), "2026-08-17T11:00"],
    [
      "wait no longer, though the request itself does",
      rests(tries("no_answer", "10:00", "11:00"), "14:00"),
      "2026-08-17T12:00",
    ],
    ["wait as long as a busy line does", rests(tries("busy", "10:00"), "10:05"), "2026-08-17T10:05"],
    ["wait an hour after its last try", rests(tries("no_answer", "10:00"), null), "2026-08-17T11:00"],
    [
      "wait for the next day after the third",
      rests(tries("busy", "10:00", "10:05", "10:20"), "09:00", "2026-08-18"),
      "2026-08-18T09:00",
    ],
    ["wait for the window", rests(tries("no_answer", "20:30"), "09:00", "2026-08-18"), "2026-08-18T09:00"],
  ])("%s", (_name, at, expected) => {
    expect(at).toBe(expected);
  });

  test("count for the day of the request itself", () => {
    const beside = tries("no_answer", "09:00", "10:00");
    expect(text(nextAttempt(tries("busy", "11:00"), on("11:00"), { zone, beside }))).toBe("2026-08-18T09:00");
  });
});
