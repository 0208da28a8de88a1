import { env } from "@/env";
import { ProviderClient, readJson } from "@/server/platform/provider-client";
import type { ChannelAdapter, OutboundMessage, SendOutcome } from "../adapter";
import { lost } from "../http/outcomes";
import { type Prepared, sendEach } from "../http/send-each";
import { Slots } from "../http/slots";
import { matchRegistered } from "../registry/places";
import { classifyAnswer } from "./errors";
import { type Registered, registeredTexts } from "./registered";
import type { Msg91Config, Msg91Secrets } from "./schemas";
import { parseWebhook, verifyKey } from "./webhooks";

const CONNECTIONS = 20;
const PATH = "/api/v5/flow";

/**
 * Indian SMS through MSG91's flow API: a text of the DLT registry, its variables, nothing else. One recipient a call, so
 * that each has an answer of its own. Not idempotent. Its shapes were written from public documentation
 * (`specs/PROVENANCE.md`).
 */
export function msg91Adapter(config: Msg91Config, secrets: Msg91Secrets, webhookKey: string): ChannelAdapter {
  const client = new ProviderClient(env.MSG91_API_URL, CONNECTIONS);
  const slots = new Slots(CONNECTIONS);
  const headers = { authkey: secrets.authKey, "content-type": "application/json" };

  function prepare(message: OutboundMessage, texts: Map<string, Registered>): Prepared {
    const { content } = message;
    if (content.channel !== "sms") throw new Error("the MSG91 adapter carries SMS only");
    if (content.dlt === null || !message.to.address.startsWith("+91"))
      return { outcome: refused("MSG91 sends texts of the DLT registry, to India only") };
    const registered = texts.get(content.dlt.templateId);
    if (!registered || content.dlt.entityId !== config.entityId)
      return { outcome: missing(content.dlt.templateId) };
    // The operators drop what does not match; here it costs nothing yet.
    if (matchRegistered(registered.text, content.text) === null)
      return { outcome: refused("what fills the registered text does not fit its places") };
    const body = JSON.stringify(flowRequest(message, registered.flow, content.dlt.variables));
    return { deliver: () => deliver(body) };
  }

  async function deliver(body: string): Promise<SendOutcome> {
    const exchange = await client.call({ method: "POST", path: PATH, headers, body });
    if (!exchange.ok) return lost(exchange, "MSG91");
    const answer = readJson(exchange.answer);
    if (exchange.answer.status === 200 && answer?.type === "success")
      return { kind: "accepted", delivered: false, providerMessageId: String(answer.message).slice(0, 80) };
    if (exchange.answer.status === 200 && answer === null)
      return { kind: "unknown", reason: "answer_lost", detail: "an answer that cannot be read" };
    return classifyAnswer(exchange.answer);
  }

  return {
    name: "msg91",
    idempotent: false,
    limits: { connections: CONNECTIONS, perSecond: null },
    send: async (workspaceId, messages, hooks) => {
      const texts = await registeredTexts(workspaceId, config.entityId);
      return sendEach(messages, hooks, { slots, prepare: (message) => prepare(message, texts) });
    },
    close: () => client.close(),
    webhooks: { verify: (request) => verifyKey(request, webhookKey), parse: parseWebhook },
  };
}

/** `CRQID` is the client's own id of a recipient; it comes back in the delivery report. */
function flowRequest(message: OutboundMessage, flow: string, variables: readonly string[]): object {
  const recipient: Record<string, string> = {
    mobiles: message.to.address.replace(/^\+/, ""),
    CRQID: message.publicId,
  };
  for (const [index, value] of variables.entries()) recipient[`VAR${index + 1}`] = value;
  return { template_id: flow, short_url: "0", recipients: [recipient] };
}

const refused = (detail: string): SendOutcome => ({
  kind: "failed",
  reason: "rejected",
  detail,
  suppress: false,
});

const missing = (templateId: string): SendOutcome => ({
  kind: "configuration",
  scope: "content",
  begun: false,
  detail: `text ${templateId} is not in the registry of this account`,
  sentence: `The text ${templateId} is not an active one of this account's DLT registry. Nothing was lost: import the registry again or choose another text, then resume.`,
});
