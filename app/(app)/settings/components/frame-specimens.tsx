import { MailFrame } from "@/components/ui/mail-frame";
import { PhoneFrame, type PhoneMessage } from "@/components/ui/phone-frame";
import { Specimen } from "./specimen";

const messages: readonly PhoneMessage[] = [
  {
    id: "one",
    title: "Your policy is due on 30 November",
    body: "Dear Asha, the premium of ₹18,450 for policy LI-204881 is due in 7 days. Renew now and keep your no-claim bonus.",
    footer: "Suraksha Insurance",
    time: "14:05",
    picture: true,
    buttons: ["Renew now", "Call me back"],
  },
  {
    id: "two",
    body: "प्रिय आशा, आपकी पॉलिसी का नवीनीकरण 30 नवंबर को होना है।",
    time: "14:06",
  },
];

const html = `<div style="font:15px/1.6 system-ui,sans-serif;padding:24px;max-width:560px;margin:auto">
<p>Dear Asha,</p><p>The premium of <b>₹18,450</b> for your policy LI-204881 is due on 30 November.</p>
<p><a href="https://example.com/renew">Renew the policy</a></p><p>Suraksha Insurance</p></div>`;

export function FrameSpecimens() {
  return (
    <Specimen name="Previews">
      <PhoneFrame sender="Suraksha Insurance" messages={messages} />
      <PhoneFrame sender="Suraksha Insurance" theme="dark" messages={messages} />
      <div className="w-full max-w-2xl">
        <MailFrame
          sender="Suraksha Insurance"
          address="care@suraksha.example"
          subject="Your policy is due on 30 November"
          preheader="Renew in two minutes and keep your no-claim bonus"
          time="12 Nov, 14:05"
          theme="light"
          html={html}
        />
      </div>
    </Specimen>
  );
}
