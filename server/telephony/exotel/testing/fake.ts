import { randomBytes } from "node:crypto";
import type { FakeAnswer, FakeRequest } from "@/server/platform/testing/fake-server";
import { BridgeFake, type Post, type Ring, type Turn } from "../../testing/bridge-fake";
import { callSpecs } from "../../testing/specs";

export const exotelSettings = {
  config: { accountSid: "acme1", region: "mumbai" },
  secrets: { apiKey: "exotel-api-key-1", apiToken: "exotel-api-token-1" },
} as const;

type Call = {
  sid: string;
  form: Record<string, string>;
  status: string;
  legs: { OnCallDuration: number; Status: string }[];
  created: Date;
  ended: Date | null;
  seconds: number;
  recording: string | null;
};

const spell = (at: Date | null): string | null =>
  at && new Date(at.getTime() + 5.5 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");

/** Exotel's click-to-call: places, answers questions, posts `answered` and `terminal` as JSON. */
export class ExotelFake extends BridgeFake {
  readonly calls: Call[] = [];
  /** The time at the provider. */
  now: () => Date = () => new Date();

  override answer(request: FakeRequest): FakeAnswer {
    const { apiKey, apiToken } = exotelSettings.secrets;
    const expected = `Basic ${Buffer.from(`${apiKey}:${apiToken}`).toString("base64")}`;
    if (request.headers.authorization !== expected) return { status: 401 };
    const account = "/v1/Accounts/acme1";
    const { pathname, searchParams } = request.url;
    if (pathname === `${account}.json`)
      return { status: 200, json: { Account: { Sid: "acme1", FriendlyName: "Suraksha", Status: "active" } } };
    if (pathname === `${account}/Calls/connect.json`) return this.#connect(request);
    if (pathname === `${account}/Calls.json`) {
      const found = this.calls.filter(
        ({ form, created }) =>
          form.From === searchParams.get("From") &&
          form.To === searchParams.get("To") &&
          (spell(created) ?? "") >= (searchParams.get("DateCreated") ?? "").replace("gte:", ""),
      );
      return { status: 200, json: { Metadata: { Total: found.length }, Calls: found.map(view) } };
    }
    const call = this.calls.find(({ sid }) => pathname === `${account}/Calls/${sid}.json`);
    return call ? { status: 200, json: { Call: view(call) } } : { status: 404 };
  }

  #connect({ body }: FakeRequest): FakeAnswer {
    const form = Object.fromEntries(new URLSearchParams(body.toString()));
    const wrong = callSpecs.exotelConnect({ ...form });
    if (wrong) this.complaints.push(wrong);
    const customer = `+91${(form.To ?? "").slice(1)}`;
    const fault = this.faults.get(customer);
    if (fault === "refused") return refuse(403, "Call cannot be made because of TRAI NDNC regulations");
    if (fault === "bad_credentials") return { status: 401 };
    if (fault === "throttled") return { status: 429 };
    const call: Call = {
      ...{ sid: randomBytes(16).toString("hex"), form, status: "in-progress", legs: [], created: this.now() },
      ...{ ended: null, seconds: 0, recording: null },
    };
    this.calls.push(call);
    return this.faultAnswer(fault) ?? { status: 200, json: { Call: view(call) } };
  }

  override play(
    customer: string,
    turn: Turn,
    { seconds = 60, recording }: { seconds?: number; recording?: string } = {},
  ): Post[] {
    const call = this.calls.findLast(({ form }) => `+91${(form.To ?? "").slice(1)}` === customer);
    if (!call) throw new Error("no such call");
    const [agent, other] = [call.legs[0], call.legs[1]];
    switch (turn) {
      case "agent_ringing":
        return [];
      case "agent_answered":
        call.legs = [{ OnCallDuration: 0, Status: "in-progress" }];
        return [this.#event(call, "answered")];
      case "agent_no_answer":
        call.legs = [{ OnCallDuration: 0, Status: "no-answer" }];
        return this.#end(call, "no-answer");
      case "customer_ringing":
        this.dialled.push(customer);
        return [];
      case "customer_answered":
        call.legs = [
          { OnCallDuration: 0, Status: "in-progress" },
          { OnCallDuration: 0, Status: "in-progress" },
        ];
        return [this.#event(call, "answered")];
      case "customer_busy":
      case "customer_no_answer":
      case "customer_failed": {
        const status = turn.slice("customer_".length).replace("_", "-");
        call.legs = [
          { OnCallDuration: 5, Status: "completed" },
          { OnCallDuration: 0, Status: status },
        ];
        return this.#end(call, status);
      }
      case "hung_up": {
        call.seconds = seconds;
        call.recording = recording ?? null;
        if (agent) agent.Status = "completed";
        if (other) Object.assign(other, { Status: "completed", OnCallDuration: seconds });
        return this.#end(call, "completed");
      }
    }
  }

  /** The Passthru applet: a GET, all fields in the query, times in India. */
  override ring(address: string, { from, line, ending, at }: Ring): Post {
    const local = (phone: string) => phone.replace(/^\+91/, "0");
    const url = new URL(address);
    const endings = {
      nobody_picked_up: ["incoming", "incomplete", "no-answer"],
      nobody_picked_up_untold: ["incoming", "incomplete", "no-answer"],
      gave_up: ["incoming", "client-hangup", "canceled"],
      taken: ["incoming", "completed", "completed"],
      taken_untold: ["incoming", "completed", "completed"],
      own: ["outbound-dial", "incomplete", "no-answer"],
    } as const;
    const [Direction, CallType, DialCallStatus] = endings[ending];
    const fields = {
      ...{ CallSid: randomBytes(16).toString("hex"), CallFrom: local(from), CallTo: local(line) },
      ...{ Direction, CallType, DialCallStatus, StartTime: spell(at) ?? "", EndTime: "1970-01-01 05:30:00" },
    };
    for (const [name, value] of Object.entries(fields)) url.searchParams.append(name, value);
    return async () => (await fetch(url)).status;
  }

  #end(call: Call, status: string): Post[] {
    Object.assign(call, { status, ended: this.now() });
    return [this.#event(call, "terminal")];
  }

  /** The bytes are made now; they may be posted later, and again. */
  #event(call: Call, EventType: string): Post {
    const { Sid, ...fields } = view(call);
    const body = JSON.stringify({ CallSid: Sid, EventType, ...fields, CustomField: call.form.CustomField });
    const query = new URL(call.form.StatusCallback ?? "").search;
    return () => this.post(body, { "content-type": "application/json" }, query);
  }
}

const view = (call: Call) => ({
  Sid: call.sid,
  DateCreated: spell(call.created),
  DateUpdated: spell(call.ended ?? call.created),
  Status: call.status,
  To: call.form.To,
  From: call.form.From,
  PhoneNumberSid: call.form.CallerId,
  StartTime: spell(call.created),
  EndTime: spell(call.ended),
  RecordingUrl: call.recording,
  ...(call.ended ? { ConversationDuration: call.seconds } : {}),
  Legs: call.legs.map((leg) => ({ ...leg })),
});

const refuse = (status: number, Message: string): FakeAnswer => ({
  status,
  json: { RestException: { Status: status, Message } },
});
