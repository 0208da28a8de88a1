import type { AbTest } from "@/server/campaigns/content";
import { formatCount } from "@/server/platform/format";
import { DAYS_LOOKED_AT, metricLabels } from "@/server/variants/status";

/** What a test does with the customers who are reached now, in words. */
export function AbTestWords({ test, reachable }: { test: AbTest; reachable: number }) {
  const { variants, testShare, winner, waitHours, minimumSample, metric } = test;
  const tried = Math.round((reachable * testShare) / 100);
  const each = Math.floor((tried * Math.min(...variants.map(({ share }) => share))) / 100);
  const hours = waitHours === 1 ? "1 hour" : `${formatCount(waitHours)} hours`;
  const parts = [
    testShare === 100
      ? "Everybody is in the test."
      : `About ${formatCount(tried)} customers are in the test; about ${formatCount(reachable - tried)} wait for its winner, at most ${hours} after the launch. Without one by then, they get variant A.`,
    winner === "auto" && testShare === 100
      ? `It is looked at for ${DAYS_LOOKED_AT} days; after that it stays without a winner.`
      : "",
    winner === "auto" && each < minimumSample
      ? `The smallest variant reaches about ${formatCount(each)}, fewer than ${formatCount(minimumSample)}: no winner can be named.`
      : "",
    winner === "auto"
      ? `The test is on the ${metricLabels[metric].rate}, always valid at 5%, and says nothing before 40 ${metricLabels[metric].label.toLowerCase()} in two variants together.`
      : "",
  ];
  return <p className="text-muted text-sm">{parts.filter((part) => part !== "").join(" ")}</p>;
}
