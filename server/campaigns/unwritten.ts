import type { Channel } from "@/server/channels/status";
import { isBlankBody } from "@/server/templates/content";
import { type Bodies, isBlank } from "./content";
import type { LaunchProblem } from "./problems";

/** What is not written yet of the message on a channel in a language. */
export function unwritten(bodies: Bodies, channel: Channel, language: string): LaunchProblem[] {
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
  return !isBlank(bodies, channel, language) ? [] : [at("body", "templateId", "Choose a WhatsApp template.")];
}
