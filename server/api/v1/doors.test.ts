import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { createKey } from "@/server/api-keys";
import { revokeKey } from "@/server/api-keys/revoke";
import { rotateKey } from "@/server/api-keys/rotate";
import type { ApiScope } from "@/server/api-keys/status";
import { recordConversions } from "@/server/conversions";
import { ingestEvents } from "@/server/events/ingest";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { failureSchema, successSchema } from "./envelope";
import { operations } from "./operations";
import { call } from "./testing/call";

const db = await testDatabase();
let admin: Context & { userId: string };
let key: string;

beforeEach(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
  key = await keyWith("*");
});

const keyWith = async (...scopes: ApiScope[]): Promise<string> =>
  (await createKey(admin, { name: "CRM", scopes })).key;

const event = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  name: "inquiry",
  customer: { external_id: "C1" },
  ...more,
});

describe("a key", () => {
  test("is kept as a hash only, opens, and its use is noted", async () => {
    expect(key).toMatch(/^rb_[A-Za-z0-9_-]{43}$/);
    expect((await call("GET", "/customers", { key })).status).toBe(200);
    const rows = await db.owner`select * from api_keys where workspace_id = ${admin.workspaceId}`;
    expect(JSON.stringify(rows)).not.toContain(key);
    expect(rows[0]).toMatchObject({ hint: key.slice(-4), created_by: admin.userId });
    expect(rows[0]?.last_used_at).toBeInstanceOf(Date);
  });

  test.each([
    ["none", undefined],
    ["a wrong one", `rb_${"x".repeat(43)}`],
    ["no key at all", "letmein"],
  ])("%s is a 401", async (_, wrong) => {
    const { status, body, headers } = await call("GET", "/customers", { key: wrong });
    expect(status).toBe(401);
    expect(failureSchema.parse(body).error.code).toBe("unauthenticated");
    expect(headers.get("www-authenticate")).toBe("Bearer");
  });

  test("opens what its scopes say and nothing else", async () => {
    const reader = await keyWith("customers:read");
    expect((await call("GET", "/customers", { key: reader })).status).toBe(200);
    const { status, body } = await call("POST", "/events", { key: reader, body: { events: [event("1")] } });
    expect(status).toBe(403);
    expect(body.error).toMatchObject({ code: "forbidden", details: { scope: "events:write" } });
  });

  test("of before a rotation opens for the hours that were asked for; a revoked one is refused at once", async () => {
    const made = await createKey(admin, { name: "Core", scopes: ["*"] });
    const { key: next } = await rotateKey(admin, { id: made.id, keepHours: 24 });
    const opens = async (each: string) => (await call("GET", "/customers", { key: each })).status;
    expect([await opens(made.key), await opens(next)]).toEqual([200, 200]);
    await db.moveClock("25 hours");
    expect([await opens(made.key), await opens(next)]).toEqual([401, 200]);
    await db.moveClock("0");
    const { key: last } = await rotateKey(admin, { id: made.id, keepHours: 0 });
    expect([await opens(next), await opens(last)]).toEqual([401, 200]);
    await revokeKey(admin, { id: made.id });
    expect(await opens(last)).toBe(401);
    await expect(rotateKey(admin, { id: made.id, keepHours: 0 })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("is made by administrators, and another workspace’s is a missing one", async () => {
    const marketer = await makeMember(db.owner, admin.workspaceId, "marketer");
    await expect(createKey(marketer, { name: "x", scopes: ["*"] })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const made = await createKey(admin, { name: "Core", scopes: ["*"] });
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
    await expect(revokeKey(stranger, { id: made.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(rotateKey(stranger, { id: made.id, keepHours: 0 })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("may send so many requests a minute", async () => {
    const usual = await call("GET", "/customers", { key });
    expect(usual.headers.get("ratelimit-limit")).toBe(String(env.API_REQUESTS_PER_MINUTE));
    expect(usual.headers.get("ratelimit-remaining")).toBe(String(env.API_REQUESTS_PER_MINUTE - 1));
  });
});

describe("every operation", () => {
  const guarded = operations.filter(({ roles }) => roles !== "anybody");

  test.each(guarded.map((each) => [`${each.method} ${each.path}`, each] as const))(
    "%s is at its address, asks who calls, for the scope, and knows no foreign id",
    async (_, { method, path, scope, body }) => {
      const address = path.replaceAll(/\{\w+\}/g, newId());
      const sent = body ? { body: {} } : {};
      const nobody = await call(method, address, sent);
      expect([nobody.status, failureSchema.parse(nobody.body).error.code]).toEqual([401, "unauthenticated"]);
      const others = await keyWith(scope === "events:write" ? "customers:read" : "events:write");
      expect((await call(method, address, { ...sent, key: others })).status).toBe(403);
    },
  );

  test("at an address with another method is a 405 that names those that there are", async () => {
    const { status, headers, body } = await call("PUT", "/customers", { key, body: {} });
    expect([status, failureSchema.parse(body).error.code]).toEqual([405, "method_not_allowed"]);
    expect(headers.get("allow")).toBe("POST, GET");
  });

  test("what is no address is a 404 in the same envelope", async () => {
    const { status, body } = await call("GET", "/nothing/here", { key });
    expect([status, failureSchema.parse(body).error.code]).toEqual([404, "not_found"]);
  });
});

describe("a request", () => {
  const send = (sent: Parameters<typeof call>[2]) => call("POST", "/events", { key, ...sent });

  test.each([
    ["is not JSON", { raw: "{" }, 400, "malformed_request"],
    [
      "says that it is not",
      { raw: "{}", headers: { "content-type": "text/csv" } },
      415,
      "unsupported_media_type",
    ],
    ["is too large", { raw: JSON.stringify({ a: "x".repeat(6_000_000) }) }, 413, "payload_too_large"],
    [
      "holds too many",
      { body: { events: Array.from({ length: 1_001 }, (_, n) => event(String(n))) } },
      413,
      "payload_too_large",
    ],
    ["holds none", { body: { events: [] } }, 422, "validation_failed"],
    ["is a list", { body: [] }, 422, "validation_failed"],
    ["is null", { body: null }, 422, "validation_failed"],
  ])("that %s is refused (%#)", async (_, sent, status, code) => {
    const answer = await send(sent);
    expect([answer.status, failureSchema.parse(answer.body).error.code]).toEqual([status, code]);
    expect(answer.headers.get("x-request-id")).toBeTruthy();
  });

  test("says where it is malformed", async () => {
    const { body } = await send({ body: { events: "all of them" } });
    expect(body.error.details.issues).toMatchObject([{ path: "events" }]);
  });
});

describe("an Idempotency-Key", () => {
  const headers = { "idempotency-key": "order-1" };
  const record = (value: number, own = headers) =>
    call("POST", "/conversions", { key, headers: own, body: { customer: { external_id: "C1" }, value } });

  test("gives 100 parallel repeats the first answer, and does the work once", async () => {
    await makeCustomers(db.owner, admin.workspaceId, [{ externalId: "C1" }]);
    const answers = await Promise.all(Array.from({ length: 100 }, () => record(5)));
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(answers.filter((each) => each.headers.get("idempotency-replayed") === "true")).toHaveLength(99);
    const [row] =
      await db.owner`select count(*)::int as count from conversions where workspace_id = ${admin.workspaceId}`;
    expect(row?.count).toBe(1);
  });

  test("of another request is a 409, and a day later it is a new one", async () => {
    await makeCustomers(db.owner, admin.workspaceId, [{ externalId: "C1" }]);
    await record(5);
    const other = await record(6);
    expect([other.status, other.body.error.code]).toEqual([409, "idempotency_conflict"]);
    await db.moveClock("25 hours");
    expect((await record(6)).status).toBe(201);
    await db.moveClock("0");
  });

  test("whose answer was lost after the work does not count rows without an id twice", async () => {
    await makeCustomers(db.owner, admin.workspaceId, [{ externalId: "C1" }]);
    const { id: _, ...inquiry } = event("");
    const send = () => call("POST", "/events", { key, headers, body: { events: [inquiry, inquiry] } });
    // As when we die between the commit and the keeping of the answer.
    const lose = () => db.owner`delete from api_answers where workspace_id = ${admin.workspaceId}`;
    expect((await record(5)).body.data).toMatchObject({ recorded: 1 });
    await lose();
    expect((await record(5)).body.data).toMatchObject({ recorded: 0, duplicates: 1 });
    await lose();
    expect((await record(6)).body.data).toMatchObject({ recorded: 1 });
    await lose();
    expect((await send()).body.data).toMatchObject({ stored: 2 });
    await lose();
    expect((await send()).body.data).toMatchObject({ stored: 0, duplicates: 2 });
    const other = await keyWith("*");
    const again = await call("POST", "/events", { key: other, headers, body: { events: [inquiry] } });
    expect(again.body.data).toMatchObject({ stored: 1 });
  });

  test("keeps refusals too", async () => {
    const first = await record(5);
    await makeCustomers(db.owner, admin.workspaceId, [{ externalId: "C1" }]);
    const again = await record(5);
    expect([first.status, again.status]).toEqual([422, 422]);
    expect((await record(5, { "idempotency-key": "order-2" })).status).toBe(201);
  });
});

describe("events", () => {
  test("are stored when they are answered, once for each id, each with its result", async () => {
    const [customer] = await makeCustomers(db.owner, admin.workspaceId, [{ externalId: "C1" }]);
    const body = {
      events: [event("1"), event("1"), event("2", { customer: { external_id: "C9" } }), { nonsense: true }],
    };
    const { status, body: said } = await call("POST", "/events", { key, body });
    expect(status).toBe(202);
    const schema = operations.find(({ id }) => id === "sendEvents")?.data;
    successSchema(schema as never, false).parse(said);
    expect(said.data).toMatchObject({
      stored: 1,
      duplicates: 1,
      refused: 2,
      created_customers: 0,
      results: [
        { status: "stored", customer_id: customer },
        { status: "duplicate" },
        { status: "refused", reason: "No customer has this external_id, phone or e-mail." },
        { status: "refused" },
      ],
    });
    const again = await call("POST", "/events", { key, body: { ...body, create_customers: true } });
    expect(again.body.data).toMatchObject({ stored: 1, duplicates: 2, created_customers: 1 });
    const rows = await db.owner`select source from customer_events where workspace_id = ${admin.workspaceId}`;
    expect(rows.map(({ source }) => source)).toEqual(["api", "api"]);
  });
});

describe("half of a surrogate pair", () => {
  // What a system sends that cuts an emoji in the middle.
  const half = "Thanks \\ud83d";
  const kept = "Thanks \ufffd";

  test("in one row fails neither that row nor its batch", async () => {
    await makeCustomers(db.owner, admin.workspaceId, [{ externalId: "C1" }]);
    const events = `{"events":[{"name":"inquiry","customer":{"external_id":"C1"},"properties":{"via":"${half}"}},
      {"name":"inquiry","customer":{"external_id":"C1"}}]}`;
    const sent = await call("POST", "/events", { key, raw: events });
    expect([sent.status, sent.body.data?.stored]).toEqual([202, 2]);
    const [event] = await db.owner`select properties from customer_events
      where workspace_id = ${admin.workspaceId} and properties <> '{}'`;
    expect(event?.properties).toEqual({ via: kept });
    const conversions = `{"id":"${half}","customer":{"external_id":"C1"}}`;
    expect((await call("POST", "/conversions", { key, raw: conversions })).status).toBe(201);
    const customers = `{"customers":[{"external_id":"C2","name":"${half}"},{"external_id":"C3","name":"Ravi"}]}`;
    expect((await call("POST", "/customers", { key, raw: customers })).body.data).toMatchObject({
      created: 2,
    });
  });

  test("stops no event that comes in another way", async () => {
    await makeCustomers(db.owner, admin.workspaceId, [{ externalId: "C1" }]);
    const one = { ...event("1"), properties: { via: "Thanks \ud83d" } };
    expect(await ingestEvents(admin, { events: [one] })).toMatchObject({ stored: 1 });
    const conversion = { customer: { external_id: "C1" }, policy_number: "P\ud83d" };
    expect(await recordConversions(admin, { conversions: [conversion] })).toMatchObject([
      { status: "recorded" },
    ]);
  });
});

describe("the OpenAPI document", () => {
  test("describes every operation by the schemas that it runs with", async () => {
    const { body } = await call("GET", "/openapi.json");
    expect(body.openapi).toBe("3.1.0");
    const described = Object.entries(body.paths as Record<string, Record<string, unknown>>).flatMap(
      ([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(operations.map(({ method, path }) => `${method} ${path}`).sort());
    const events = body.paths["/events"].post;
    expect(events.requestBody.content["application/json"].schema.properties.events).toMatchObject({
      maxItems: 1_000,
      items: { required: ["name", "customer"] },
    });
    expect(events.responses["202"].content["application/json"].schema.properties.data.required).toContain(
      "results",
    );
    expect(body.paths["/customers/{id}"].get.parameters).toMatchObject([{ name: "id", in: "path" }]);
  });
});
