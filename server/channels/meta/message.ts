import type { OutboundMessage, WhatsAppContent } from "../adapter";
import { oneLine } from "../one-line";

export type Media = { id: string; name: string };

/** The body of POST messages. `media`: the header's file, where the template has one, as Meta stored it. */
export function messageBody(
  message: OutboundMessage<WhatsAppContent>,
  media: Media | null,
): Record<string, unknown> {
  const { template, text } = message.content;
  const base = {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    to: message.to.address.replace(/^\+/, ""),
    biz_opaque_callback_data: message.publicId,
  };
  if (!template) return { ...base, type: "text", text: { body: text, preview_url: true } };
  const components = [
    ...headerComponent(template, media),
    ...bodyComponent(template),
    ...buttonComponents(template, message.publicId),
  ];
  return {
    ...base,
    type: "template",
    template: {
      name: template.name,
      language: { code: template.language },
      ...(components.length > 0 ? { components } : {}),
    },
  };
}

type Template = NonNullable<WhatsAppContent["template"]>;

function headerComponent({ header }: Template, media: Media | null): object[] {
  if (!header || !media) return [];
  const file = header.kind === "document" ? { id: media.id, filename: media.name } : { id: media.id };
  return [{ type: "header", parameters: [{ type: header.kind, [header.kind]: file }] }];
}

function bodyComponent({ variables }: Template): object[] {
  if (variables.length === 0) return [];
  return [{ type: "body", parameters: variables.map((text) => ({ type: "text", text: oneLine(text) })) }];
}

/** Only buttons that differ from message to message are sent: payloads of quick replies, ends of addresses. */
function buttonComponents({ buttons }: Template, publicId: string): object[] {
  return buttons.flatMap((button, index): object[] => {
    const common = { type: "button", index: String(index) };
    if (button.kind === "quick_reply") {
      const payload = buttonPayload(publicId, button.value);
      return [{ ...common, sub_type: "quick_reply", parameters: [{ type: "payload", payload }] }];
    }
    if (button.kind === "url" && button.parameter)
      return [{ ...common, sub_type: "url", parameters: [{ type: "text", text: button.parameter }] }];
    return [];
  });
}

const LONGEST_PAYLOAD = 128;

/** A quick reply's payload names the message, so that the press finds its execution. */
export const buttonPayload = (publicId: string, value: string): string =>
  `${publicId}|${value}`.slice(0, LONGEST_PAYLOAD);

/** The public id of a payload that is ours; null for another's. */
export const readPayload = (payload: unknown): string | null =>
  typeof payload === "string" ? (/^([\w.~-]{8,60})\|/.exec(payload)?.[1] ?? null) : null;
