import { createHmac, randomBytes } from "node:crypto";
import type { FakeAnswer, FakeRequest } from "@/server/platform/testing/fake-server";
import { BridgeFake, type Post, type Ring, type Turn } from "../../testing/bridge-fake";
import { callSpecs } from "../../testing/specs";

export const twilioVoiceSettings = {
  config: { accountSid: `AC${"b".repeat(32)}` },
  secrets: { authToken: "fake-voice-token-0123456789" },
} as const;

type Leg = { sid: string; status: string; created: Date; answered: Date | null; ended: Date | null };
type Call = Leg & {
  form: URLSearchParams;
  customer: string;
  dial: Record<string, string>;
  child: Leg | null;
};

const leg = (now: Date, status: string): Leg => ({
  sid: `CA${randomBytes(16).toString("hex")}`,
  ...{ status, created: now, answered: null, ended: null },
});

/** Twilio Voice: rings the agent, reads the TwiML when they answer, and posts signed forms for both legs. */
export class TwilioVoiceFake extends BridgeFake {
  readonly calls: Call[] = [];
  /** What the TwiML of calls to a line dialled, by the call's id. */
  readonly #dialled = new Map<string, { from: string; legs: Leg[] }>();
  now: () => Date = () => new Date();

  override answer(request: FakeRequest): FakeAnswer {
    const { accountSid } = twilioVoiceSettings.config;
    const expected = `Basic ${Buffer.from(`${accountSid}:${twilioVoiceSettings.secrets.authToken}`).toString("base64")}`;
    if (request.headers.authorization !== expected) return refuse(401, 20003, "Authenticate");
    const account = `/2010-04-01/Accounts/${accountSid}`;
    const { pathname, searchParams } = request.url;
    if (pathname === `${account}.json`)
      return { status: 200, json: { status: "active", friendly_name: "Suraksha", type: "Full" } };
    if (pathname === `${account}/Calls.json` && request.method === "POST") return this.#place(request);
    if (pathname === `${account}/Calls.json`) {
      const parent = searchParams.get("ParentCallSid");
      const inbound = this.#dialled.get(parent ?? "");
      const down = this.faultAnswer(this.faults.get(inbound?.from ?? ""));
      if (down) return down;
      const found = parent
        ? (inbound?.legs ?? this.calls.flatMap(({ sid, child }) => (sid === parent && child ? [child] : [])))
        : this.calls.filter(
            ({ form }) =>
              form.get("To") === searchParams.get("To") && form.get("From") === searchParams.get("From"),
          );
      return { status: 200, json: { calls: found.map(view) } };
    }
    const call = this.calls.find(({ sid }) => pathname === `${account}/Calls/${sid}.json`);
    return call ? { status: 200, json: view(call) } : refuse(404, 20404, "not found");
  }

  #place({ body }: FakeRequest): FakeAnswer {
    const form = new URLSearchParams(body.toString());
    const wrong = callSpecs.twilioCall({
      ...Object.fromEntries(form),
      StatusCallbackEvent: form.getAll("StatusCallbackEvent"),
    });
    if (wrong) this.complaints.push(wrong);
    const twiml = (form.get("Twiml") ?? "").replaceAll("&amp;", "&");
    const customer = /<Number [^>]*>(\+\d+)<\/Number>/.exec(twiml)?.[1] ?? "";
    const dial = Object.fromEntries(
      [...twiml.matchAll(/ (\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    );
    const fault = this.faults.get(customer);
    if (fault === "refused") return refuse(400, 21215, `Account not authorized to call ${customer}`);
    if (fault === "bad_credentials") return refuse(401, 20003, "Authenticate");
    if (fault === "throttled") return refuse(429, 20429, "Too many requests");
    const call: Call = { ...leg(this.now(), "queued"), form, customer, dial, child: null };
    this.calls.push(call);
    return this.faultAnswer(fault) ?? { status: 201, json: view(call) };
  }

  override play(
    customer: string,
    turn: Turn,
    { seconds = 60, recording }: { seconds?: number; recording?: string } = {},
  ): Post[] {
    const call = this.calls.findLast((one) => one.customer === customer);
    if (!call) throw new Error("no such call");
    switch (turn) {
      case "agent_ringing":
        return [this.#move(call, call, "ringing")];
      case "agent_answered":
        return [this.#move(call, call, "in-progress")];
      case "agent_no_answer":
        return [this.#move(call, call, "no-answer")];
      case "customer_ringing":
        this.dialled.push(customer);
        call.child = leg(this.now(), "initiated");
        return [this.#move(call, call.child, "ringing")];
      case "customer_answered":
        call.child ??= leg(this.now(), "initiated");
        return [this.#move(call, call.child, "in-progress")];
      case "customer_busy":
      case "customer_no_answer":
      case "customer_failed":
        call.child ??= leg(this.now(), "initiated");
        return [
          this.#move(call, call.child, turn.slice("customer_".length).replace("_", "-")),
          this.#move(call, call, "completed"),
        ];
      case "hung_up": {
        const ends = [...(call.child ? [this.#move(call, call.child, "completed", seconds)] : [])];
        return [
          ...ends,
          this.#move(call, call, "completed"),
          ...(recording ? [this.#record(call, recording)] : []),
        ];
      }
    }
  }

  #move(call: Call, one: Leg, status: string, seconds?: number): Post {
    const ended = !["ringing", "in-progress", "initiated"].includes(status);
    if (status === "in-progress") one.answered = this.now();
    Object.assign(one, { status, ended: ended ? this.now() : null });
    if (ended && seconds !== undefined && one.ended)
      one.answered = new Date(one.ended.getTime() - seconds * 1_000);
    const agent = one === call;
    return this.#signed((agent ? call.form.get("StatusCallback") : call.dial.statusCallback) ?? "", {
      CallSid: one.sid,
      ...(agent ? {} : { ParentCallSid: call.sid }),
      CallStatus: status,
      Timestamp: this.now().toUTCString(),
      ...(ended ? { CallDuration: String(seconds ?? 0) } : {}),
    });
  }

  #record(call: Call, recording: string): Post {
    return this.#signed(call.dial.recordingStatusCallback ?? "", {
      CallSid: call.child?.sid ?? call.sid,
      RecordingStatus: "completed",
      RecordingUrl: recording,
    });
  }

  /** The status of a number, or what follows the dial of its TwiML: answered by the TwiML, the call itself is `completed`. */
  override ring(address: string, { from, line, ending, at }: Ring): Post {
    const endings = {
      nobody_picked_up: { Direction: "inbound", CallStatus: "completed", DialCallStatus: "no-answer" },
      nobody_picked_up_untold: { Direction: "inbound", CallStatus: "completed" },
      gave_up: { Direction: "inbound", CallStatus: "no-answer" },
      taken: { Direction: "inbound", CallStatus: "completed", DialCallStatus: "completed" },
      taken_untold: { Direction: "inbound", CallStatus: "completed" },
      own: { Direction: "outbound-dial", CallStatus: "no-answer" },
    } as const;
    const { sid } = leg(at, "completed");
    // Two agents were rung at once; the one who is not needed is cancelled.
    const dialled = {
      nobody_picked_up_untold: ["no-answer", "busy"],
      taken_untold: ["canceled", "completed"],
    };
    const statuses = ending in dialled ? dialled[ending as keyof typeof dialled] : [];
    this.#dialled.set(sid, { from, legs: statuses.map((status) => leg(at, status)) });
    const fields = { CallSid: sid, From: from, To: line, ...endings[ending], Timestamp: at.toUTCString() };
    const { body, headers } = signedForm(address, fields);
    return async () => (await fetch(address, { method: "POST", body, headers })).status;
  }

  #signed(url: string, fields: Record<string, string>): Post {
    const { body, headers } = signedForm(url, fields);
    return () => this.post(body, headers, new URL(url).search);
  }
}

function signedForm(url: string, fields: Record<string, string>) {
  const names = Object.keys(fields).sort();
  const signed = url + names.map((name) => name + fields[name]).join("");
  const signature = createHmac("sha1", twilioVoiceSettings.secrets.authToken).update(signed).digest("base64");
  return {
    body: new URLSearchParams(fields).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature },
  };
}

const view = (one: Leg) => ({
  sid: one.sid,
  status: one.status === "initiated" ? "queued" : one.status,
  date_created: one.created.toUTCString(),
  start_time: one.answered?.toUTCString() ?? null,
  end_time: one.ended?.toUTCString() ?? null,
  duration: one.ended
    ? String(one.answered ? Math.round((one.ended.getTime() - one.answered.getTime()) / 1_000) : 0)
    : null,
});

const refuse = (status: number, code: number, message: string): FakeAnswer => ({
  status,
  json: { code, message, status },
});
