import { createHmac, randomBytes } from "node:crypto";
import { type FakeAnswer, type FakeRequest, FakeServer } from "@/server/platform/testing/fake-server";
import { specs } from "../../testing/specs";

export type TwilioFakeMessage = { sid: string; to: string; form: Record<string, string> };

type Content = { sid: string; friendly_name: string; language: string; types: object; approval: object };

/** How the fake treats messages to one number. */
export type TwilioFault = { code: number; status: number } | "drop" | "html_500";

export const twilioSettings = {
  accountSid: `AC${"a".repeat(32)}`,
  authToken: "fake-auth-token-0123456789",
  from: "+14155552345",
} as const;

const hex = (prefix: string) => `${prefix}${randomBytes(16).toString("hex")}`;

/** Twilio's messaging and content APIs on the loopback interface: keeps messages and plays their lives by webhook. */
export class TwilioFake extends FakeServer {
  readonly messages: TwilioFakeMessage[] = [];
  readonly contents: Content[] = [];
  readonly faults = new Map<string, TwilioFault>();

  override answer(request: FakeRequest): FakeAnswer {
    const { accountSid, authToken } = twilioSettings;
    const expected = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
    if (request.headers.authorization !== expected) return refuse(401, 20003, "Authenticate");
    const route = `${request.method} ${request.url.pathname}`;
    if (route === `POST /2010-04-01/Accounts/${accountSid}/Messages.json`) return this.#message(request);
    if (route === `GET /2010-04-01/Accounts/${accountSid}.json`)
      return { status: 200, json: { status: "active", friendly_name: "Suraksha", type: "Full" } };
    if (route === "POST /v1/Content") return this.#create(request);
    if (route === "GET /v1/Content")
      return { status: 200, json: { contents: this.contents, meta: { next_page_url: null } } };
    const content = this.contents.find(({ sid }) => route.includes(`/v1/Content/${sid}/ApprovalRequests`));
    if (!content) return refuse(404, 20404, "The requested resource was not found");
    if (request.method === "GET") return { status: 200, json: { whatsapp: content.approval } };
    content.approval = { ...JSON.parse(request.body.toString()), status: "received" };
    return { status: 201, json: content.approval };
  }

  #message({ body }: FakeRequest): FakeAnswer {
    const form = Object.fromEntries(new URLSearchParams(body.toString()));
    const wrong = specs.twilioMessage({ ...form });
    if (wrong) {
      this.complaints.push(wrong);
      return refuse(400, 21603, wrong);
    }
    const to = (form.To ?? "").replace(/^whatsapp:/, "");
    const fault = this.faults.get(to);
    if (fault && typeof fault === "object") return refuse(fault.status, fault.code, `refused for ${to}`);
    const message = { sid: hex("SM"), to, form };
    this.messages.push(message);
    if (fault === "drop") return { status: 0, drop: true };
    if (fault === "html_500") return { status: 500, headers: { "content-type": "text/html" } };
    return { status: 201, json: { sid: message.sid, status: "queued", to: form.To, from: form.From } };
  }

  #create({ body }: FakeRequest): FakeAnswer {
    const given = JSON.parse(body.toString()) as Omit<Content, "sid" | "approval">;
    const wrong = specs.twilioContent(given);
    if (wrong) {
      this.complaints.push(wrong);
      return refuse(400, 20001, wrong);
    }
    const content = { ...given, sid: hex("HX"), approval: { status: "unsubmitted" } };
    this.contents.push(content);
    return { status: 201, json: content };
  }

  /** Tells that something became of a message, at the address that the message gave. */
  async tell(message: TwilioFakeMessage, status: string, errorCode?: number): Promise<number> {
    const { url, body, headers } = statusCall(message, status, errorCode);
    return this.post(body, headers, new URL(url).search);
  }
}

/** A status call as Twilio signs it. */
export function statusCall(message: TwilioFakeMessage, status: string, errorCode?: number): SignedForm {
  return signedForm(message.form.StatusCallback ?? "", {
    MessageSid: message.sid,
    MessageStatus: status,
    SmsStatus: status,
    AccountSid: twilioSettings.accountSid,
    To: message.form.To ?? "",
    From: message.form.From ?? "",
    ApiVersion: "2010-04-01",
    ...(errorCode ? { ErrorCode: String(errorCode) } : {}),
  });
}

export type SignedForm = { url: string; body: string; headers: Record<string, string> };

/** Any call as Twilio signs it. */
export function signedForm(url: string, fields: Record<string, string>): SignedForm {
  const signed =
    url +
    Object.keys(fields)
      .sort()
      .map((name) => name + fields[name])
      .join("");
  const signature = createHmac("sha1", twilioSettings.authToken).update(signed).digest("base64");
  return {
    url,
    body: new URLSearchParams(fields).toString(),
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-twilio-signature": signature,
    },
  };
}

const refuse = (status: number, code: number, message: string): FakeAnswer => ({
  status,
  json: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});
