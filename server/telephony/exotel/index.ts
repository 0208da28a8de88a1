import { env } from "@/env";
import { clean, type HttpAnswer, ProviderClient, readJson } from "@/server/platform/provider-client";
import {
  type BridgeCall,
  type CallReport,
  type CheckResult,
  LONGEST_CALL_SECONDS,
  type LostCall,
  type PlaceOutcome,
  RING_SECONDS,
  type TelephonyAdapter,
} from "../adapter";
import { byStatus, lost } from "../outcomes";
import { parseInbound } from "./inbound";
import { exotelCall, reportOf } from "./report";
import { type ExotelConfig, type ExotelSecrets, exotelRegions } from "./schemas";
import { numberForExotel, timeForExotel, timeOf } from "./spelling";
import { parseWebhook, verifyKey } from "./webhooks";

export type ExotelAccount = {
  config: ExotelConfig;
  secrets: ExotelSecrets;
  /** Our webhook address of this account, and the key that proves who calls it. */
  door: string;
  key: string;
};

const CONNECTIONS = 10;
const ANSWER_MS = 15_000;
/** Clocks of two companies differ by no more (ms). */
const SKEW_MS = 60_000;

/** Click-to-call through Exotel (version 1 of its interface): `From` is the agent, who is rung first. */
export function exotelAdapter({ config, secrets, door, key }: ExotelAccount): TelephonyAdapter {
  const client = new ProviderClient(
    env.EXOTEL_API_URL ?? `https://${exotelRegions[config.region]}`,
    CONNECTIONS,
    ANSWER_MS,
  );
  const authorization = `Basic ${Buffer.from(`${secrets.apiKey}:${secrets.apiToken}`).toString("base64")}`;
  const account = `/v1/Accounts/${config.accountSid}`;
  const ask = (path: string) => client.call({ method: "GET", path, headers: { authorization } });

  async function place(call: BridgeCall): Promise<PlaceOutcome> {
    const exchange = await client.call({
      method: "POST",
      path: `${account}/Calls/connect.json`,
      headers: { authorization, "content-type": "application/x-www-form-urlencoded" },
      body: connectForm(call, door, key).toString(),
    });
    return exchange.ok ? outcomeOf(exchange.answer) : lost(exchange, "Exotel");
  }

  async function find(call: LostCall): Promise<CallReport | "absent" | "unavailable"> {
    const path =
      call.providerCallId === null
        ? `${account}/Calls.json?${searchOf(call)}`
        : `${account}/Calls/${encodeURIComponent(call.providerCallId)}.json?details=true`;
    const exchange = await ask(path);
    if (!exchange.ok) return "unavailable";
    if (exchange.answer.status === 404) return "absent";
    if (exchange.answer.status !== 200) return "unavailable";
    const content = readJson(exchange.answer);
    const rows = call.providerCallId === null ? content?.Calls : [content?.Call];
    if (!Array.isArray(rows)) return "unavailable";
    const since = call.intendedAt.getTime() - SKEW_MS;
    const found = rows
      .flatMap((row) => exotelCall.safeParse(row).data ?? [])
      .find(({ DateCreated }) => (timeOf(DateCreated)?.getTime() ?? Number.POSITIVE_INFINITY) >= since);
    return found ? reportOf(found) : "absent";
  }

  async function check(): Promise<CheckResult> {
    const exchange = await ask(`${account}.json`);
    if (!exchange.ok) return { ok: false, sentence: "Exotel cannot be reached. Try again in a minute." };
    const content = readJson(exchange.answer)?.Account as
      | { FriendlyName?: string; Status?: string }
      | undefined;
    if (exchange.answer.status !== 200 || !content)
      return { ok: false, sentence: "Exotel refused the account SID, the API key or the API token." };
    return { ok: true, facts: [`Account “${content.FriendlyName ?? config.accountSid}” at Exotel.`] };
  }

  return {
    name: "exotel",
    place,
    find,
    check,
    // Never asked: its Passthru always says how a call ended.
    wasMissed: async () => "unavailable",
    webhooks: { verify: (request) => verifyKey(request, key), parse: parseWebhook, parseInbound },
    close: () => client.close(),
  };
}

function connectForm(call: BridgeCall, door: string, key: string): URLSearchParams {
  const address = `${door}?${new URLSearchParams({ key, call: call.callId })}`;
  return new URLSearchParams({
    From: numberForExotel(call.agentPhone),
    To: numberForExotel(call.customerPhone),
    CallerId: numberForExotel(call.line),
    CallType: "trans",
    TimeLimit: String(LONGEST_CALL_SECONDS),
    TimeOut: String(RING_SECONDS),
    Record: String(call.record),
    ...(call.record ? { RecordingChannels: "dual" } : {}),
    CustomField: call.callId,
    StatusCallback: address,
    "StatusCallbackEvents[0]": "terminal",
    "StatusCallbackEvents[1]": "answered",
    StatusCallbackContentType: "application/json",
  });
}

/** Calls of this agent to this customer since it was meant; one agent has one call at a time. */
const searchOf = (call: LostCall): URLSearchParams =>
  new URLSearchParams({
    DateCreated: `gte:${timeForExotel(new Date(call.intendedAt.getTime() - SKEW_MS))}`,
    From: numberForExotel(call.agentPhone),
    To: numberForExotel(call.customerPhone),
    SortBy: "DateCreated:asc",
  });

function outcomeOf(answer: HttpAnswer): PlaceOutcome {
  const content = readJson(answer);
  const sid = (content?.Call as { Sid?: unknown } | undefined)?.Sid;
  if (answer.status === 200)
    return typeof sid === "string"
      ? { kind: "placed", providerCallId: sid }
      : { kind: "unknown", detail: "an answer without an id" };
  const general = byStatus(answer, "Exotel");
  if (general) return general;
  const words = clean(
    String((content?.RestException as { Message?: unknown } | undefined)?.Message ?? "no words"),
  );
  const detail = `Exotel ${answer.status}: ${words}`;
  if (answer.status === 403 && /NDNC|TRAI|DND/i.test(words))
    return {
      kind: "refused",
      reason: "number",
      detail,
      sentence: "This number is on the do-not-call register, and Exotel may not call it. Nobody was called.",
    };
  return {
    kind: "refused",
    reason: answer.status === 403 || answer.status === 404 ? "account" : "number",
    detail,
    sentence: `Exotel refused the call (“${words}”). Nobody was called.`,
  };
}
