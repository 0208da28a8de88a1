import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type CampaignCategory, purposeOf } from "@/server/campaigns/status";
import type { Channel } from "@/server/channels/status";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { requireLead } from "../close";
import { requireHold } from "../hold";
import { callbackReaders } from "../status";
import { inReach } from "../visible";
import { say } from "./send";

export type MessageTemplate = { id: string; name: string; description: string; channels: Channel[] };

const MOST = 100;

/**
 * Templates that an agent may send about a call: service messages in use; for agents and advisors those that are approved
 * (`joints.md`, roles). @throws AppError FORBIDDEN
 */
export function listMessageTemplates(ctx: Context): Promise<MessageTemplate[]> {
  requireRole(ctx, ...callbackReaders);
  return withTransaction(ctx, (tx) => readTemplates(tx, ctx));
}

async function readTemplates(tx: Transaction, ctx: Context): Promise<MessageTemplate[]> {
  const approvedOnly = ctx.role === "agent" || ctx.role === "advisor";
  const rows = await tx.execute<MessageTemplate & { category: CampaignCategory }>(sql`
    select id, name, description, channels, category from templates
    where workspace_id = ${ctx.workspaceId} and archived_at is null and (approved_at is not null or not ${approvedOnly})
    order by lower(name), id limit 500`);
  return rows
    .filter(({ category }) => purposeOf(category) === "service")
    .slice(0, MOST)
    .map(({ category: _, ...template }) => template);
}

export const messageInput = z.object({
  callbackId: z.string(),
  /** The claim of the agent who writes; a supervisor or an administrator needs none. */
  generation: z.number().int().nullish(),
  templateId: z.string(),
});
export type MessageInput = z.input<typeof messageInput>;

/**
 * Messages the customer of a request from a template. It goes through the ledger: consent, suppression and quiet hours decide,
 * and what became of it stands in the request's log. @throws AppError CONFLICT `claim_ended`, `no_customer`; FORBIDDEN; NOT_FOUND
 */
export function messageCustomer(ctx: Context, input: MessageInput): Promise<{ channel: Channel }> {
  const { callbackId, generation, templateId } = messageInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    if (generation != null) await requireHold(tx, ctx, { callbackId, generation });
    else requireLead(ctx);
    const [row] = await tx.execute<{ customerId: string | null; messages: number }>(sql`
      select r.customer_id as "customerId", (select count(*)::int from callback_activities a
        where a.workspace_id = r.workspace_id and a.callback_id = r.id and a.kind = 'messaged') as messages
      from callback_requests r where ${inReach(ctx)} and r.id = ${parseId(callbackId)} for update of r`);
    const { customerId, messages } = required(row, "callback request");
    const template = required(
      (await readTemplates(tx, ctx)).find(({ id }) => id === templateId),
      "template",
    );
    if (customerId === null)
      throw new AppError(
        "CONFLICT",
        "This number belongs to no customer yet, so there is nobody to message. Add the customer first.",
        { code: "no_customer" },
      );
    const sent = await say(tx, ctx, {
      kind: "agent",
      about: { callbackId, customerId, nth: messages },
      words: { templateId: template.id, subject: null, body: null },
      template: template.name,
    });
    if (!sent)
      throw new AppError("CONFLICT", "The message was not sent. The customer may have been removed.");
    return { channel: sent.channel };
  });
}
