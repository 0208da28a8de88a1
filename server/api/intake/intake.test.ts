import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { call } from "@/server/api/v1/testing/call";
import { createKey } from "@/server/api-keys";
import { type Intake, startIntake } from "./server";

const db = await testDatabase();
let intake: Intake;
let url: string;
let key: string;
let reader: string;

beforeAll(async () => {
  intake = await startIntake({ host: "127.0.0.1", port: 0 });
  url = `http://127.0.0.1:${intake.port}`;
  const admin = await makeMember(db.owner, await makeWorkspace(db.owner));
  await makeCustomers(db.owner, admin.workspaceId, [{ externalId: "C1" }, { externalId: "C2" }]);
  ({ key } = await createKey(admin, { name: "CRM", scopes: ["events:write"] }));
  ({ key: reader } = await createKey(admin, { name: "Reader", scopes: ["customers:read"] }));
});
afterAll(() => intake.stop());

const event = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  name: "inquiry",
  customer: { external_id: "C1" },
  ...more,
});

type Sent = { key?: string; raw?: string; type?: string; headers?: Record<string, string>; to?: string };

async function send(
  events: unknown[],
  { key: by = key, raw, type = "application/json", headers, to = url }: Sent = {},
) {
  const answer = await fetch(`${to}/api/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${by}`, "content-type": type, ...headers },
    body: raw ?? JSON.stringify({ events }),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

/** Ids and instants are new each time. */
const alike = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body).replace(/"(event_id|customer_id)":"[^"]+"/g, '"$1":"…"'));

test.each<[string, unknown[], Sent]>([
  [
    "a good batch, with a repeat and a stranger",
    [event("1"), event("1"), event("2", { customer: { external_id: "X" } })],
    {},
  ],
  ["an event that is none", [{ name: "Not A Name" }], {}],
  ["no events", [], {}],
  ["too many", Array.from({ length: 1_001 }, (_, n) => event(String(n))), {}],
  ["what is no JSON", [], { raw: "{" }],
  ["another type", [], { type: "text/plain" }],
  ["a body of more than 5 MB", [], { raw: JSON.stringify({ events: ["x".repeat(5 * 1024 * 1024)] }) }],
  ["an unknown key", [event("1")], { key: `rb_${"x".repeat(43)}` }],
])("%s is answered as the web process answers it", async (name, events, sent) => {
  const marked = (door: string) =>
    events.map((one) =>
      one && typeof one === "object" && "id" in one ? { ...one, id: `${name} ${door} ${one.id}` } : one,
    );
  const here = await send(marked("here"), sent);
  const web = await call("POST", "/events", {
    key: sent.key ?? key,
    raw: sent.raw ?? JSON.stringify({ events: marked("web") }),
    headers: { "content-type": sent.type ?? "application/json" },
  });
  expect(here.status).toBe(web.status);
  const withoutRequest = (body: unknown) => alike(body);
  expect(withoutRequest(here.body)).toEqual(withoutRequest(web.body));
  expect(here.headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
});

test("a key without the scope is refused, and any other address is not there", async () => {
  expect((await send([event("1")], { key: reader })).status).toBe(403);
  expect(
    (await fetch(`${url}/api/v1/customers`, { headers: { authorization: `Bearer ${key}` } })).status,
  ).toBe(404);
  expect(await (await fetch(`${url}/health`)).text()).toBe("ok");
  expect((await fetch(`${url}/metrics`, { headers: { "x-forwarded-for": "203.0.113.9" } })).status).toBe(404);
});

test("many senders at once are stored together, each event once, and each gets its own answer", async () => {
  const ids = Array.from({ length: 60 }, (_, n) => `together-${n % 40}`);
  const answers = await Promise.all(ids.map((id) => send([event(id)])));
  expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 202));
  const stored = answers.filter(({ body }) => body.data.stored === 1);
  expect(stored).toHaveLength(40);
  expect(answers.filter(({ body }) => body.data.duplicates === 1)).toHaveLength(20);
  const rows = await db.owner<{ transactions: number; rows: number }[]>`
    select count(*)::int as rows, count(distinct xmin::text)::int as transactions from customer_events
    where source_id like 'together-%'`;
  expect(rows[0]?.rows).toBe(40);
  expect(rows[0]?.transactions).toBeLessThan(40);
});

test("a full batch does not wait for two transactions of its sender that are under way", async () => {
  const waiting = async () => {
    const [row] = await db.owner<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return row?.n;
  };
  const stuck = await db.owner.begin(async (tx) => {
    await tx`
      insert into customer_event_stats (workspace_id, customer_id, name, count, first_at, last_at)
      select workspace_id, id, 'held', 1, now(), now() from customers where external_id = 'C1'`;
    const two = ["stuck-1", "stuck-2"].map((id) => send([event(id, { name: "held" })]));
    await expect.poll(waiting, { timeout: 20_000 }).toBe(2);
    const whole = Array.from({ length: 1_000 }, (_, n) =>
      event(`whole-${n}`, { customer: { external_id: "C2" } }),
    );
    expect((await send(whole)).body.data.stored).toBe(1_000);
    return { two };
  });
  expect((await Promise.all(stuck.two)).map(({ body }) => body.data.stored)).toEqual([1, 1]);
});

test("a batch that cannot be stored takes nobody with it", async () => {
  // Valid as an instant, but before the database's calendar begins.
  const bad = event("bad", { occurred_at: "0000-01-01T00:00:00Z" });
  const answers = await Promise.all([
    ...Array.from({ length: 10 }, (_, n) => send([event(`beside-${n}`)])),
    send([bad]),
    ...Array.from({ length: 10 }, (_, n) => send([event(`beside-${n + 10}`)])),
  ]);
  const good = answers.filter(({ status }) => status === 202 && status === 202);
  expect(good.length).toBeGreaterThanOrEqual(20);
  const [row] = await db.owner<{ n: number }[]>`
    select count(*)::int as n from customer_events where source_id like 'beside-%'`;
  expect(row?.n).toBe(20);
});

test("a repeated Idempotency-Key gets the first answer", async () => {
  const headers = { "idempotency-key": "once" };
  const first = await send([event("keyed")], { headers });
  const again = await send([event("keyed")], { headers });
  expect(again.body).toEqual(first.body);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
});

test("a hundred repeats of one batch at once are stored once, and each of them is told so", async () => {
  const events = Array.from({ length: 50 }, (_, n) => event(`again-${n}`));
  const answers = await Promise.all(
    // Each repeat has an order of its own: locks taken in it would meet in a circle.
    Array.from({ length: 100 }, (_, nth) => send(events.map((_, n) => events[(n * 7 + nth) % 50]))),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
  const sum = (what: "stored" | "duplicates" | "refused") =>
    answers.reduce((all, { body }) => all + body.data[what], 0);
  expect({ stored: sum("stored"), duplicates: sum("duplicates"), refused: sum("refused") }).toEqual({
    stored: 50,
    duplicates: 99 * 50,
    refused: 0,
  });
  const [row] = await db.owner<{ n: number }[]>`
    select count(*)::int as n from customer_events where source_id like 'again-%'`;
  expect(row?.n).toBe(50);
});

test("one bad event in a batch is refused at its place with the reason, and the others are stored", async () => {
  const { status, body } = await send([
    event("mixed-1"),
    event("mixed-2", { properties: { product: { nested: true } } }),
    event("mixed-3", { customer: { external_id: "nobody" } }),
    event("mixed-4"),
  ]);
  expect(status).toBe(202);
  expect(body.data).toMatchObject({
    stored: 2,
    duplicates: 0,
    refused: 2,
    results: [
      { status: "stored" },
      {
        status: "refused",
        reason: "properties.product: A property is a text, a number, true, false or null.",
      },
      { status: "refused", reason: "No customer has this external_id, phone or e-mail." },
      { status: "stored" },
    ],
  });
  const rows = await db.owner`
    select source_id from customer_events where source_id like 'mixed-%' order by source_id`;
  expect(rows.map(({ source_id }) => source_id)).toEqual(["mixed-1", "mixed-4"]);
});

test("the events of a customer stand in the order in which they were sent, within a batch and from batch to batch", async () => {
  // Sorted by these ids they would stand the other way round.
  const ids = Array.from({ length: 40 }, (_, n) => `order-${99 - n}`);
  for (const from of [0, 10, 20, 30]) {
    const batch = ids.slice(from, from + 10).map((id) => event(id));
    const others = Array.from({ length: 5 }, (_, n) => send([event(`between-${from}-${n}`)]));
    expect((await send(batch)).body.data.stored).toBe(10);
    await Promise.all(others);
  }
  const rows = await db.owner`
    select source_id from customer_events where source_id like 'order-%' order by occurred_at, id`;
  expect(rows.map(({ source_id }) => source_id)).toEqual(ids);
});
