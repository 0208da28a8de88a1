import { PhoneFrame, type PhoneMessage } from "@/components/ui/phone-frame";
import { filledText } from "@/server/channels/content";
import type { WhatsAppTemplateParts } from "@/server/channels/schemas";

type TemplatePreviewProps = { sender: string; parts: WhatsAppTemplateParts };

/** The template as a reader sees it, with its samples in place of the variables. */
export function TemplatePreview({ sender, parts }: TemplatePreviewProps) {
  const message: PhoneMessage = {
    id: "preview",
    body: filledText(parts.body, parts.samples),
    time: "10:30",
    ...(parts.header?.kind === "text" ? { title: parts.header.text } : {}),
    ...(parts.header && parts.header.kind !== "text" ? { picture: true } : {}),
    ...(parts.footer ? { footer: parts.footer } : {}),
    buttons: parts.buttons.map(({ label }) => label).filter((label) => label !== ""),
  };
  return (
    <PhoneFrame sender={sender} messages={parts.body.trim() === "" ? [] : [message]}>
      What you write stands here as its reader sees it.
    </PhoneFrame>
  );
}
