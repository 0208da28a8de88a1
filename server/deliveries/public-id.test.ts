import fc from "fast-check";
import { expect, test } from "vitest";
import { decodePublicId, encodePublicId } from "./public-id";

const keys = fc.record({
  part: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  runNumber: fc.integer({ min: 1, max: 2 ** 45 }),
  seq: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
});

test("a public id finds its execution again", () => {
  fc.assert(
    fc.property(keys, (key) => {
      expect(decodePublicId(encodePublicId(key))).toEqual(key);
    }),
  );
});

test("a forged or changed id is nothing", () => {
  fc.assert(
    fc.property(keys, fc.nat(), fc.integer({ min: 1, max: 63 }), (key, at, shift) => {
      const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
      const id = encodePublicId(key);
      const place = at % id.length;
      const other = alphabet[(alphabet.indexOf(id.charAt(place)) + shift) % 64];
      expect(decodePublicId(id.slice(0, place) + other + id.slice(place + 1))).toBeNull();
    }),
  );
  for (const id of ["", "x", "AAAA", "../../etc/passwd", "a".repeat(500)])
    expect(decodePublicId(id)).toBeNull();
});
