import { type ChildProcess, spawn } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "@/db/ports";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { childEnvironment, env } from "@/env";
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

test("what was answered is stored, also when the process is killed in the middle", async () => {
  const port = await freePort();
  const child: ChildProcess = spawn(
    process.execPath,
    ["--import", "tsx", "server/api/intake/main.ts", String(port)],
    {
      stdio: "ignore",
      env: childEnvironment({
        DATABASE_URL: db.url,
        RINGBACK_SECRET: env.RINGBACK_SECRET,
      }),
    },
  );
  const to = `http://127.0.0.1:${port}`;
  await expect
    .poll(
      () =>
        fetch(`${to}/health`).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 30_000 },
    )
    .toBe(true);
  const answered: string[] = [];
  let sent = 0;
  const lane = async (name: string): Promise<void> => {
    for (let n = 0; ; n++) {
      const ids = Array.from({ length: 20 }, (_, k) => `kill-${name}-${n}-${k}`);
      sent += ids.length;
      try {
        const { status } = await send(
          ids.map((id) => event(id)),
          { to },
        );
        if (status === 202) answered.push(...ids);
      } catch {
        return; // killed: nobody was told
      }
      if (answered.length > 400) child.kill("SIGKILL");
    }
  };
  await Promise.all(["a", "b", "c", "d"].map(lane));
  const rows = await db.owner<
    { id: string }[]
  >`select source_id as id from customer_events where source_id like 'kill-%'`;
  const stored = new Set(rows.map(({ id }) => id));
  expect(answered.filter((id) => !stored.has(id))).toEqual([]);
  expect(sent).toBeGreaterThanOrEqual(stored.size);
});
