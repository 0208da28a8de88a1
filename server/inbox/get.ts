import { and, eq } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import { customers } from "@/db/schema/customers";
import { sandboxMessages } from "@/db/schema/sandbox";
import { withTransaction } from "@/db/transaction";
import { env } from "@/env";
import { maskerFor } from "@/server/customers";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { listVisits, type VisitLine } from "@/server/tracking";
import type { MessageKind } from "./schemas";
import { visibleMessages } from "./scope";

type Named = { id: string; name: string };

export type Message = {
  id: string;
  kind: MessageKind;
  channel: "email" | "sms" | "whatsapp";
  from: string;
  toName: string;
  toAddress: string;
  subject: string;
  html: string | null;
  text: string;
  headers: Record<string, string>;
  deliveredAt: Date;
  read: boolean;
  campaign: Named | null;
  customer: Named | null;
  /** What its reader, or a machine on the way, did with it; oldest first. */
  visits: VisitLine[];
};

/** One message as its reader sees it, with what stands behind it. Changes nothing. @throws AppError NOT_FOUND, FORBIDDEN */
export async function getMessage(ctx: Context, input: { id: string }): Promise<Message> {
  const id = parseId(input.id);
  const [found, masker] = await withTransaction(ctx, async (tx) => {
    const [message] = await tx
      .select({ row: sandboxMessages, campaign: campaigns.name, customer: customers.name })
      .from(sandboxMessages)
      .leftJoin(campaigns, eq(campaigns.id, sandboxMessages.campaignId))
      .leftJoin(customers, eq(customers.id, sandboxMessages.customerId))
      .where(and(visibleMessages(ctx), eq(sandboxMessages.id, id)));
    return [message, await maskerFor(tx, ctx)] as const;
  });
  const { row, campaign, customer } = required(found, "message");
  return {
    id: row.id,
    kind: row.kind,
    channel: row.channel,
    from: row.fromAddress,
    toName: row.toName,
    toAddress: masker.address(row.toAddress),
    subject: row.subject,
    html: row.html && onThisHost(row.html),
    text: row.text,
    headers: Object.fromEntries(
      Object.entries(row.headers).map(([name, value]) => [name, masker.text(value)]),
    ),
    deliveredAt: row.deliveredAt,
    read: row.readAt !== null,
    campaign: named(row.campaignId, campaign),
    customer: named(row.customerId, customer),
    visits: row.kind === "campaign" ? await listVisits(ctx, row.publicId) : [],
  };
}

const named = (id: string | null, name: string | null): Named | null =>
  id === null || name === null ? null : { id, name };

/** Our own pixel and links without the host: they count under whatever name the app was reached by, and under its CSP. */
const onThisHost = (html: string): string => html.replaceAll(`"${env.RINGBACK_URL}/`, '"/');
