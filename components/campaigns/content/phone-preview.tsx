import { PhoneFrame } from "@/components/ui/phone-frame";
import type { Preview } from "@/server/campaigns/preview";

type Content = Extract<NonNullable<Preview["message"]>, { ok: true }>["content"];

type PhonePreviewProps = {
  content: Exclude<Content, { channel: "email" }>;
  sender: string;
  theme: "light" | "dark";
};

/** An SMS or a WhatsApp message on its reader's phone. */
export function PhonePreview({ content, sender, theme }: PhonePreviewProps) {
  const template = content.channel === "whatsapp" ? content.template : null;
  // An SMS comes from the header that is registered for it.
  const from = content.channel === "sms" ? (content.dlt?.header ?? sender) : sender;
  return (
    <div className="flex justify-center rounded-md bg-canvas px-4 py-6">
      <PhoneFrame
        sender={from}
        theme={theme}
        messages={[
          {
            id: "preview",
            body: content.text,
            time: "now",
            ...(template?.title && { title: template.title }),
            ...(template?.header && { picture: true }),
            ...(template?.footer && { footer: template.footer }),
            ...(template && { buttons: template.buttons.map(({ label }) => label) }),
          },
        ]}
      />
    </div>
  );
}
