import type { MessageContent } from "@/server/channels/adapter";

/** What the rules of a channel see of a message's content. No words of the message: they could name somebody. */
export type ContentFacts =
  | { channel: "email"; promotional: boolean; oneClick: boolean }
  | { channel: "sms"; country: string | null; registered: boolean }
  | {
      channel: "whatsapp";
      template: { name: string; approval: string } | null;
      lastReplyHours: number | null;
    };

/** Hours after a customer's own message in which WhatsApp takes free text. */
export const REPLY_WINDOW_HOURS = 24;

type ChannelReason = "no_template" | "no_registration" | "no_one_click";

export type Circumstance = {
  promotional: boolean;
  country: string | null;
  /** Hours since the customer's last message on WhatsApp; null when there was none lately. */
  lastReplyHours: number | null;
  /** Approval of templates by "name language". */
  approvals: ReadonlyMap<string, string>;
};

/** What the rules look at, of a rendered message. */
export function contentFacts(content: MessageContent, circumstance: Circumstance): ContentFacts {
  if (content.channel === "email")
    return {
      channel: "email",
      promotional: circumstance.promotional,
      oneClick: content.unsubscribeUrl !== null,
    };
  if (content.channel === "sms")
    return {
      channel: "sms",
      country: circumstance.country,
      registered: content.dlt !== null && isFilled(content.dlt),
    };
  const { template } = content;
  return {
    channel: "whatsapp",
    template: template && {
      name: template.name,
      // One that is no longer listed was approved when the run chose it.
      approval: circumstance.approvals.get(`${template.name} ${template.language}`) ?? "approved",
    },
    lastReplyHours: circumstance.lastReplyHours,
  };
}

type Registration = { entityId: string; header: string; templateId: string };

// The text itself is picked from the registry and its places filled (templates/compile-sms.ts): it cannot differ.
const isFilled = ({ entityId, header, templateId }: Registration): boolean =>
  [entityId, header, templateId].every((part) => part.trim() !== "");

/**
 * Rule 10 of delivery.md: what each channel asks of a message besides everything else. `mend`: the content itself cannot go
 * to anybody now, so the campaign waits for a person and nothing is burnt; null where only this message may not go.
 */
export function channelRule(content: ContentFacts): {
  refusal: ChannelReason | null;
  saw: string;
  mend?: boolean;
} {
  if (content.channel === "email") {
    if (!content.promotional) return { refusal: null, saw: "a service mail needs no way out of promotion" };
    return content.oneClick
      ? { refusal: null, saw: "it can be unsubscribed with one click (RFC 8058)" }
      : { refusal: "no_one_click", saw: "promotion by e-mail needs a one-click way out (RFC 8058)" };
  }
  if (content.channel === "sms") {
    if (content.country !== "IN") return { refusal: null, saw: "no registration is needed outside India" };
    return content.registered
      ? { refusal: null, saw: "its text is registered with entity, header and template" }
      : { refusal: "no_registration", saw: "an Indian number needs a text that is registered (DLT)" };
  }
  const { template, lastReplyHours } = content;
  if (template !== null)
    return template.approval === "approved"
      ? { refusal: null, saw: `the approved template “${template.name}”` }
      : {
          refusal: "no_template",
          saw: `the template “${template.name}” is ${template.approval} now`,
          mend: true,
        };
  return lastReplyHours !== null && lastReplyHours < REPLY_WINDOW_HOURS
    ? {
        refusal: null,
        saw: `the customer wrote ${Math.floor(lastReplyHours)} hours ago, so free text may go`,
      }
    : {
        refusal: "no_template",
        saw: "more than 24 hours after the customer's last message only templates may go",
      };
}
