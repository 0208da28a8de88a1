import type { Tone } from "@/components/ui/tone";
import type { AccountLine, Health } from "@/server/channels/accounts/account-line";
import type { TestLine } from "@/server/channels/accounts/test-events";
import { type Channel, providers } from "@/server/channels/status";
import { formatCount } from "@/server/platform/format";

/** The state of an account in one word. */
export const healthLooks: Record<Health["state"], { label: string; tone: Tone }> = {
  works: { label: "Works", tone: "good" },
  untried: { label: "Not tried yet", tone: "neutral" },
  paused: { label: "Paused", tone: "attention" },
  trouble: { label: "Needs you", tone: "danger" },
};

/** What takes messages, as people call it: "WhatsApp Cloud API (Meta)". */
export const providerLabel = ({ provider }: Pick<AccountLine, "provider">): string =>
  providers[provider].label;

/** How fast an account sends: "80 a second". */
export function rateWords({
  ratePerSecond,
  provider,
}: Pick<AccountLine, "ratePerSecond" | "provider">): string {
  const rate = ratePerSecond ?? providers[provider].perSecond;
  return rate === null ? "No rate limit" : `${formatCount(rate, 2)} a second`;
}

export const testLooks: Record<TestLine["state"], { label: string; tone: Tone; live?: boolean }> = {
  sending: { label: "Sending", tone: "information", live: true },
  accepted: { label: "Accepted", tone: "information" },
  delivered: { label: "Delivered", tone: "good" },
  read: { label: "Read", tone: "good" },
  failed: { label: "Failed", tone: "danger" },
};

/** What an address is called on a channel. */
export const addressWords: Record<Channel, { label: string; placeholder: string; help: string }> = {
  whatsapp: {
    label: "WhatsApp number",
    placeholder: "+91 98123 45678",
    help: "Your own, with its country code.",
  },
  sms: { label: "Mobile number", placeholder: "+91 98123 45678", help: "Your own, with its country code." },
  email: { label: "E-mail address", placeholder: "you@example.com", help: "Your own mailbox." },
};
