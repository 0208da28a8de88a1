/** The channels that a message can take. `call` has consent and suppression too, but no messages. */
export const channels = ["whatsapp", "sms", "email"] as const;
export type Channel = (typeof channels)[number];
export const channelLabels = {
  whatsapp: "WhatsApp",
  sms: "SMS",
  email: "E-mail",
} as const satisfies Record<Channel, string>;

/** Who can carry a channel. A new one is a folder below `server/channels` and a line here. */
export const providers = {
  sandbox: { label: "Sandbox inbox", channels: ["whatsapp", "sms", "email"] },
  smtp: { label: "SMTP server", channels: ["email"] },
  meta: { label: "WhatsApp Cloud API (Meta)", channels: ["whatsapp"] },
  twilio: { label: "Twilio", channels: ["whatsapp", "sms"] },
  msg91: { label: "MSG91", channels: ["sms"] },
} as const satisfies Record<string, { label: string; channels: readonly Channel[] }>;
export type Provider = keyof typeof providers;
