import { describe, expect, test } from "vitest";
import { classifyReply } from "./classify";
import { knownReplies } from "./testing/labelled-replies";

describe("replies that the rules were written against", () => {
  test.each(knownReplies)("%s → %s", (text, label) => {
    expect(classifyReply({ text }).class).toBe(label);
  });
});
