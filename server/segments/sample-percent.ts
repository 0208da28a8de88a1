import { type Condition, conditionsOf, type Rule } from "./rule/model";

/** Of the pages of the table, at the most. */
const MOST_PERCENT = 4;
/** Looks into an index, summed over the sample, that a tenth of a second has room for. */
const MOST_LOOKS = 14_000;

/** What `policies_customer_index` holds: anything else has to be read from each policy itself. */
const covered = new Set(["status", "renewal_date", "policy_type", "premium"]);

/** How many looks into an index a condition costs for a customer, about. */
function looksOf(condition: Condition): number {
  switch (condition.on) {
    case "customer":
    case "segment":
      return 0;
    case "policy":
      return condition.where.every(({ field }) => covered.has(field)) ? 1 : 4;
    case "payment":
      return 4;
    case "event":
      // With properties, or counted inside a window, the events themselves are read; else their roll-up.
      return condition.where.length > 0 || (condition.when !== null && condition.count.op !== "none") ? 2 : 1;
    case "campaign":
      return condition.interaction === "converted" ? 1 : 4;
    case "consent":
      return 1;
    case "reach":
      return 0.25;
  }
}

/**
 * How much of the customers' table a live count looks at, so that it takes a tenth of a second whatever the rule asks. The
 * dearest look counts in full, each further one half of the one before: most customers are decided by then.
 */
export function samplePercent(rules: readonly Rule[], size: number): number {
  const looks = rules.flatMap(conditionsOf).map(looksOf);
  const weighed = looks
    .sort((one, other) => other - one)
    .reduce((sum, each, nth) => sum + each / 2 ** nth, 0);
  return Math.min(MOST_PERCENT, (100 * MOST_LOOKS) / (size * Math.max(weighed, 0.1)));
}
