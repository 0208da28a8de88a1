import { env } from "@/env";
import { AppError } from "@/server/platform/errors";
import { ProviderClient, readJson } from "@/server/platform/provider-client";
import type { ChannelAdapter, OutboundMessage, SendOutcome, WhatsAppContent } from "../adapter";
import { type FileReader, FileUnavailable, withoutFile } from "../files";
import { lost } from "../http/outcomes";
import { type Prepared, sendEach } from "../http/send-each";
import { Slots } from "../http/slots";
import { providers } from "../status";
import { graph, VERSION } from "./calls";
import { classifyAnswer } from "./errors";
import { MediaShelf } from "./media";
import { type Media, messageBody } from "./message";
import type { MetaConfig, MetaSecrets } from "./schemas";
import { listTemplates, submitTemplate } from "./templates";
import { parseWebhook, verifySignature } from "./webhooks";

const CONNECTIONS = 20;

/** WhatsApp through Meta's Cloud API. Not idempotent: it has no key, so an answer that is lost leaves the outcome unknown. */
export function metaAdapter(config: MetaConfig, secrets: MetaSecrets, readFile: FileReader): ChannelAdapter {
  const client = new ProviderClient(env.META_API_URL, CONNECTIONS);
  const slots = new Slots(CONNECTIONS);
  const shelf = new MediaShelf(client, { ...config, ...secrets });
  const path = `/${VERSION}/${config.phoneNumberId}/messages`;
  const headers = {
    authorization: `Bearer ${secrets.accessToken}`,
    "content-type": "application/json",
  };

  async function prepare(workspaceId: string, message: OutboundMessage): Promise<Prepared> {
    if (!isWhatsApp(message)) throw new Error("the WhatsApp adapter carries WhatsApp only");
    const header = message.content.template?.header ?? null;
    let media: Media | null = null;
    try {
      if (header) media = await shelf.get(header.fileId, () => readFile(workspaceId, header.fileId));
    } catch (error) {
      return { outcome: mediaTrouble(error) };
    }
    const body = JSON.stringify(messageBody(message, media));
    return { deliver: () => deliver(body) };
  }

  async function deliver(body: string): Promise<SendOutcome> {
    const exchange = await client.call({ method: "POST", path, headers, body });
    if (!exchange.ok) return lost(exchange, "Meta");
    if (exchange.answer.status !== 200) return classifyAnswer(exchange.answer);
    const [accepted] = (readJson(exchange.answer)?.messages ?? []) as { id?: string }[];
    if (!accepted?.id) return { kind: "unknown", reason: "answer_lost", detail: "an answer without an id" };
    return { kind: "accepted", delivered: false, providerMessageId: accepted.id };
  }

  return {
    name: "meta",
    idempotent: false,
    limits: { connections: CONNECTIONS, perSecond: providers.meta.perSecond },
    send: (workspaceId, messages, hooks) =>
      sendEach(messages, hooks, { slots, prepare: (message) => prepare(workspaceId, message) }),
    close: () => client.close(),
    webhooks: {
      verify: (request) => verifySignature(request, secrets.appSecret),
      parse: (request) => parseWebhook(request, config.phoneNumberId),
    },
    check: async () => {
      try {
        const number = await graph(client, secrets.accessToken, {
          method: "GET",
          path: `/${config.phoneNumberId}?fields=display_phone_number,verified_name,quality_rating`,
        });
        await listTemplates(client, { ...config, ...secrets });
        return {
          ok: true,
          facts: [
            `Sends as “${String(number.verified_name)}” from ${String(number.display_phone_number)}.`,
            `Quality rating: ${String(number.quality_rating ?? "unknown").toLowerCase()}.`,
          ],
          found: { displayNumber: String(number.display_phone_number) },
        };
      } catch (error) {
        if (error instanceof AppError) return { ok: false, sentence: error.message };
        throw error;
      }
    },
    templates: {
      list: () => listTemplates(client, { ...config, ...secrets }),
      submit: (template) => submitTemplate(client, { ...config, ...secrets }, template),
    },
  };
}

const isWhatsApp = (message: OutboundMessage): message is OutboundMessage<WhatsAppContent> =>
  message.content.channel === "whatsapp";

/** The file of the header cannot be had, or is not taken: the campaign's content is at fault, not the customer. */
function mediaTrouble(error: unknown): SendOutcome {
  if (error instanceof FileUnavailable) return withoutFile(error);
  const words = (error as Error).message;
  if (error instanceof AppError && error.code === "UNAVAILABLE")
    return { kind: "unreachable", detail: words, sentence: words };
  return {
    kind: "configuration",
    scope: "content",
    begun: false,
    detail: words,
    sentence: `The file of the template's heading could not be given to WhatsApp (“${words}”). Nothing was lost: correct it, then resume.`,
  };
}
