import { afterAll, beforeAll } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { type Sink, startSink } from "@/server/deliveries/testing/sink";
import { newId } from "@/server/platform/ids";
import { encryptSecret } from "@/server/platform/secrets";
import type { ChannelAdapter, OutboundMessage } from "./adapter";
import { type AccountRow, adapterOf, closeAdapters } from "./adapters";
import { MetaFake, metaSettings, signedCall } from "./meta/testing/fake";
import { Msg91Fake, msg91Settings, reportCall } from "./msg91/testing/fake";
import type { Channel, Provider } from "./status";
import { describeAdapter } from "./testing/contract";
import { email, sms, whatsapp } from "./testing/messages";
import { signedForm, TwilioFake, twilioSettings } from "./twilio/testing/fake";
import { webhookAddress } from "./webhook-address";

const db = await testDatabase();
let workspaceId: string;
let sink: Sink;
const meta = new MetaFake();
const twilio = new TwilioFake();
const msg91 = new Msg91Fake();

beforeAll(async () => {
  workspaceId = await makeWorkspace(db.owner);
  await Promise.all([meta.start(), twilio.start(), msg91.start()]);
  sink = await startSink();
  Object.assign(env, {
    META_API_URL: meta.url,
    TWILIO_API_URL: twilio.url,
    TWILIO_CONTENT_URL: twilio.url,
    MSG91_API_URL: msg91.url,
    SMTP_URL: sink.url,
  });
  await db.owner`
    insert into dlt_templates (id, workspace_id, entity_id, header, template_id, name, category, language, text, provider_id)
    values (${newId()}, ${workspaceId}, ${msg91Settings.entityId}, 'SURKSH', '1107161234567890123', 'Renewal',
      'service_implicit', 'en', 'Dear {#var#}, renew {#var#}', 'flow-1')`;
});

afterAll(async () => {
  await closeAdapters();
  await Promise.all([meta.stop(), twilio.stop(), msg91.stop(), sink.close()]);
});

type Made = { id?: string; channel: Channel; provider: Provider; config?: object; secrets?: object };

/** An account as it is stored, without its row: the adapter is made from this alone. */
function account({ id = newId(), channel, provider, config = {}, secrets }: Made): () => ChannelAdapter {
  return () =>
    adapterOf({
      id,
      workspaceId,
      channel,
      provider,
      name: provider,
      config: config as AccountRow["config"],
      encryptedSecrets: secrets ? encryptSecret(JSON.stringify(secrets)) : null,
      status: "active",
      ratePerSecond: null,
      dailyLimit: null,
      webhookGeneration: 0,
      dkim: null,
      encryptedDkimKey: null,
    });
}

const inSandbox = async ({ publicId }: OutboundMessage): Promise<number> => {
  const [row] = await db.owner`select count(*)::int as n from sandbox_messages where public_id = ${publicId}`;
  return row?.n;
};

describeAdapter("sandbox", {
  adapter: account({ channel: "email", provider: "sandbox" }),
  workspaceId: () => workspaceId,
  message: email,
  arrivals: inSandbox,
  refusals: {},
  secrets: [],
});

describeAdapter("SMTP", {
  adapter: account({ channel: "email", provider: "smtp", config: { installation: true } }),
  workspaceId: () => workspaceId,
  message: email,
  arrivals: ({ publicId }) => sink.taken.get(publicId) ?? 0,
  refusals: {},
  secrets: [],
});

const bare = ({ to }: OutboundMessage) => to.address.replace("+", "");
const unsure = { kind: "unknown", reason: "answer_lost" } as const;

describeAdapter("WhatsApp Cloud API", {
  adapter: account({
    channel: "whatsapp",
    provider: "meta",
    config: metaSettings,
    secrets: { accessToken: metaSettings.accessToken, appSecret: metaSettings.appSecret },
  }),
  workspaceId: () => workspaceId,
  message: whatsapp,
  arrivals: ({ publicId }) => meta.messages.filter((sent) => sent.publicId === publicId).length,
  refusals: {
    "throughput (130429)": {
      arrange: (one) => meta.faults.set(bare(one), { code: 130_429 }),
      outcome: { kind: "again", reason: "throttled" },
    },
    "pair rate (131056)": {
      arrange: (one) => meta.faults.set(bare(one), { code: 131_056 }),
      outcome: { kind: "again", reason: "throttled", afterMs: 6_000 },
    },
    "not on WhatsApp (131026)": {
      arrange: (one) =>
        meta.faults.set(bare(one), { code: 131_026, words: `Undeliverable: ${one.to.address}` }),
      outcome: { kind: "failed", reason: "address_refused", suppress: true },
    },
    "24 h window (131047)": {
      arrange: (one) => meta.faults.set(bare(one), { code: 131_047 }),
      outcome: { kind: "failed", reason: "window_closed", suppress: false },
    },
    "healthy ecosystem (131049)": {
      arrange: (one) => meta.faults.set(bare(one), { code: 131_049 }),
      outcome: { kind: "again", reason: "not_now", afterMs: 86_400_000 },
    },
    "stopped marketing (131050)": {
      arrange: (one) => meta.faults.set(bare(one), { code: 131_050 }),
      outcome: { kind: "failed", reason: "opted_out", suppress: false },
    },
    "token refused (190)": {
      arrange: (one) => meta.faults.set(bare(one), { code: 190, status: 401 }),
      outcome: { kind: "configuration", scope: "account", begun: true },
    },
    "template paused (132015)": {
      arrange: (one) => meta.faults.set(bare(one), { code: 132_015 }),
      outcome: { kind: "configuration", scope: "content", begun: true },
    },
    "a code that nobody knows": {
      arrange: (one) => meta.faults.set(bare(one), { code: 999_999 }),
      outcome: { kind: "again", reason: "temporary" },
    },
    "unavailable (131016, HTTP 503): it may have been taken": {
      arrange: (one) => meta.faults.set(bare(one), { code: 131_016, status: 503 }),
      outcome: unsure,
    },
    "HTTP 500 without words": {
      arrange: (one) => meta.faults.set(bare(one), "html_500"),
      outcome: unsure,
    },
    "a connection that broke after the body": {
      arrange: (one) => meta.faults.set(bare(one), "drop"),
      outcome: unsure,
    },
  },
  secrets: [metaSettings.accessToken, metaSettings.appSecret],
  complaints: () => meta.complaints,
  webhooks: {
    call: () => {
      const { body, headers } = signedCall({
        statuses: [
          {
            id: "wamid.AAA",
            status: "delivered",
            timestamp: "1763900000",
            recipient_id: "919812345678",
            biz_opaque_callback_data: "abcdefghijklmnop",
          },
        ],
      });
      return request("meta", headers, body);
    },
  },
});

describeAdapter("Twilio SMS", {
  adapter: account({
    channel: "sms",
    provider: "twilio",
    config: twilioSettings,
    secrets: { authToken: twilioSettings.authToken },
  }),
  workspaceId: () => workspaceId,
  message: sms,
  arrivals: ({ publicId }) =>
    twilio.messages.filter((sent) => sent.form.StatusCallback?.endsWith(`?id=${publicId}`)).length,
  refusals: {
    "too many requests (20429)": {
      arrange: (one) => twilio.faults.set(one.to.address, { code: 20_429, status: 429 }),
      outcome: { kind: "again", reason: "throttled" },
    },
    "unsubscribed (21610)": {
      arrange: (one) => twilio.faults.set(one.to.address, { code: 21_610, status: 400 }),
      outcome: { kind: "failed", reason: "opted_out" },
    },
    "not a mobile (21614)": {
      arrange: (one) => twilio.faults.set(one.to.address, { code: 21_614, status: 400 }),
      outcome: { kind: "failed", reason: "address_refused", suppress: true },
    },
    "wrong token (20003)": {
      arrange: (one) => twilio.faults.set(one.to.address, { code: 20_003, status: 401 }),
      outcome: { kind: "configuration", scope: "account", begun: true },
    },
    "HTTP 500": { arrange: (one) => twilio.faults.set(one.to.address, "html_500"), outcome: unsure },
    "a connection that broke after the body": {
      arrange: (one) => twilio.faults.set(one.to.address, "drop"),
      outcome: unsure,
    },
  },
  secrets: [twilioSettings.authToken],
  complaints: () => twilio.complaints,
  webhooks: {
    call: () => {
      const address = `${webhookAddress({ id: newId(), provider: "twilio" })}?id=abcdefghijklmnop`;
      const { url, headers, body } = signedForm(address, {
        MessageSid: `SM${"b".repeat(32)}`,
        MessageStatus: "undelivered",
        ErrorCode: "30005",
        To: "+919812345678",
      });
      return { ...request("twilio", headers, body), url };
    },
  },
});

const msg91Id = newId();

describeAdapter("MSG91", {
  adapter: account({
    id: msg91Id,
    channel: "sms",
    provider: "msg91",
    config: { entityId: msg91Settings.entityId },
    secrets: { authKey: msg91Settings.authKey },
  }),
  workspaceId: () => workspaceId,
  message: sms,
  arrivals: ({ publicId }) => msg91.messages.filter((sent) => sent.publicId === publicId).length,
  refusals: {
    "the auth key": {
      arrange: (one) => msg91.faults.set(bare(one), { words: "Authentication failure" }),
      outcome: { kind: "configuration", scope: "account", begun: true },
    },
    "the balance": {
      arrange: (one) => msg91.faults.set(bare(one), { words: "Insufficient wallet balance" }),
      outcome: { kind: "configuration", scope: "account" },
    },
    "the template": {
      arrange: (one) => msg91.faults.set(bare(one), { words: "Template ID missing" }),
      outcome: { kind: "configuration", scope: "content" },
    },
    "words that nobody knows": {
      arrange: (one) => msg91.faults.set(bare(one), { words: `Something about ${one.to.address}` }),
      outcome: { kind: "again", reason: "temporary" },
    },
    "HTTP 500": { arrange: (one) => msg91.faults.set(bare(one), "html_500"), outcome: unsure },
    "a connection that broke after the body": {
      arrange: (one) => msg91.faults.set(bare(one), "drop"),
      outcome: unsure,
    },
  },
  secrets: [msg91Settings.authKey],
  complaints: () => msg91.complaints,
  webhooks: {
    unsigned: true,
    call: () => {
      const sent = { requestId: "3763646c", to: "919812345678", publicId: "abcdefghijklmnop" };
      const { body, headers } = reportCall([
        { message: { ...sent, recipient: {}, flow: "f" }, status: "1", desc: "DELIVERED" },
      ]);
      return { ...request("msg91", headers, body), url: webhookAddress({ id: msg91Id, provider: "msg91" }) };
    },
  },
});

function request(provider: Provider, headers: Record<string, string>, body: string) {
  return {
    url: webhookAddress({ id: newId(), provider }),
    headers,
    body: Buffer.from(body),
    receivedAt: new Date("2026-11-22T10:00:00Z"),
  };
}
