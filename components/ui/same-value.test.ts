import { expect, test } from "vitest";
import { sameValue } from "./same-value";

test("what was typed and taken back leaves nothing to save", () => {
  const stored = { enabled: true, origins: ["https://www.example.com"], most: Number.NaN };
  expect(sameValue({ ...stored, origins: ["https://www.example.com"] }, stored)).toBe(true);
});

test("another value, another order, one more and one less are changes", () => {
  const stored = { enabled: true, origins: ["https://a.example", "https://b.example"] };
  expect(sameValue({ ...stored, enabled: false }, stored)).toBe(false);
  expect(sameValue({ ...stored, origins: ["https://b.example", "https://a.example"] }, stored)).toBe(false);
  expect(sameValue({ ...stored, origins: [...stored.origins, ""] }, stored)).toBe(false);
  expect(sameValue({ ...stored, origins: ["https://a.example"] }, stored)).toBe(false);
});

test("nothing, an empty list and a list are told apart", () => {
  expect(sameValue({ chosen: null }, { chosen: [] })).toBe(false);
  expect(sameValue([], {})).toBe(false);
  expect(sameValue({ chosen: undefined }, {})).toBe(true);
});

test("two files are never the same for having no fields of their own", () => {
  expect(sameValue(new File(["one"], "a.csv"), new File(["other"], "b.csv"))).toBe(false);
});
