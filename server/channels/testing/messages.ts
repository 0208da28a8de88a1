import { newId } from "@/server/platform/ids";
import type { MessageContent, OutboundMessage } from "../adapter";
import { msg91Settings } from "../msg91/testing/fake";

let number = 9_800_000_000;

const message = (content: MessageContent): OutboundMessage => ({
  publicId: newId().replaceAll("-", ""),
  campaignId: null,
  customerId: null,
  kind: "campaign",
  to: {
    name: "Asha",
    address: content.channel === "email" ? `a${number++}@example.test` : `+91${number++}`,
  },
  content,
});

/** A mail to somebody new. */
export const email = () =>
  message({
    channel: "email",
    from: { name: "Suraksha", address: "no-reply@suraksha.test" },
    subject: "Renewal",
    html: "<p>Hello</p>",
    text: "Hello",
    unsubscribeUrl: null,
    attachments: [],
  });

/** A registered Indian text to somebody new. */
export const sms = () =>
  message({
    channel: "sms",
    text: "Dear Asha, renew today",
    parts: 1,
    dlt: {
      entityId: msg91Settings.entityId,
      header: "SURKSH",
      templateId: "1107161234567890123",
      variables: ["Asha", "today"],
    },
  });

/** A template with variables and buttons to somebody new. */
export const whatsapp = () =>
  message({
    channel: "whatsapp",
    text: "Hi Asha, your policy renews on 3 December.",
    template: {
      name: "renewal_reminder",
      language: "en",
      category: "utility",
      variables: ["Asha", "3\nDecember"],
      header: null,
      title: null,
      footer: null,
      buttons: [
        { kind: "quick_reply", label: "Call me", value: "Call me", parameter: null },
        { kind: "url", label: "Renew", value: "https://example.test/t/c/abc", parameter: "abc" },
      ],
    },
  });
