import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { orderKeyOf, scoreOf } from "./score";
import { type CallbackTier, requestTypes, tierWeights, type Urgency, urgencies } from "./status";

const types = [...Object.keys(requestTypes), "something_else"];
const urgencyKeys = Object.keys(urgencies) as Urgency[];
const tierKeys = Object.keys(tierWeights) as CallbackTier[];
const anyRequest = fc.record({
  requestType: fc.constantFrom(...types),
  urgency: fc.constantFrom(...urgencyKeys),
  tier: fc.constantFrom(...tierKeys),
});

describe("the score", () => {
  test.each([
    ["policy_issue", "critical", "platinum", 125, 100, "high"],
    ["policy_issue", "medium", "silver", 105, 84, "high"],
    ["payment_problem", "medium", "gold", 105, 84, "high"],
    ["claim_assistance", "high", "silver", 100, 80, "medium"],
    ["general_inquiry", "high", "gold", 85, 68, "medium"],
    ["general_inquiry", "medium", "gold", 80, 64, "low"],
    ["something_else", "low", "bronze", 50, 40, "low"],
    ["suggestion", "low", "bronze", 30, 24, "low"],
  ] as const)("%s, %s, %s is %i of 125: %i, %s", (requestType, urgency, tier, sum, score, priority) => {
    expect(scoreOf({ requestType, urgency, tier })).toMatchObject({ sum, score, priority });
  });

  test("is made of parts that add up, and the category follows the sums 105 and 85", () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const { parts, sum, score, priority } = scoreOf(request);
        expect(parts.type + parts.urgency + parts.tier).toBe(sum);
        expect(score).toBe(Math.round((100 * sum) / 125));
        expect(priority).toBe(sum >= 105 ? "high" : sum >= 85 ? "medium" : "low");
      }),
    );
  });
});

test("the key orders as the sum with its linear age does, at any later moment", () => {
  const created = fc
    .integer({ min: 0, max: 60 * 24 * 3_600 })
    .map((seconds) => new Date(1.78e12 + seconds * 1_000));
  fc.assert(
    fc.property(anyRequest, created, anyRequest, created, (one, oneAt, other, otherAt) => {
      const later = 1.79e12;
      const aged = (sum: number, at: Date) => sum + (later - at.getTime()) / 3_600_000 / 4;
      const [a, b] = [scoreOf(one).sum, scoreOf(other).sum];
      const difference = aged(a, oneAt) - aged(b, otherAt);
      if (Math.abs(difference) > 1e-6)
        expect(Math.sign(orderKeyOf(a, oneAt) - orderKeyOf(b, otherAt))).toBe(Math.sign(difference));
    }),
  );
});
