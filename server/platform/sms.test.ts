import fc from "fast-check";
import { expect, test } from "vitest";
import { countSms, plainSms, unicodeCharacters } from "./sms";
// Computed from 3GPP TS 23.038 and 23.040 by the authors of this project.
import vectors from "./testing/sms-segments.json" with { type: "json" };

test.each(vectors)("$name", ({ text, encoding, units, segments }) => {
  expect(countSms(text)).toMatchObject({ encoding, units, parts: segments });
});

test("the characters that cost Unicode are named once, and go away where a plain one means the same", () => {
  const text = "Pay ₹500 – it’s due… ₹ç";
  expect(unicodeCharacters(text)).toEqual(["₹", "–", "’", "…", "ç"]);
  expect(plainSms(text)).toBe("Pay Rs.500 - it's due... Rs.c");
  expect(countSms(plainSms(text)).encoding).toBe("GSM-7");
  expect(plainSms("नमस्ते")).toBe("नमस्ते");
});

test("what is left in the last part is filled exactly before another begins", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (text) => {
      const { parts, left, encoding } = countSms(text);
      const filler = encoding === "GSM-7" ? "a" : "न";
      const full = countSms(text + filler.repeat(left));
      // A first part of 160 shrinks to 153 when a second begins, so only later parts are compared.
      if (parts > 1) expect(full.parts).toBe(parts);
      expect(countSms(text + filler.repeat(left + 1)).parts).toBe(parts + 1);
    }),
  );
});
