import { createHmac, randomBytes } from "node:crypto";
import {
  asciiJson,
  type FakeAnswer,
  type FakeRequest,
  FakeServer,
} from "@/server/platform/testing/fake-server";
import { specs } from "../../testing/specs";

export type MetaFakeMessage = { id: string; to: string; publicId: string; body: Record<string, unknown> };

type Template = Record<string, unknown> & { id: string; name: string; language: string; status: string };

/** How the fake treats messages to one number. */
export type MetaFault = { code: number; status?: number; words?: string } | "drop" | "html_500";

export const metaSettings = {
  phoneNumberId: "106540352242922",
  businessAccountId: "419561257915477",
  accessToken: "EAAfakeaccesstoken-0123456789",
  appSecret: "fake-app-secret-0123456789abcdef",
} as const;

/**
 * A WhatsApp Cloud API on the loopback interface: refuses what the real one refuses, keeps messages, media and templates,
 * and plays their lives by webhook.
 */
export class MetaFake extends FakeServer {
  readonly messages: MetaFakeMessage[] = [];
  readonly media = new Map<string, { type: string; bytes: Buffer }>();
  readonly templates: Template[] = [];
  /** The one token that is taken now; another one, and those that were given out before are refused. */
  accessToken: string = metaSettings.accessToken;
  /** By recipient, digits without "+". */
  readonly faults = new Map<string, MetaFault>();
  readonly #now: () => number;

  constructor(now: () => number = () => Date.now()) {
    super();
    this.#now = now;
  }

  override answer(request: FakeRequest): FakeAnswer {
    if (request.headers.authorization !== `Bearer ${this.accessToken}`)
      return refuse(401, 190, "Error validating access token");
    const route = `${request.method} ${request.url.pathname.replace(/^\/v23\.0/, "")}`;
    if (route === `POST /${metaSettings.phoneNumberId}/messages`) return this.#message(request);
    if (route === `POST /${metaSettings.phoneNumberId}/media`) return this.#upload(request);
    if (route === `GET /${metaSettings.phoneNumberId}`)
      return {
        status: 200,
        json: {
          id: metaSettings.phoneNumberId,
          display_phone_number: "+91 98765 43210",
          verified_name: "Suraksha Insurance",
          quality_rating: "GREEN",
        },
      };
    if (route === `GET /${metaSettings.businessAccountId}/message_templates`) return this.#list(request);
    if (route === `POST /${metaSettings.businessAccountId}/message_templates`) return this.#create(request);
    const edited = this.templates.find(({ id }) => route === `POST /${id}`);
    if (edited) {
      Object.assign(edited, JSON.parse(request.body.toString()), { status: "PENDING" });
      return { status: 200, json: { success: true } };
    }
    return refuse(400, 100, "Object with this id does not exist", 33);
  }

  #message(request: FakeRequest): FakeAnswer {
    const body = JSON.parse(request.body.toString()) as Record<string, unknown> & { to: string };
    const wrong = specs.metaMessage(body);
    if (wrong) {
      this.complaints.push(wrong);
      return refuse(400, 100, "Invalid parameter");
    }
    const fault = this.faults.get(body.to);
    const lostAnswer = fault === "drop" || fault === "html_500";
    if (fault && !lostAnswer) return refuse(fault.status ?? 400, fault.code, fault.words ?? "refused");
    const id = `wamid.${randomBytes(16).toString("base64url")}`;
    this.messages.push({ id, to: body.to, publicId: String(body.biz_opaque_callback_data), body });
    if (fault === "drop") return { status: 0, drop: true };
    if (fault === "html_500") return { status: 500, headers: { "content-type": "text/html" } };
    return {
      status: 200,
      json: {
        messaging_product: "whatsapp",
        contacts: [{ input: body.to, wa_id: body.to }],
        messages: [{ id }],
      },
    };
  }

  #upload(request: FakeRequest): FakeAnswer {
    const text = request.body.toString("latin1");
    const type = /name="type"\r\n\r\n([^\r]+)/.exec(text)?.[1];
    if (!type || !text.includes('name="file"')) return refuse(400, 100, "Invalid media");
    const id = String(this.media.size + 1_000);
    this.media.set(id, { type, bytes: request.body });
    return { status: 200, json: { id } };
  }

  #list({ url }: FakeRequest): FakeAnswer {
    const from = Number(url.searchParams.get("after") ?? 0);
    const page = this.templates.slice(from, from + 2);
    const more = from + 2 < this.templates.length;
    const paging = { cursors: { after: String(from + 2) }, ...(more ? { next: "more" } : {}) };
    return { status: 200, json: { data: page, paging } };
  }

  #create({ body }: FakeRequest): FakeAnswer {
    const given = JSON.parse(body.toString()) as Record<string, unknown> & { name: string; language: string };
    if (this.templates.some(({ name, language }) => name === given.name && language === given.language))
      return refuse(400, 100, "There is already a template with this name and language");
    const id = String(7_000_000 + this.templates.length);
    this.templates.push({ ...given, id, status: "PENDING" });
    return { status: 200, json: { id, status: "PENDING", category: given.category } };
  }

  /** Tells that something became of a message. */
  tell(message: MetaFakeMessage, status: string, error?: { code: number; title: string }): Promise<number> {
    return this.call({
      statuses: [
        {
          id: message.id,
          status,
          timestamp: String(Math.floor(this.#now() / 1_000)),
          recipient_id: message.to,
          biz_opaque_callback_data: message.publicId,
          ...(error ? { errors: [{ ...error, message: error.title }] } : {}),
        },
      ],
    });
  }

  /** A person answers, in words or by a quick-reply button of a message. */
  say(from: string, said: { text: string } | { button: string; of: MetaFakeMessage }): Promise<number> {
    const base = {
      from,
      id: `wamid.${randomBytes(16).toString("base64url")}`,
      timestamp: String(Math.floor(this.#now() / 1_000)),
    };
    if ("text" in said)
      return this.call({ messages: [{ ...base, type: "text", text: { body: said.text } }] });
    return this.call({
      messages: [
        {
          ...base,
          type: "button",
          context: { from: "919876543210", id: said.of.id },
          button: { text: said.button, payload: payloadOf(said.of) },
        },
      ],
    });
  }

  /** A signed call with some content of the field `messages`, or of another. */
  call(content: Record<string, unknown>, field = "messages"): Promise<number> {
    const { body, headers } = signedCall(content, field);
    return this.post(body, headers);
  }
}

/** A webhook as Meta signs it, checked against its own description. */
export function signedCall(
  content: Record<string, unknown>,
  field = "messages",
): { body: string; headers: Record<string, string> } {
  const metadata = {
    display_phone_number: "919876543210",
    phone_number_id: metaSettings.phoneNumberId,
  };
  const value = field.startsWith("message_template")
    ? content
    : { messaging_product: "whatsapp", metadata, ...content };
  const payload = {
    object: "whatsapp_business_account",
    entry: [{ id: metaSettings.businessAccountId, changes: [{ field, value }] }],
  };
  const wrong = field === "messages" ? specs.metaWebhook(payload) : null;
  if (wrong) throw new Error(`the fake's own webhook is not one of Meta's: ${wrong}`);
  const body = asciiJson(payload);
  const signature = createHmac("sha256", metaSettings.appSecret).update(body).digest("hex");
  return {
    body,
    headers: { "content-type": "application/json", "x-hub-signature-256": `sha256=${signature}` },
  };
}

type Component = { sub_type?: string; parameters?: { payload?: string }[] };

const payloadOf = ({ body }: MetaFakeMessage): string => {
  const { components = [] } = body.template as { components?: Component[] };
  const button = components.find(({ sub_type }) => sub_type === "quick_reply");
  return button?.parameters?.[0]?.payload ?? "";
};

const refuse = (status: number, code: number, message: string, subcode?: number): FakeAnswer => ({
  status,
  json: {
    error: { message, type: "OAuthException", code, error_subcode: subcode, fbtrace_id: "fake" },
  },
});
