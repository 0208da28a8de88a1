import { compileMessage } from "@/server/templates";
import type { CampaignRow } from "./transition";

/** Something that must be mended before launch: in words, and the tab and field where it is mended. */
export type LaunchProblem = {
  tab: "basic" | "content" | "targeting";
  field: "subject" | "body" | "audience";
  message: string;
};

/** What stands in the way of launching this campaign, judged by its own fields alone; empty when nothing does. */
export function launchProblems(
  campaign: Pick<CampaignRow, "subject" | "body" | "fallbacks" | "audience">,
): LaunchProblem[] {
  const { subject, body, fallbacks, audience } = campaign;
  const problems: LaunchProblem[] = [];
  if (subject.trim() === "") problems.push({ tab: "content", field: "subject", message: "Write a subject." });
  if (body.trim() === "") problems.push({ tab: "content", field: "body", message: "Write the message." });
  for (const { message } of compileMessage({ subject, body, fallbacks }).problems)
    problems.push({ tab: "content", field: "body", message });
  if (audience.kind === "tier" && audience.tiers.length === 0)
    problems.push({ tab: "targeting", field: "audience", message: "Choose at least one tier." });
  return problems;
}
