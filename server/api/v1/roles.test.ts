import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { newId } from "@/server/platform/ids";
import { roleKeys } from "@/server/workspaces/roles";
import { operations } from "./operations";
import { call } from "./testing/call";
import { keyOf, tokenOf } from "./testing/world";

const db = await testDatabase();

/** Who may call what with an access token, by letters. A new operation must be written down here. */
const letters = { a: "admin", m: "marketer", s: "supervisor", g: "agent", v: "advisor" } as const;
const allowed: Record<string, string> = {
  "POST /auth/login": "anybody",
  "POST /auth/refresh": "anybody",
  "POST /auth/logout": "amsgv",
  "POST /campaigns": "amv",
  "GET /campaigns": "amsv",
  "GET /campaigns/templates": "amsv",
  "POST /campaigns/templates/{id}/create": "amv",
  "GET /campaigns/recommendations": "amv",
  "GET /campaigns/{id}": "amsv",
  "PUT /campaigns/{id}": "amv",
  "DELETE /campaigns/{id}": "amv",
  "POST /campaigns/{id}/launch": "amv",
  "POST /campaigns/{id}/pause": "amv",
  "POST /campaigns/{id}/resume": "amv",
  "POST /campaigns/{id}/cancel": "amv",
  "POST /campaigns/{id}/clone": "amv",
  "POST /campaigns/{id}/test": "amv",
  "GET /campaigns/{id}/analytics": "amsv",
  "GET /campaigns/{id}/recipients": "amsv",
  "POST /callbacks": "amsgv",
  "GET /callbacks": "asgv",
  "POST /callbacks/claim-next": "asgv",
  "GET /callbacks/{id}": "asgv",
  "PUT /callbacks/{id}/status": "asgv",
  "POST /callbacks/{id}/assign": "asgv",
  "POST /callbacks/{id}/claim": "asgv",
  "POST /callbacks/{id}/attempts": "asgv",
  "PUT /callbacks/{id}/attempts/{attempt_id}": "asgv",
  "POST /callbacks/{id}/schedule": "asgv",
  "POST /callbacks/{id}/complete": "asgv",
  "POST /customers": "am",
  "GET /customers": "amsv",
  "GET /customers/{id}": "amsv",
  "PUT /customers/{id}": "amv",
  "DELETE /customers/{id}": "a",
  "GET /customers/{id}/policies": "amsv",
  "POST /customers/{id}/policies": "amv",
  "GET /policies/{id}": "amsv",
  "PUT /policies/{id}": "amv",
  "GET /policies/{id}/payments": "amsv",
  "POST /policies/{id}/payments": "amv",
  "PUT /payments/{id}": "amv",
  "GET /customers/{id}/consents": "amsv",
  "POST /customers/{id}/consents": "amv",
  "GET /consents": "ams",
  "POST /events": "am",
  "POST /conversions": "am",
  "GET /conversions": "ams",
  "PATCH /conversions/{id}": "am",
  "POST /suppressions": "am",
  "GET /suppressions": "ams",
  "GET /segments": "ams",
  "GET /segments/{id}/count": "ams",
  "GET /segments/{id}/members": "ams",
  "GET /users": "a",
  "GET /users/me": "amsgv",
  "GET /settings": "a",
  "PATCH /settings": "a",
};

const tokens = new Map<string, string>();
let key: string;

beforeAll(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  for (const role of roleKeys) tokens.set(role, await tokenOf(db.owner, workspaceId, role));
  key = await keyOf(db.owner, workspaceId);
});

const nameOf = ({ method, path }: (typeof operations)[number]) => `${method} ${path}`;

test("every operation stands in the table", () => {
  expect(operations.map(nameOf).sort()).toEqual(Object.keys(allowed).sort());
});

describe.each(operations.map((each) => [nameOf(each), each] as const))("%s", (name, operation) => {
  const { method, path, body, bodyOptional, example, scope } = operation;
  const who = allowed[name] ?? "";
  const address = path.replaceAll(/\{\w+\}/g, newId());
  const content = body && !(bodyOptional && example === undefined) ? { body: example ?? {} } : {};
  const statusFor = async (token?: string) =>
    (await call(method, address, { ...content, ...(token ? { key: token } : {}) })).status;

  test(`is for ${who}`, async () => {
    if (who === "anybody") return expect([422, 401]).toContain(await statusFor());
    expect(await statusFor()).toBe(401);
    // Signing out last of all would end what the others are called with.
    if (path === "/auth/logout") return;
    for (const [letter, role] of Object.entries(letters)) {
      const status = await statusFor(tokens.get(role));
      expect(status === 403, `${role} got ${status}`).toBe(!who.includes(letter));
      expect(status, role).toBeLessThan(500);
    }
    expect((await statusFor(key)) === 403, "a key with every scope").toBe(scope === null);
  });
});
