import type { ChannelAdapter, SendOutcome } from "@/server/channels";
import type { ProviderEvent } from "@/server/channels/provider-event";

type Report = Extract<ProviderEvent, { dedupeKey: string }>;

/** A channel that takes every message and says nothing of what becomes of it: receipts come afterwards. */
export function silentProvider(
  answer: (publicId: string, address: string) => SendOutcome = () => ({
    kind: "accepted",
    delivered: false,
    providerMessageId: null,
  }),
): ChannelAdapter & { sent: { publicId: string; address: string; channel: string; text: string }[] } {
  const sent: { publicId: string; address: string; channel: string; text: string }[] = [];
  return {
    name: "silent",
    idempotent: false,
    limits: { connections: 10, perSecond: null },
    sent,
    send: async (_workspaceId, messages, hooks) =>
      messages.map(({ publicId, to, content }, index) => {
        if (!hooks.start(index)) return { kind: "not_started" };
        const outcome = answer(publicId, to.address);
        if (outcome.kind === "accepted")
          sent.push({ publicId, address: to.address, channel: content.channel, text: content.text });
        hooks.finish(index, outcome);
        return outcome;
      }),
    close: async () => {},
  };
}

/** A provider's report, as its webhook parser makes it. */
export const report = (publicId: string, kind: Report["kind"], given: Partial<Report> = {}): Report => ({
  kind,
  publicId,
  dedupeKey: `${kind}:${publicId}`,
  occurredAt: new Date("2026-11-25T06:00:00Z"),
  reason: null,
  detail: null,
  suppress: false,
  cost: null,
  ...given,
});
