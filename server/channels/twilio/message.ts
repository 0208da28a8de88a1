import type { OutboundMessage, WhatsAppContent } from "../adapter";
import { oneLine } from "../one-line";
import type { TwilioConfig } from "./schemas";

/** The form of POST Messages.json. `door`: our webhook address; with our id it brings each status home. */
export function messageForm(
  message: OutboundMessage,
  { config, door, contentSid }: { config: TwilioConfig; door: string; contentSid: string | null },
): URLSearchParams {
  const whatsapp = message.content.channel === "whatsapp";
  const address = (number: string) => (whatsapp ? `whatsapp:${number}` : number);
  const form = new URLSearchParams({ To: address(message.to.address) });
  if (config.messagingServiceSid) form.set("MessagingServiceSid", config.messagingServiceSid);
  if (config.from) form.set("From", address(config.from));
  if (message.content.channel === "whatsapp" && message.content.template && contentSid) {
    form.set("ContentSid", contentSid);
    const variables = contentVariables(message.content.template);
    if (Object.keys(variables).length > 0) form.set("ContentVariables", JSON.stringify(variables));
  } else form.set("Body", message.content.text);
  form.set("StatusCallback", `${door}?id=${encodeURIComponent(message.publicId)}`);
  return form;
}

type Template = NonNullable<WhatsAppContent["template"]>;

/** Numbered over the whole template: the body's first, then the ends of addresses in the order of the buttons. */
function contentVariables({ variables, buttons }: Template): Record<string, string> {
  const suffixes = buttons.flatMap(({ kind, parameter }) => (kind === "url" && parameter ? [parameter] : []));
  return Object.fromEntries(
    [...variables.map(oneLine), ...suffixes].map((value, index) => [String(index + 1), value]),
  );
}
