import { env } from "@/env";
import { AppError } from "@/server/platform/errors";
import { ProviderClient, readJson } from "@/server/platform/provider-client";
import type { ChannelAdapter, OutboundMessage, SendOutcome } from "../adapter";
import { lost } from "../http/outcomes";
import { type Prepared, sendEach } from "../http/send-each";
import { Slots } from "../http/slots";
import type { Channel } from "../status";
import { twilioCalls } from "./calls";
import { contentIds } from "./content-ids";
import { classifyAnswer } from "./errors";
import { messageForm } from "./message";
import type { TwilioConfig, TwilioSecrets } from "./schemas";
import { listTemplates, submitTemplate } from "./templates";
import { parseWebhook, verifySignature } from "./webhooks";

const CONNECTIONS = 20;

export type TwilioAccount = {
  accountId: string;
  channel: Channel;
  config: TwilioConfig;
  secrets: TwilioSecrets;
  /** Our webhook address for this account. */
  door: string;
};

/** SMS and WhatsApp through Twilio. Not idempotent: it has no key, so an answer that is lost leaves the outcome unknown. */
export function twilioAdapter({ accountId, channel, config, secrets, door }: TwilioAccount): ChannelAdapter {
  const client = new ProviderClient(env.TWILIO_API_URL, CONNECTIONS);
  const contents = new ProviderClient(env.TWILIO_CONTENT_URL, 4);
  const slots = new Slots(CONNECTIONS);
  const authorization = `Basic ${Buffer.from(`${config.accountSid}:${secrets.authToken}`).toString("base64")}`;
  const call = twilioCalls(client, authorization);
  const callContent = twilioCalls(contents, authorization);
  const path = `/2010-04-01/Accounts/${config.accountSid}/Messages.json`;
  const headers = { authorization, "content-type": "application/x-www-form-urlencoded" };

  function prepare(message: OutboundMessage, ids: Map<string, string>): Prepared {
    if (message.content.channel !== channel) throw new Error(`this Twilio account carries ${channel} only`);
    const refusal = refuse(message, ids);
    if (refusal) return { outcome: refusal };
    const contentSid = templateId(message, ids);
    const body = messageForm(message, { config, door, contentSid }).toString();
    return { deliver: () => deliver(body) };
  }

  async function deliver(body: string): Promise<SendOutcome> {
    const exchange = await client.call({ method: "POST", path, headers, body });
    if (!exchange.ok) return lost(exchange, "Twilio");
    if (exchange.answer.status !== 201) return classifyAnswer(exchange.answer);
    const sid = readJson(exchange.answer)?.sid;
    if (typeof sid !== "string")
      return { kind: "unknown", reason: "answer_lost", detail: "an answer without an id" };
    return { kind: "accepted", delivered: false, providerMessageId: sid };
  }

  return {
    name: "twilio",
    idempotent: false,
    limits: { connections: CONNECTIONS, perSecond: null },
    send: async (workspaceId, messages, hooks) => {
      const ids = channel === "whatsapp" ? await contentIds(workspaceId, accountId) : new Map();
      return sendEach(messages, hooks, { slots, prepare: (message) => prepare(message, ids) });
    },
    close: async () => {
      await Promise.all([client.close(), contents.close()]);
    },
    webhooks: {
      verify: (request) => verifySignature(request, secrets.authToken),
      parse: (request) => parseWebhook(request, channel),
    },
    check: async () => {
      try {
        const account = await call({ method: "GET", path: `/2010-04-01/Accounts/${config.accountSid}.json` });
        if (account.status !== "active")
          return { ok: false, sentence: `Twilio says that this account is ${String(account.status)}.` };
        return { ok: true, facts: [`Account “${String(account.friendly_name)}”, ${String(account.type)}.`] };
      } catch (error) {
        if (error instanceof AppError) return { ok: false, sentence: error.message };
        throw error;
      }
    },
    ...(channel === "whatsapp"
      ? {
          templates: {
            list: () => listTemplates(callContent),
            submit: (template) => submitTemplate(callContent, template),
          },
        }
      : {}),
  };
}

const templateId = ({ content }: OutboundMessage, ids: Map<string, string>): string | null =>
  content.channel === "whatsapp" && content.template
    ? (ids.get(`${content.template.name} ${content.template.language}`) ?? null)
    : null;

/** What cannot be sent at all, known before Twilio sees it. */
function refuse(message: OutboundMessage, ids: Map<string, string>): SendOutcome | null {
  const { content, to } = message;
  if (content.channel === "sms" && to.address.startsWith("+91") && content.dlt === null)
    return {
      kind: "failed",
      reason: "rejected",
      detail: "an SMS to India needs a text of the DLT registry",
      suppress: false,
    };
  if (content.channel === "whatsapp" && content.template && templateId(message, ids) === null)
    return {
      kind: "configuration",
      scope: "content",
      begun: false,
      detail: "the template is not at Twilio",
      sentence: `Twilio does not have the template “${content.template.name}” (${content.template.language}). Synchronise the templates or submit it, then resume.`,
    };
  return null;
}
