import { formatCount, formatDateTime, formatPercent } from "@/server/platform/format";
import type { RunTest } from "@/server/variants/get";
import { metricLabels, variantName } from "@/server/variants/status";

const at = (instant: Date | null, zone: string): string =>
  instant ? formatDateTime(instant.toISOString(), zone, true) : "";

/** Where a test stands that nobody has decided yet, and what happens then. */
export function stateWords(test: RunTest, zone: string): string {
  const { rules, restSize, until, state, campaignStatus } = test;
  if (restSize > 0 && campaignStatus !== "active" && campaignStatus !== "paused")
    return `The campaign ended before a variant was chosen: ${formatCount(restSize)} customers who waited get nothing.`;
  if (rules.winner === "none") return "Everybody is in the test. It is measured, and no winner is named.";
  const waiting =
    restSize > 0
      ? ` ${formatCount(restSize)} customers wait. Without a winner by ${at(until, zone)} they get variant A.`
      : "";
  if (campaignStatus === "paused" && restSize > 0)
    return `While the campaign is paused nothing is chosen for those who wait.${waiting}`;
  if (rules.winner === "hand") return `A person chooses the winner.${waiting}`;
  if (state === "undecided")
    return "No winner: the difference was never sure. You may still choose one by hand.";
  return `${verdictWords(test)}${waiting}`;
}

/** What the sequential test says. */
function verdictWords({ verdict, rules }: RunTest): string {
  const did = metricLabels[rules.metric].label.toLowerCase();
  switch (verdict.kind) {
    case "no_data":
      return "No winner yet: nothing was delivered.";
    case "too_few":
      return `No winner yet: at least ${formatCount(rules.minimumSample)} delivered are needed in each variant, ${formatCount(verdict.more)} more.`;
    case "sample_ratio_mismatch":
      return "No verdict: the variants were not given out as they should have been, so their figures cannot be compared.";
    case "winner":
      return `Variant ${variantName(verdict.arm)} is ahead for sure; it is chosen within a minute.`;
    case "not_yet":
      return verdict.leading === null
        ? "No winner yet: the variants do alike."
        : `No winner yet: ${variantName(verdict.leading)} leads in ${did}, and it is not sure.`;
  }
}

/** What was chosen, by whom or what, and when. */
export function choiceWords(test: RunTest, zone: string): string {
  const { chosen, chosenHow, chosenBy, chosenAt, reason, restSize, restBegunAt, rules, evidence } = test;
  const name = variantName(chosen ?? 0);
  const arm = evidence?.arms[chosen ?? 0];
  const rate =
    arm && arm.n > 0
      ? `, with a ${metricLabels[rules.metric].rate} of ${formatPercent(arm.x / arm.n, 2)}`
      : "";
  const how =
    chosenHow === "test"
      ? `Variant ${name} won the test on ${at(chosenAt, zone)}${rate}.`
      : chosenHow === "time"
        ? `The time was over on ${at(chosenAt, zone)} without a winner, so the rest gets variant ${name}.`
        : `${chosenBy ?? "Somebody who has left"} chose variant ${name} on ${at(chosenAt, zone)}: “${reason}”`;
  if (restSize === 0) return how;
  return `${how} ${formatCount(restSize)} customers who waited ${restBegunAt ? "got" : "are about to get"} it.`;
}
