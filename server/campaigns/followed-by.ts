import { listedTypes } from "@/server/automations/schemas";
import { compileBodies } from "@/server/templates";
import { ownContent, type RunContent } from "./content";
import type { CampaignRow } from "./transition";

/** What an automation's version says and does after its first message; nothing for another campaign. */
export function followedBy(
  { schedule }: Pick<CampaignRow, "schedule">,
  snapshot: RunContent,
): Pick<RunContent, "followUps" | "steps" | "exits" | "policyTypes"> {
  if (schedule.kind !== "automated") return { followUps: [], steps: [], exits: [], policyTypes: [] };
  const { steps, exits } = schedule;
  const followUps: RunContent["followUps"] = [];
  let linkBase = compileBodies(snapshot).links.length;
  for (const step of steps)
    if (step.do === "send") {
      followUps.push({ channel: step.channel, own: step.own, linkBase });
      const own = ownContent(snapshot, step);
      if (own) linkBase += compileBodies(own).links.length;
    }
  return { followUps, steps, exits, policyTypes: listedTypes(schedule.triggers) };
}
