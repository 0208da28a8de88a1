import { describe, expect, test } from "vitest";
import type { ChannelAdapter, OutboundMessage, SendOutcome, WebhookRequest } from "../adapter";

/** One adapter under test, with its provider's stand-in. */
export type Subject = {
  adapter: () => ChannelAdapter;
  workspaceId: () => string;
  message: () => OutboundMessage;
  /** How often the provider got a message. */
  arrivals: (message: OutboundMessage) => Promise<number> | number;
  /** Answers of the provider that concern one message, and the class that delivery.md gives them. */
  refusals: Record<string, { arrange: (message: OutboundMessage) => void; outcome: Partial<SendOutcome> }>;
  /** What must never be seen in an outcome. */
  secrets: readonly string[];
  /** Requests that the provider's own description refuses. */
  complaints?: () => readonly string[];
  webhooks?: {
    /** A true call; the body is spoilt by the suite. */
    call: () => WebhookRequest;
    /** The provider signs nothing: what proves its calls is in the address. */
    unsigned?: boolean;
  };
};

const hooks = { start: () => true, finish: () => {} };

/** What every adapter promises, whatever carries it. */
export function describeAdapter(name: string, subject: Subject): void {
  const send = (messages: OutboundMessage[], given = hooks as Parameters<ChannelAdapter["send"]>[2]) =>
    subject.adapter().send(subject.workspaceId(), messages, given);

  describe(`the ${name} adapter`, () => {
    test("tells an outcome for each message, in order, and starts each before it finishes, in order", async () => {
      const messages = Array.from({ length: 60 }, subject.message);
      const started: number[] = [];
      const finished: number[] = [];
      const outcomes = await send(messages, {
        start: (index) => started.push(index) > 0,
        finish: (index) => {
          expect(started).toContain(index);
          finished.push(index);
        },
      });
      expect(outcomes.map((outcome) => outcome.kind)).toEqual(messages.map(() => "accepted"));
      expect(started).toEqual(messages.map((_, index) => index));
      expect(new Set(finished).size).toBe(60);
      for (const message of messages) expect(await subject.arrivals(message)).toBe(1);
    });

    test("hands over nothing once `start` says no, and says so", async () => {
      const messages = Array.from({ length: 30 }, subject.message);
      const outcomes = await send(messages, { start: (index) => index < 7, finish: () => {} });
      const kinds = outcomes.map((outcome) => outcome.kind);
      expect(kinds).toEqual(messages.map((_, index) => (index < 7 ? "accepted" : "not_started")));
      for (const [index, message] of messages.entries())
        expect(await subject.arrivals(message)).toBe(index < 7 ? 1 : 0);
    });

    test("delivers a repeated message once exactly if it says that it is idempotent", async () => {
      const one = subject.message();
      for (let time = 0; time < 2; time++) await send([one]);
      expect(await subject.arrivals(one)).toBe(subject.adapter().idempotent ? 1 : 2);
    });

    test.each(Object.entries(subject.refusals))("classes an answer: %s", async (_, { arrange, outcome }) => {
      const message = subject.message();
      arrange(message);
      const finished: SendOutcome[] = [];
      const [told] = await send([message], {
        start: () => true,
        finish: (_index, known) => finished.push(known),
      });
      expect(told).toMatchObject(outcome);
      expect(JSON.stringify([told, finished])).not.toContain(message.to.address);
      for (const secret of subject.secrets) expect(JSON.stringify([told, finished])).not.toContain(secret);
    });

    test("asks the provider only what its own description allows", () => {
      expect(subject.complaints?.() ?? []).toEqual([]);
    });

    if (subject.webhooks) describeWebhooks(subject, subject.webhooks);
  });
}

function describeWebhooks(subject: Subject, { call, unsigned }: NonNullable<Subject["webhooks"]>): void {
  const doors = () => {
    const { webhooks } = subject.adapter();
    if (!webhooks) throw new Error("the adapter has no webhooks");
    return webhooks;
  };

  test("believes a provider's call, and no other", () => {
    const request = call();
    expect(doors().verify(request)).toBe(true);
    const elsewhere = request.url.replace(/\?.*$/, "");
    expect(doors().verify({ ...request, headers: {}, url: elsewhere })).toBe(false);
    if (unsigned) return;
    for (let at = 0; at < request.body.length; at += 7) {
      const body = Buffer.from(request.body);
      body.writeUInt8(body.readUInt8(at) ^ 1, at);
      expect(doors().verify({ ...request, body }), `byte ${at}`).toBe(false);
    }
  });

  test("reads a repeated call as the same events", () => {
    const request = call();
    const events = doors().parse(request);
    expect(events.length).toBeGreaterThan(0);
    expect(doors().parse(request)).toEqual(events);
    for (const event of events) if ("dedupeKey" in event) expect(event.dedupeKey.length).toBeGreaterThan(5);
  });

  test("refuses bytes that the provider cannot have meant", () => {
    for (const body of ["", "{", "[]", '{"object":"page"}', "\u0000\u0001"])
      expect(() => doors().parse({ ...call(), body: Buffer.from(body) })).toThrow();
  });
}
