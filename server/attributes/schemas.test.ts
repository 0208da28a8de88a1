import { describe, expect, test } from "vitest";
import {
  type AttributeType,
  attributeText,
  createAttributeInput,
  formatAttributeValue,
  keyOfLabel,
  parseAttributeValue,
} from "./schemas";

const of = (type: AttributeType, options: string[] = []) => ({ label: "It", type, options });

describe("what a text means for an attribute", () => {
  test.each([
    ["text", " Pune  ", "Pune"],
    ["text", "a\u0000b\tc", "a b c"],
    ["number", "42", 42],
    ["number", "1,23,456.50", 123456.5],
    ["number", "1,234,567", 1234567],
    ["number", "₹ 12,000", 12000],
    ["number", "Rs. 500", 500],
    ["number", "-3.5", -3.5],
    ["boolean", "Yes", true],
    ["boolean", "हाँ", true],
    ["boolean", "0", false],
    ["date", "31/12/1980", "1980-12-31"],
    ["date", "2028-02-29", "2028-02-29"],
    ["number", "   ", null],
  ] as const)("%s %j is %j", (type, text, value) => {
    expect(parseAttributeValue(of(type), text)).toEqual({ ok: true, value });
  });

  test.each([
    ["text", "x".repeat(501), /longer than 500/],
    ["number", "twelve", /not a number/],
    ["number", "1,2,3", /not a number/],
    ["number", "12,34", /not a number/],
    ["number", "1e5", /not a number/],
    ["number", "12345678901234567890", /more digits/],
    ["boolean", "maybe", /neither yes nor no/],
    ["date", "29/02/2027", /not a date/],
    ["date", "12/31/2026", /not a date/],
  ] as const)("%s %j is refused", (type, text, reason) => {
    expect(parseAttributeValue(of(type), text)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  test("a choice takes an option in any case and keeps the option's own spelling", () => {
    const choice = of("choice", ["Salaried", "Self-employed"]);
    expect(parseAttributeValue(choice, "SELF-employed")).toEqual({ ok: true, value: "Self-employed" });
    expect(parseAttributeValue(choice, "farmer")).toEqual({
      ok: false,
      reason: "It is none of Salaried, Self-employed: “farmer”.",
    });
  });
});

test("a value can be shown in a form and read back unchanged", () => {
  for (const [type, value] of [
    ["text", "0012"],
    ["number", 123456.5],
    ["boolean", false],
    ["date", "2028-02-29"],
  ] as const)
    expect(parseAttributeValue(of(type), attributeText(value))).toEqual({ ok: true, value });
});

test("a value is written for reading, also one that does not fit its type", () => {
  expect(formatAttributeValue({ type: "number" }, 1234567)).toBe("12,34,567");
  expect(formatAttributeValue({ type: "date" }, "2028-02-29")).toBe("29 Feb 2028");
  expect(formatAttributeValue({ type: "date" }, "soon")).toBe("soon");
  expect(formatAttributeValue({ type: "boolean" }, true)).toBe("Yes");
  expect(formatAttributeValue(undefined, null)).toBe("–");
});

test("a key is made of the label, and a choice needs options, each once", () => {
  expect(keyOfLabel(" Years of service (total) ")).toBe("years_of_service_total");
  const choice = { label: "Kind", key: "kind", type: "choice" as const };
  const problem = (options: string[]) =>
    createAttributeInput.safeParse({ ...choice, options }).error?.issues[0]?.message;
  expect(problem([])).toMatch(/options/);
  expect(problem(["A", "a"])).toMatch(/twice/);
  expect(problem(["A", "B"])).toBeUndefined();
});
