import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { withHotTransaction } from "@/db/transaction";
import { env } from "@/env";
import { type Sink, startSink } from "@/server/deliveries/testing/sink";
import { newId } from "@/server/platform/ids";
import { accountFor } from "./account-for";
import type { ChannelAdapter, OutboundMessage, SendOutcome } from "./adapter";
import { closeAdapters } from "./adapters";

const db = await testDatabase();
let workspaceId: string;
let sink: Sink;

beforeAll(async () => {
  workspaceId = await makeWorkspace(db.owner);
  sink = await startSink();
});

afterAll(async () => {
  await closeAdapters();
  await sink.close();
});

const account = (id: string) => withHotTransaction(id, (sql) => accountFor(sql, id, "email"));

const message = (): OutboundMessage => ({
  publicId: newId(),
  campaignId: null,
  customerId: null,
  kind: "campaign",
  to: { name: "Asha", address: "asha@example.test" },
  content: {
    channel: "email",
    from: { name: "Suraksha", address: "no-reply@suraksha.test" },
    subject: "Renewal",
    html: "<p>Hello</p>",
    text: "Hello",
    unsubscribeUrl: null,
    attachments: [],
  },
});

const arrivals = {
  sandbox: async (id: string) => {
    const [row] = await db.owner`select count(*)::int as n from sandbox_messages where public_id = ${id}`;
    return row?.n;
  },
  smtp: async (id: string) => sink.taken.get(id) ?? 0,
};

/** What every adapter promises, whatever carries it. */
describe.each(["sandbox", "smtp"] as const)("the %s adapter", (name) => {
  let adapter: ChannelAdapter;
  beforeAll(async () => {
    env.SMTP_URL = name === "smtp" ? sink.url : undefined;
    adapter = (await account(workspaceId)).adapter;
    expect(adapter.name).toBe(name);
  });

  test("tells an outcome for each message, in order, and starts each before it finishes, in order", async () => {
    const messages = Array.from({ length: 60 }, message);
    const started: number[] = [];
    const finished: number[] = [];
    const outcomes = await adapter.send(workspaceId, messages, {
      start: (index) => started.push(index) > 0,
      finish: (index) => {
        expect(started).toContain(index);
        finished.push(index);
      },
    });
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(messages.map(() => "accepted"));
    expect(started).toEqual(messages.map((_, index) => index));
    expect(new Set(finished).size).toBe(60);
    for (const { publicId } of messages) expect(await arrivals[name](publicId)).toBe(1);
  });

  test("hands over nothing once `start` says no, and says so", async () => {
    const messages = Array.from({ length: 30 }, message);
    const outcomes = await adapter.send(workspaceId, messages, {
      start: (index) => index < 7,
      finish: () => {},
    });
    const kinds = outcomes.map((outcome: SendOutcome) => outcome.kind);
    expect(kinds).toEqual(messages.map((_, index) => (index < 7 ? "accepted" : "not_started")));
    for (const [index, { publicId }] of messages.entries())
      expect(await arrivals[name](publicId)).toBe(index < 7 ? 1 : 0);
  });

  test("delivers a repeated message once exactly if it says that it is idempotent", async () => {
    const one = message();
    const hooks = { start: () => true, finish: () => {} };
    for (let time = 0; time < 2; time++) await adapter.send(workspaceId, [one], hooks);
    expect(await arrivals[name](one.publicId)).toBe(adapter.idempotent ? 1 : 2);
  });
});
