import { describe, expect, test } from "vitest";
import { parseEmail, parsePhone } from "./addresses";

describe("phone numbers become E.164", () => {
  test.each([
    ["+91 98765 43210", "+919876543210"],
    ["098765-43210", "+919876543210"],
    ["0091 9876543210", "+919876543210"],
    ["919876543210", "+919876543210"],
    ["98765 43210", "+919876543210"],
    ["(+91) 98765.43210", "+919876543210"],
    ["'+919876543210", "+919876543210"],
    ["+91\u00a098765\u201143210", "+919876543210"],
    ["+1 415 555 2671", "+14155552671"],
    ["+977 984-1234567", "+9779841234567"],
    ["6610012345", "+916610012345"],
  ])("%s", (typed, expected) => {
    expect(parsePhone(typed)).toEqual({ ok: true, value: expected });
  });

  test("a number without a country code belongs to the given country", () => {
    expect(parsePhone("020 7946 0958", "GB")).toEqual({ ok: true, value: "+442079460958" });
  });

  test.each([
    ["12345", /Indian mobile|not a phone/],
    ["1600 123 456 7", /Indian mobile/],
    ["+91 22 2778 1234", /Indian mobile/],
    ["+91 58765 43210", /Indian mobile/],
    ["9.19877E+11", /scientific/],
    ["98765 43210 / 98765 43211", /more than one/],
    ["unknown", /not a phone/],
    ["+1 000 000 0000", /numbering plan|not a phone/],
  ])("%s is refused with a reason", (typed, reason) => {
    expect(parsePhone(typed)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });
});

describe("e-mail addresses become lower case", () => {
  test.each([
    [" Asha.Rao@Example.COM ", "asha.rao@example.com"],
    ["mailto:asha@example.com", "asha@example.com"],
    ["a+b_c@sub.example.co.in", "a+b_c@sub.example.co.in"],
    ["o'brien@example.com", "o'brien@example.com"],
    ["asha@@example.com", null],
    ["asha.example.com", null],
    ["asha@example", null],
    ["@example.com", null],
    ["asha rao@example.com", null],
    ["asha@exa_mple.com", null],
    [".asha@example.com", null],
    [`${"a".repeat(65)}@example.com`, null],
  ])("%s", (typed, expected) => {
    const result = parseEmail(typed);
    expect(result.ok ? result.value : null).toBe(expected);
  });
});
