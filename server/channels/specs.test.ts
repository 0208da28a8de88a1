import { describe, expect, test } from "vitest";
import { readSpec } from "@/server/platform/testing/openapi";
import type { WebhookRequest } from "./adapter";
import { classOf as metaClass } from "./meta/errors";
import { parseWebhook as parseMeta, verifySignature as verifyMeta } from "./meta/webhooks";
import { specs } from "./testing/specs";
import { classOf as twilioClass } from "./twilio/errors";
import { parseWebhook as parseTwilio, verifySignature as verifyTwilio } from "./twilio/webhooks";

const asRequest = (given: Partial<WebhookRequest>): WebhookRequest => ({
  url: "https://app.example.com/hooks",
  headers: {},
  body: Buffer.alloc(0),
  receivedAt: new Date("2026-11-22T10:00:00Z"),
  ...given,
});

type Vectors = {
  twilio: {
    token: string;
    url: string;
    params: Record<string, string | string[]>;
    rawBody?: string;
    signature: string;
    valid?: false;
    note?: string;
  }[];
  meta_x_hub_signature_256: { appSecret: string; rawBody: string; header: string }[];
};
const vectors = readSpec<Vectors>("signature_vectors.json");

describe("signatures", () => {
  test.each(
    vectors.twilio.map((vector, index) => ({ ...vector, name: vector.note ?? `vector ${index + 1}` })),
  )("Twilio: $name", ({ token, url, params, rawBody, signature, valid = true }) => {
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(params))
      for (const one of [value].flat()) form.append(name, one);
    const body = Buffer.from(rawBody ?? form.toString());
    const request = asRequest({ url, body, headers: { "x-twilio-signature": signature } });
    expect(verifyTwilio(request, token)).toBe(valid);
    expect(verifyTwilio({ ...request, body: Buffer.concat([body, Buffer.from("&x=1")]) }, token)).toBe(false);
    expect(verifyTwilio(request, `${token}x`)).toBe(false);
  });

  test.each(vectors.meta_x_hub_signature_256)("Meta: $rawBody", ({ appSecret, rawBody, header }) => {
    const request = asRequest({ body: Buffer.from(rawBody), headers: { "x-hub-signature-256": header } });
    expect(verifyMeta(request, appSecret)).toBe(true);
    expect(verifyMeta({ ...request, body: Buffer.from(`${rawBody} `) }, appSecret)).toBe(false);
    expect(verifyMeta(request, "another")).toBe(false);
    expect(verifyMeta(asRequest({ body: request.body }), appSecret)).toBe(false);
  });
});

type Known = { code: number | string; kind: string };
const codes = readSpec<Record<"meta_whatsapp" | "twilio", Known[]>>("error_codes.json");

/** What our classes are called, for each kind that the collected codes have. */
const expected: Record<string, string[]> = {
  auth: ["account"],
  account: ["account"],
  throttle: ["throttled"],
  transient: ["temporary"],
  request: ["failed"],
  content: ["failed"],
  template: ["template"],
  recipient: ["failed"],
  recipient_optout: ["failed"],
  window: ["failed", "not_now"],
  frequency: ["not_now"],
};

/** Where we decide otherwise, each for its reason: see the comments in the two `errors.ts`. */
const otherwise: Record<string, string> = {
  "131048": "account",
  "130497": "failed",
  "130472": "failed",
  "132005": "failed",
  "132007": "failed",
  "132012": "failed",
  "21212": "account",
  "21606": "account",
  "63007": "account",
  "21408": "failed",
};

describe("error codes", () => {
  test.each([
    ["Meta", codes.meta_whatsapp, (code: number) => metaClass({ code, subcode: null })],
    ["Twilio", codes.twilio, twilioClass],
  ] as const)("every collected code of %s has the class of its kind", (_, known, classOf) => {
    for (const { code, kind } of known) {
      const first = Number(String(code).split("-")[0]);
      const wanted = otherwise[String(code)] ? [otherwise[String(code)]] : expected[kind];
      expect(wanted, `${code} ${kind}`).toContain(classOf(first).is);
    }
  });

  test("delivery.md wins: 131026 suppresses on WhatsApp, 131049 waits a day, 131050 and 21610 are opt-outs", () => {
    expect(metaClass({ code: 131_026, subcode: null })).toMatchObject({ is: "failed", suppress: true });
    expect(metaClass({ code: 131_049, subcode: null })).toMatchObject({ is: "not_now", afterMs: 86_400_000 });
    expect(metaClass({ code: 131_050, subcode: null })).toMatchObject({ reason: "opted_out" });
    expect(twilioClass(21_610)).toMatchObject({ reason: "opted_out" });
    for (const code of [21_614, 30_005, 30_006])
      expect(twilioClass(code)).toMatchObject({ reason: "address_refused", suppress: true });
  });
});

type Examples = {
  known_bad_send_examples: string[];
  send: Record<string, object>;
  webhook: Record<string, object>;
};
const examples = readSpec<Examples>("meta_whatsapp_examples.json");

describe("Meta's own description", () => {
  test("accepts its good send examples and refuses wrong ones", () => {
    const accepted = Object.entries(examples.send).filter(([, body]) => specs.metaMessage(body) === null);
    expect(accepted).toHaveLength(
      Object.keys(examples.send).length - examples.known_bad_send_examples.length,
    );
    const base = { messaging_product: "whatsapp", to: "919812345678" };
    for (const wrong of [
      { ...base, type: "template" },
      { ...base, type: "text", text: {} },
      { to: "919812345678", type: "text", text: { body: "Hi" } },
      { ...base, type: "template", template: { name: "x" } },
    ])
      expect(specs.metaMessage(wrong)).not.toBeNull();
  });

  const read = (name: string) => {
    const payload = examples.webhook[name];
    const phone = /"phone_number_id":"(\d+)"/.exec(JSON.stringify(payload))?.[1] ?? "";
    return parseMeta(asRequest({ body: Buffer.from(JSON.stringify(payload)) }), phone);
  };

  test("has messages that are read as replies", () => {
    expect(read("Text Message")).toMatchObject([
      {
        kind: "reply",
        channel: "whatsapp",
        from: "+16505551234",
        text: "Does it come in another color?",
        button: null,
      },
    ]);
    expect(read("Button Message")).toMatchObject([
      { kind: "reply", text: "Unsubscribe", button: "Unsubscribe" },
    ]);
    expect(read("Interactive Button Reply Message")).toMatchObject([{ text: "Cancel", button: "Cancel" }]);
    expect(read("Image Message")).toMatchObject([{ text: "Taj Mahal" }]);
  });

  test("has calls that say nothing to us, and all of them can be read", () => {
    for (const name of ["Reaction Message", "System Message", "Unsupported Message", "Group Create Message"])
      expect(read(name), name).toEqual([]);
    for (const name of Object.keys(examples.webhook)) expect(() => read(name), name).not.toThrow();
  });

  test("a call about another number of the same app is not ours", () => {
    const body = Buffer.from(JSON.stringify(examples.webhook["Text Message"]));
    expect(parseMeta(asRequest({ body }), "999999999")).toEqual([]);
  });
});

const fixtures = readSpec<{ twilio: Record<string, Record<string, string>> }>("provider_fixtures.json");

describe("Twilio's calls", () => {
  const read = (name: string, query = "") =>
    parseTwilio(
      asRequest({
        url: `https://app.example.com/hooks${query}`,
        body: Buffer.from(new URLSearchParams(fixtures.twilio[name]).toString()),
      }),
      "sms",
    );

  test("tell the status of the message that their address names", () => {
    expect(read("status_callback_form", "?id=abc")).toMatchObject([{ kind: "delivered", publicId: "abc" }]);
    expect(read("status_undelivered", "?id=abc")).toMatchObject([
      { kind: "failed", publicId: "abc", reason: "address_refused", suppress: true, detail: "Twilio 30005" },
    ]);
    expect(read("status_callback_form")).toEqual([]);
  });

  test("bring STOP as a reply and as an opt-out, and a pressed button with its label", () => {
    expect(read("inbound_sms").map(({ kind }) => kind)).toEqual(["reply", "opted_out"]);
    expect(read("inbound_whatsapp_button")).toMatchObject([
      { kind: "reply", from: "+919812345678", text: "Call me", button: "Call me" },
    ]);
  });
});
