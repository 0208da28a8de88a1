import { expect, test } from "vitest";
import { z } from "zod";
import { changesOf } from "./changes";

test("a field that nobody sent stays left out, and one that was sent is checked as in the form", () => {
  const form = z.object({
    name: z.string().min(2),
    phone: z.string().nullable().default(null),
    tags: z.array(z.string()).default([]),
  });
  const changes = changesOf(form);
  expect(changes.parse({ name: "Asha" })).toEqual({ name: "Asha" });
  expect(changes.parse({ phone: null })).toEqual({ phone: null });
  expect(changes.safeParse({ name: "A" }).success).toBe(false);
});
