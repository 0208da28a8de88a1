import type { Channel } from "./status";

/**
 * What a provider tells of a message afterwards, the same for all of them: an adapter's webhook parser makes these, and
 * `recordProviderEvents` (deliveries) and `recordReply` (responses) take them. They arrive late, twice and out of order.
 */
export type ProviderEvent =
  | {
      kind: "delivered" | "read" | "failed" | "bounced";
      /** The execution's public id, as it came back in the provider's own field. */
      publicId: string;
      /** The provider's id of this event, or what makes a repetition the same. */
      dedupeKey: string;
      occurredAt: Date;
      /** For failed and bounced: the class of delivery.md and the provider's words, without addresses. */
      reason: string | null;
      detail: string | null;
      /** The address itself is dead: suppress it on this channel. */
      suppress: boolean;
      /** What the provider charged, where it says so (micro-units). */
      cost: { micros: bigint; currency: string } | null;
    }
  | {
      kind: "reply";
      channel: Channel;
      from: string;
      text: string;
      /** The label of the quick-reply button that was pressed. */
      button: string | null;
      publicId: string | null;
      providerMessageId: string;
      occurredAt: Date;
    }
  | { kind: "opted_out"; channel: Channel; address: string; publicId: string | null; occurredAt: Date }
  | {
      kind: "template_status";
      name: string;
      language: string;
      approval: "approved" | "rejected" | "paused" | "disabled";
      reason: string | null;
    };
