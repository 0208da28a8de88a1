import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { channelTests, dltTemplates, whatsappTemplates } from "@/db/schema/channels";
import { workspaces } from "@/db/schema/workspaces";
import { type Transaction, withHotTransaction, withTransaction } from "@/db/transaction";
import { addressHint } from "@/server/consent";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId, parseId } from "@/server/platform/ids";
import { countSms } from "@/server/platform/sms";
import type { MessageContent } from "../adapter";
import { senderMailbox } from "../headers";
import { fillPlaces } from "../registry/places";
import type { sendTestInput } from "../schemas";
import type { Channel } from "../status";
import { accountById } from "./account-for";
import { lockAccount } from "./find-account";
import { sendTestMessage, spellAddress } from "./test-message";

type Given = z.output<typeof sendTestInput>;

/**
 * Sends one message to an address of the person's choice through the account's real adapter, whatever the account's state.
 * It belongs to no campaign and is counted nowhere; what becomes of it is shown beside the account.
 */
export async function sendTest(ctx: Context, given: Given): Promise<{ testId: string }> {
  const testId = newId();
  const { content, address } = await withTransaction(ctx, async (tx) => {
    const account = await lockAccount(tx, ctx, given.accountId);
    const address = spellAddress(account.channel, given.to);
    const content = await compose(tx, ctx, account.channel, given);
    await tx.insert(channelTests).values({
      id: testId,
      workspaceId: ctx.workspaceId,
      accountId: account.id,
      requestedBy: ctx.actor.id ?? ctx.workspaceId,
      addressHint: addressHint(account.channel, address),
      state: "sending",
    });
    await recordAudit(tx, ctx, {
      action: "channel_account.tested",
      subjectType: "channel_account",
      subjectId: account.id,
    });
    return { content, address };
  });
  const account = await withHotTransaction(ctx.workspaceId, (sql) =>
    accountById(sql, ctx.workspaceId, given.accountId),
  );
  await sendTestMessage(ctx, required(account, "account"), { testId, address, campaignId: null, content });
  return { testId };
}

async function compose(
  tx: Transaction,
  ctx: Context,
  channel: Channel,
  given: Given,
): Promise<MessageContent> {
  const [workspace] = await tx
    .select({ name: workspaces.name })
    .from(workspaces)
    .where(eq(workspaces.id, ctx.workspaceId));
  const company = required(workspace, "workspace").name;
  const text = `This is a test from ${company}. If you can read it, the account works.`;
  if (channel === "email")
    return {
      channel,
      from: senderMailbox(company),
      subject: `Test from ${company}`,
      html: null,
      text,
      unsubscribeUrl: null,
      attachments: [],
    };
  return channel === "sms" ? composeSms(tx, ctx, given, text) : composeWhatsApp(tx, ctx, given, text);
}

async function composeSms(
  tx: Transaction,
  ctx: Context,
  given: Given,
  text: string,
): Promise<MessageContent> {
  if (given.registrationId === null) return { channel: "sms", text, parts: countSms(text).parts, dlt: null };
  const [row] = await tx
    .select()
    .from(dltTemplates)
    .where(
      and(eq(dltTemplates.id, parseId(given.registrationId)), eq(dltTemplates.workspaceId, ctx.workspaceId)),
    );
  const { entityId, header, templateId, text: registered } = required(row, "registered text");
  const filled = fillPlaces(registered, given.variables);
  return {
    channel: "sms",
    text: filled,
    parts: countSms(filled).parts,
    dlt: { entityId, header, templateId, variables: given.variables },
  };
}

async function composeWhatsApp(
  tx: Transaction,
  ctx: Context,
  given: Given,
  text: string,
): Promise<MessageContent> {
  if (given.templateId === null) return { channel: "whatsapp", text, template: null };
  const [row] = await tx
    .select()
    .from(whatsappTemplates)
    .where(
      and(
        eq(whatsappTemplates.id, parseId(given.templateId)),
        eq(whatsappTemplates.workspaceId, ctx.workspaceId),
      ),
    );
  const { name, language, category, parts } = required(row, "template");
  if (parts.header && parts.header.kind !== "text")
    throw new AppError(
      "BAD_INPUT",
      "A test cannot carry a picture or document: choose a template without one.",
      {
        field: "templateId",
      },
    );
  const body = parts.body.replace(/\{\{(\d+)\}\}/g, (_, number) => given.variables[Number(number) - 1] ?? "");
  return {
    channel: "whatsapp",
    text: body,
    template: {
      ...{ name, language, category, header: null, variables: given.variables },
      title: parts.header?.kind === "text" ? parts.header.text : null,
      footer: parts.footer,
      buttons: parts.buttons.map((button) =>
        button.kind === "url"
          ? {
              kind: "url",
              label: button.label,
              value: button.url.replace("{{1}}", "test"),
              parameter: button.url.includes("{{1}}") ? "test" : null,
            }
          : {
              kind: button.kind,
              label: button.label,
              value: button.kind === "phone" ? button.phone : button.label,
              parameter: null,
            },
      ),
    },
  };
}
