import type { Channel } from "@/server/channels/status";
import type { CompiledBodies, PlacedProblem } from "@/server/templates";
import { isBlankBody } from "@/server/templates/content";
import { type Bodies, isBlank } from "./content";
import type { CampaignRow } from "./transition";

/** Something that must be mended before launch: in words, and the tab and field where it is mended. */
export type LaunchProblem = {
  tab: "basic" | "content" | "targeting";
  field: "channels" | "subject" | "body" | "audience";
  message: string;
  /** Which body, for those of content. */
  place?: PlacedProblem["place"];
};

type Written = Pick<CampaignRow, "channels" | "languages" | "bodies" | "audience">;

/** What stands in the way of launching this campaign, judged by its own fields alone; empty when nothing does. */
export function launchProblems(campaign: Written, compiled: CompiledBodies): LaunchProblem[] {
  const { channels, languages, bodies, audience } = campaign;
  const problems: LaunchProblem[] = [];
  if (channels.length === 0)
    problems.push({ tab: "content", field: "channels", message: "Choose at least one channel." });
  // A body that nobody began is no body: its customers get the first language.
  for (const channel of channels)
    for (const [nth, language] of languages.entries())
      if (nth === 0 || !isBlank(bodies, channel, language))
        problems.push(...unwritten(bodies, channel, language));
  for (const { message, place } of compiled.problems)
    if (channels.includes(place.channel)) problems.push({ tab: "content", field: "body", message, place });
  if (audience.kind === "tier" && audience.tiers.length === 0)
    problems.push({ tab: "targeting", field: "audience", message: "Choose at least one tier." });
  return problems;
}

function unwritten(bodies: Bodies, channel: Channel, language: string): LaunchProblem[] {
  const at = (field: LaunchProblem["field"], of: string, message: string): LaunchProblem => ({
    tab: "content",
    field,
    message,
    place: { channel, language, field: of },
  });
  if (channel === "email") {
    const { subject = "", body = "" } = bodies.email?.[language] ?? {};
    return [
      ...(subject.trim() === "" ? [at("subject", "subject", "Write a subject.")] : []),
      ...(isBlankBody(body) ? [at("body", "body", "Write the message.")] : []),
    ];
  }
  if (channel === "sms") {
    const body = bodies.sms?.[language];
    const written = body && (body.dltTemplateId !== null || body.text.trim() !== "");
    return written ? [] : [at("body", "text", "Write the SMS.")];
  }
  const chosen = bodies.whatsapp?.[language]?.templateId;
  return chosen ? [] : [at("body", "templateId", "Choose a WhatsApp template.")];
}
