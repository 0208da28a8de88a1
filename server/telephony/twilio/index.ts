import { env } from "@/env";
import { verifyTwilioSignature } from "@/server/channels";
import { clean, type HttpAnswer, ProviderClient, readJson } from "@/server/platform/provider-client";
import {
  type BridgeCall,
  type CallReport,
  type CheckResult,
  emptyReport,
  type LostCall,
  type PlaceOutcome,
  type TelephonyAdapter,
} from "../adapter";
import { byStatus, lost } from "../outcomes";
import { callForm } from "./form";
import { missedBy, parseInbound } from "./inbound";
import type { TwilioVoiceConfig, TwilioVoiceSecrets } from "./schemas";
import { customerReport, isEnd, parseWebhook, progressOf, secondsOf, timeOf } from "./webhooks";

export type TwilioVoiceAccount = {
  config: TwilioVoiceConfig;
  secrets: TwilioVoiceSecrets;
  /** Our webhook address of this account. */
  door: string;
};

const CONNECTIONS = 10;
const ANSWER_MS = 15_000;
const SKEW_MS = 60_000;

/** Codes that concern the account or its line, which a person has to mend; others concern the number that was called. */
const ACCOUNT_CODES = new Set([10001, 10003, 20003, 20005, 21210, 21212, 21606]);
const LATER_CODES = new Set([20429, 10004]);

type Row = Record<string, unknown>;

/** Bridged calls through Twilio Voice: one call to the agent, whose TwiML dials the customer as a second leg. */
export function twilioVoiceAdapter({ config, secrets, door }: TwilioVoiceAccount): TelephonyAdapter {
  const client = new ProviderClient(env.TWILIO_API_URL, CONNECTIONS, ANSWER_MS);
  const authorization = `Basic ${Buffer.from(`${config.accountSid}:${secrets.authToken}`).toString("base64")}`;
  const account = `/2010-04-01/Accounts/${config.accountSid}`;

  async function place(call: BridgeCall): Promise<PlaceOutcome> {
    const exchange = await client.call({
      method: "POST",
      path: `${account}/Calls.json`,
      headers: { authorization, "content-type": "application/x-www-form-urlencoded" },
      body: callForm(call, door).toString(),
    });
    return exchange.ok ? outcomeOf(exchange.answer) : lost(exchange, "Twilio");
  }

  /** Rows of a list, or one; null: it cannot be asked now. */
  async function ask(path: string, key?: string): Promise<Row[] | null> {
    const exchange = await client.call({ method: "GET", path, headers: { authorization } });
    if (!exchange.ok) return null;
    if (exchange.answer.status === 404) return [];
    const content = exchange.answer.status === 200 ? readJson(exchange.answer) : null;
    if (!content) return null;
    if (key === undefined) return [content];
    return Array.isArray(content[key]) ? (content[key] as Row[]) : null;
  }

  /** The calls that the TwiML of a call made. */
  const askDialled = (sid: string): Promise<Row[] | null> =>
    ask(`${account}/Calls.json?${new URLSearchParams({ ParentCallSid: sid })}`, "calls");

  async function wasMissed(sid: string): Promise<boolean | "unavailable"> {
    const dialled = await askDialled(sid);
    return (dialled && missedBy(dialled.map(({ status }) => String(status)))) ?? "unavailable";
  }

  async function findAgentLeg(call: LostCall): Promise<Row[] | null> {
    if (call.providerCallId !== null) return ask(`${account}/Calls/${call.providerCallId}.json`);
    const since = call.intendedAt.getTime() - SKEW_MS;
    const query = new URLSearchParams({
      To: call.agentPhone,
      From: call.line,
      "StartTime>": new Date(since).toISOString().slice(0, 10),
    });
    const rows = await ask(`${account}/Calls.json?${query}`, "calls");
    return rows?.filter(({ date_created }) => (timeOf(date_created)?.getTime() ?? 0) >= since) ?? null;
  }

  async function find(call: LostCall): Promise<CallReport | "absent" | "unavailable"> {
    const found = await findAgentLeg(call);
    if (found === null) return "unavailable";
    const [parent] = found;
    if (!parent) return "absent";
    const sid = String(parent.sid);
    const step = progressOf(String(parent.status));
    const children = await askDialled(sid);
    if (step === null || children === null) return "unavailable";
    const [child] = children;
    const over = isEnd(step);
    const whole = { ...emptyReport(sid), agent: step, over, endedAt: over ? timeOf(parent.end_time) : null };
    const customer = child ? progressOf(String(child.status)) : null;
    if (!child || customer === null) return whole;
    const at = isEnd(customer) ? timeOf(child.end_time) : timeOf(child.start_time);
    const leg = customerReport(sid, customer, { at, seconds: secondsOf(child.duration) });
    return { ...leg, agent: step, over: over || leg.over, endedAt: leg.endedAt ?? whole.endedAt };
  }

  async function check(): Promise<CheckResult> {
    const rows = await ask(`${account}.json`);
    const [row] = rows ?? [];
    if (rows === null || !row)
      return {
        ok: false,
        sentence: "Twilio refused the account SID or the auth token, or cannot be reached.",
      };
    if (row.status !== "active")
      return { ok: false, sentence: `Twilio says that this account is ${String(row.status)}.` };
    return { ok: true, facts: [`Account “${String(row.friendly_name)}” at Twilio.`] };
  }

  return {
    name: "twilio",
    place,
    find,
    check,
    webhooks: {
      verify: (request) => verifyTwilioSignature(request, secrets.authToken),
      parse: parseWebhook,
      parseInbound,
    },
    wasMissed,
    close: () => client.close(),
  };
}

function outcomeOf(answer: HttpAnswer): PlaceOutcome {
  const content = readJson(answer);
  if (answer.status === 201)
    return typeof content?.sid === "string"
      ? { kind: "placed", providerCallId: content.sid }
      : { kind: "unknown", detail: "an answer without an id" };
  const general = byStatus(answer, "Twilio");
  if (general) return general;
  const code = Number(content?.code ?? 0);
  const words = clean(String(content?.message ?? "no words"));
  const detail = `Twilio ${code || answer.status}: ${words}`;
  const reason = LATER_CODES.has(code)
    ? "throttled"
    : ACCOUNT_CODES.has(code) || answer.status === 403
      ? "account"
      : "number";
  const sentence =
    reason === "throttled"
      ? "Twilio takes no more calls this minute, so nobody was called. Try again in a minute."
      : `Twilio refused the call (“${words}”). Nobody was called.`;
  return { kind: "refused", reason, detail, sentence };
}
