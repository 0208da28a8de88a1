import { and, desc, eq, sql } from "drizzle-orm";
import { sandboxMessages } from "@/db/schema/sandbox";
import { withTransaction } from "@/db/transaction";
import { env } from "@/env";
import { maskerFor } from "@/server/customers";
import { decodePublicId } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import type { ResponseClass } from "@/server/responses/status";
import { conversationInput } from "./schemas";
import { visibleMessages } from "./scope";

/** What happened to a message on its way to the phone: one tick, two, or two that are blue. */
export type Ticks = "sent" | "delivered" | "read";

export type PhoneButton = { kind: "quick_reply" | "url" | "phone"; label: string; value: string };

/** A bubble on the customer's phone. */
export type PhonePart = { id: string; at: string; text: string } & (
  | {
      by: "us";
      kind: "campaign" | "test";
      campaign: { id: string; name: string } | null;
      title: string | null;
      footer: string | null;
      /** A picture, document or video above the words. */
      header: "image" | "document" | "video" | null;
      buttons: PhoneButton[];
      ticks: Ticks;
    }
  | { by: "customer"; responseId: string; class: ResponseClass }
);

export type PhoneConversation = {
  /** The message that was asked for; a reply answers the latest one. */
  messageId: string;
  latestId: string;
  channel: "sms" | "whatsapp";
  /** Masked for roles that read addresses so. */
  address: string;
  name: string;
  customerId: string | null;
  /** Who it seems to come from. */
  sender: string;
  /** This installation's own address: the screen leads such links to the host that it was reached by. */
  ownAddress: string;
  /** Oldest first. */
  parts: PhonePart[];
  /** True when there are older messages than these. */
  more: boolean;
};

type Template = {
  title: string | null;
  footer: string | null;
  header: { kind: "image" | "document" | "video" } | null;
  buttons: PhoneButton[];
} | null;

/**
 * The phone of the person whom a WhatsApp message or an SMS went to: all that this address got and answered on the channel,
 * as its screen shows it. Our own links lead to the host that shows them. Changes nothing.
 * @throws AppError FORBIDDEN, NOT_FOUND (also for a mail)
 */
export async function getConversation(
  ctx: Context,
  given: { messageId: string; size?: number },
): Promise<PhoneConversation> {
  const { messageId, size } = conversationInput.parse(given);
  const visible = visibleMessages(ctx);
  return withTransaction(ctx, async (tx) => {
    const [asked] = await tx
      .select()
      .from(sandboxMessages)
      .where(and(visible, eq(sandboxMessages.id, parseId(messageId))));
    const { channel, toAddress } = required(asked?.channel === "email" ? null : asked, "message");
    const masker = await maskerFor(tx, ctx);
    const rows = await tx
      .select({
        row: sandboxMessages,
        campaign: sql<
          string | null
        >`(select name from campaigns where campaigns.id = ${sandboxMessages.campaignId})`,
      })
      .from(sandboxMessages)
      .where(and(visible, eq(sandboxMessages.channel, channel), eq(sandboxMessages.toAddress, toAddress)))
      .orderBy(desc(sandboxMessages.id))
      .limit(size + 1);
    const shown = rows.slice(0, size);
    const keys = shown.flatMap(({ row }) => decodePublicId(row.publicId) ?? []);
    const states = await tx.execute<{ runNumber: number; seq: number; read: boolean }>(sql`
      select k."runNumber", k.seq, exists (select from delivery_events d where d.part = k.part
        and d.run_number = k."runNumber" and d.seq = k.seq and d.kind = 'read') as read
      from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k(part int, "runNumber" bigint, seq int)`);
    const read = new Set(states.filter((row) => row.read).map((row) => `${row.runNumber}.${row.seq}`));
    const replies = await tx.execute<{ id: string; at: string; text: string; class: ResponseClass }>(sql`
      select r.id, to_json(r.received_at) #>> '{}' as at, r.text, r.class from responses r
      where r.workspace_id = ${ctx.workspaceId} and r.channel = ${channel} and r.from_address = ${toAddress}
        and r.received_at >= ${shown.at(-1)?.row.deliveredAt.toISOString() ?? null}::timestamptz
        and (r.customer_id is null or r.customer_id in (select id from customers where workspace_id = ${ctx.workspaceId}
          and phone = ${toAddress}))
      order by r.id desc limit ${size * 2}`);
    const [company] = await tx.execute<{ name: string }>(
      sql`select name from workspaces where id = ${ctx.workspaceId}`,
    );
    const ours = shown.map(({ row, campaign }): PhonePart => {
      const template = (row.content.template ?? null) as Template;
      const key = decodePublicId(row.publicId);
      return {
        by: "us",
        id: row.id,
        at: row.deliveredAt.toISOString(),
        kind: row.kind === "test" ? "test" : "campaign",
        text: masker.text(row.text),
        campaign: row.campaignId && campaign !== null ? { id: row.campaignId, name: campaign } : null,
        title: template?.title ?? null,
        footer: template?.footer ?? null,
        header: template?.header?.kind ?? null,
        buttons: (template?.buttons ?? []).map(({ kind, label, value }) => ({ kind, label, value })),
        ticks: key && read.has(`${key.runNumber}.${key.seq}`) ? "read" : "delivered",
      };
    });
    const theirs = replies.map(
      ({ id, ...reply }): PhonePart => ({
        ...reply,
        by: "customer",
        id,
        responseId: id,
        text: masker.text(reply.text),
      }),
    );
    const newest = shown[0]?.row;
    return {
      messageId,
      latestId: newest?.id ?? messageId,
      channel: channel === "sms" ? "sms" : "whatsapp",
      address: masker.address(toAddress),
      name: newest?.toName ?? "",
      customerId: newest?.customerId ?? null,
      sender: senderOf(newest?.content ?? {}) ?? company?.name ?? "",
      ownAddress: env.RINGBACK_URL,
      // Ids tell the order within one millisecond.
      parts: [...ours, ...theirs].toSorted(
        (one, other) => one.at.localeCompare(other.at) || one.id.localeCompare(other.id),
      ),
      more: rows.length > shown.length,
    };
  });
}

/** An SMS comes from its registered header, a WhatsApp message from the company. */
function senderOf({ dlt }: Record<string, unknown>): string | null {
  return (dlt as { header?: string } | null | undefined)?.header ?? null;
}
