import fc from "fast-check";
import { expect, test } from "vitest";
import { parseStorable, storable, storableJson } from "./storable";

/** Everything that is delicate in text or in its JSON, in any order. */
const text = fc
  .array(
    fc.constantFrom("\0", "\ud83d", "\ude00", "😀", "\\", "u0000", "ud83d", "\\\\u0000", '"', "a", "\u2028"),
    {
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(""));
const value = fc.letrec((tie) => ({
  any: fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), tie("list"), tie("object")),
  list: fc.array(tie("any"), { maxLength: 3 }),
  object: fc.dictionary(fc.constantFrom("a", "b", "c"), tie("any")),
})).any;

const eachText = (given: unknown): unknown =>
  typeof given === "string"
    ? storable(given)
    : Array.isArray(given)
      ? given.map(eachText)
      : typeof given === "object" && given !== null
        ? Object.fromEntries(Object.entries(given).map(([key, one]) => [key, eachText(one)]))
        : given;

test("text is left without zero characters and halves of pairs, and otherwise as it is", () => {
  expect(storable("a\0b\ud83dc 😀 ट")).toBe("ab\ufffdc 😀 ट");
});

test("JSON is read and written with every text inside as it can be stored", () => {
  fc.assert(
    fc.property(value, (given) => {
      expect(parseStorable(JSON.stringify(given))).toEqual(eachText(given));
      expect(JSON.parse(storableJson(given))).toEqual(eachText(given));
    }),
  );
});
