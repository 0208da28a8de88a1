import { expect, test } from "vitest";
import { hashPassword, needsRehash, verifyPassword } from "./password";

test("a hash carries its parameters, never the password, and differs each time", async () => {
  const [one, other] = await Promise.all([hashPassword("correct horse"), hashPassword("correct horse")]);
  expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
  expect(one).not.toContain("correct");
  expect(one).not.toBe(other);
  expect(await verifyPassword("correct horse", one)).toBe(true);
  expect(await verifyPassword("correct horsf", one)).toBe(false);
});

test("one password typed on two keyboards is one password", async () => {
  expect(await verifyPassword("cafe\u0301-society", await hashPassword("café-society"))).toBe(true);
});

test("nobody's password is never right", async () => {
  expect(await verifyPassword("", null)).toBe(false);
  expect(await verifyPassword("anything", "a column that was damaged")).toBe(false);
});

test("a hash of older parameters still opens and asks to be made again", async () => {
  const weak = "$scrypt$ln=14,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA==$";
  const { scryptSync } = await import("node:crypto");
  const key = scryptSync("old password", Buffer.from("saltsaltsaltsalt"), 32, { N: 2 ** 14, r: 8, p: 1 });
  const stored = weak + key.toString("base64");
  expect(await verifyPassword("old password", stored)).toBe(true);
  expect(needsRehash(stored)).toBe(true);
  expect(needsRehash(await hashPassword("new password"))).toBe(false);
});
