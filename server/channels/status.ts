import type { Role } from "@/server/platform/context";

/** The channels that a message can take. `call` has consent and suppression too, but no messages. */
export const channels = ["whatsapp", "sms", "email"] as const;
export type Channel = (typeof channels)[number];
export const channelLabels = {
  whatsapp: "WhatsApp",
  sms: "SMS",
  email: "E-mail",
} as const satisfies Record<Channel, string>;

/**
 * Who can carry a channel. A new one is a folder below `server/channels` and a line here. `perSecond`: messages a second that
 * the provider itself begins with; null where it names no number.
 */
export const providers = {
  sandbox: { label: "Sandbox inbox", channels: ["whatsapp", "sms", "email"], perSecond: null },
  smtp: { label: "SMTP server", channels: ["email"], perSecond: null },
  // Cloud API numbers begin with 80 messages a second (performance.md).
  meta: { label: "WhatsApp Cloud API (Meta)", channels: ["whatsapp"], perSecond: 80 },
  twilio: { label: "Twilio", channels: ["whatsapp", "sms"], perSecond: null },
  msg91: { label: "MSG91", channels: ["sms"], perSecond: null },
} as const satisfies Record<
  string,
  { label: string; channels: readonly Channel[]; perSecond: number | null }
>;
export type Provider = keyof typeof providers;

/** Who may set channels up. */
export const channelEditors = ["admin"] as const;

/** Who may look at them, and write templates: those who write campaigns. */
export const channelReaders = ["admin", "marketer"] as const;

export const mayReadChannels = (role: Role): boolean => channelReaders.some((reader) => reader === role);
