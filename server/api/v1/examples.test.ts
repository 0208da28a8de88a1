import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { hashPassword } from "@/server/auth";
import { systemContext } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { seedTemplates } from "@/server/template-library";
import { setTemplateLinks } from "@/server/template-library/links";
import { allLinks } from "@/server/template-library/testing/desk";
import { openApiDocument } from "./openapi";
import { operations } from "./operations";
import type { Described } from "./testing/arbitrary-request";
import { call } from "./testing/call";
import { checkAgainst } from "./testing/check-answer";
import { listen } from "./testing/listen";
import { makeWorld, nounOf, tokenOf, type World } from "./testing/world";

const db = await testDatabase();
const document = openApiDocument("http://ringback.test");
const wrongIn = checkAgainst(document);
let world: World;
let token: string;
let door: Awaited<ReturnType<typeof listen>>;

beforeAll(async () => {
  // Noon in India, whenever it runs: calls of examples are dialled, and nobody may be called at night.
  await db.setClock(`${new Date().toISOString().slice(0, 10)}T12:00:00+05:30`);
  world = await makeWorld(db.owner);
  token = await tokenOf(db.owner, world.workspaceId, "admin");
  const ctx = systemContext(world.workspaceId);
  await withTransaction(ctx, (tx) => seedTemplates(tx, ctx));
  await setTemplateLinks(ctx, { links: allLinks });
  door = await listen();
});
afterAll(() => door.close());

type Example = Record<string, unknown>;

function exampleOf({ method, path }: (typeof operations)[number]): Example | undefined {
  const described = document.paths[path]?.[method.toLowerCase()] as Described | undefined;
  return described?.requestBody?.content["application/json"].example as Example | undefined;
}

/** A request that is in nobody's hands yet: what one example does to it, the next one must not find. */
async function newCallback(): Promise<string> {
  const body = { customer_name: "Ravi Iyer", customer_phone: phone(), request_type: "policy_issue" };
  return (await call("POST", "/callbacks", { key: world.key, body })).body.data.callback_request_id;
}
/** One without payments: the example's day is free. */
async function newPolicy(): Promise<string> {
  const example = operations.find(({ id }) => id === "createPolicy")?.example as Example;
  const body = { ...example, policy_number: newId() };
  const address = `/customers/${world.rows.customers}/policies`;
  return (await call("POST", address, { key: world.key, body })).body.data.policy_id;
}

let last = 0;
const phone = () => `+9198${String(30_000_000 + ++last)}`;

/** The ids of an address; a row of its own for what changes it for good. */
async function idsFor(path: string): Promise<{ id: string; attempt_id: string }> {
  const noun = nounOf(path);
  if (noun === "templates") {
    const search = await call("GET", "/campaigns/templates?search=renewal", { key: world.key });
    return { id: search.body.data[0].template_id, attempt_id: "" };
  }
  if (path === "/policies/{id}/payments") return { id: await newPolicy(), attempt_id: "" };
  if (noun !== "callbacks") return { id: world.rows[noun] ?? "", attempt_id: "" };
  const id = await newCallback();
  if (!path.includes("{attempt_id}")) return { id, attempt_id: "" };
  const { body } = await call("POST", `/callbacks/${id}/attempts`, { key: token });
  return { id, attempt_id: body.data.attempt_id };
}

/** What an example cannot name, because it is a secret of the moment; and who has to be there for it. */
const arranged: Record<string, (example: Example) => Promise<Example>> = {
  login: async (example) => {
    const { userId } = await makeMember(db.owner, world.workspaceId, "admin");
    const hash = await hashPassword(String(example.password));
    await db.owner`update users set email = ${String(example.email)}, password_hash = ${hash} where id = ${userId}`;
    return example;
  },
  refresh: async () => {
    const login = operations.find(({ id }) => id === "login");
    const { body } = await call("POST", "/auth/login", { body: login?.example });
    return { refresh_token: body.refresh_token };
  },
};

test.each(operations.filter(({ body }) => body !== null).map((each) => [each.id, each] as const))(
  "the example of %s does what it says",
  async (id, operation) => {
    const example = exampleOf(operation);
    if (example === undefined) return expect.fail("it has no example");
    const { method, path, scope, status } = operation;
    const ids = await idsFor(path);
    const address = path.replace("{id}", ids.id).replace("{attempt_id}", ids.attempt_id);
    const response = await fetch(`${door.origin}/api/v1${address}`, {
      method,
      headers: {
        authorization: `Bearer ${scope === null ? token : world.key}`,
        "content-type": "application/json",
        "idempotency-key": newId(),
      },
      body: JSON.stringify((await arranged[id]?.(example)) ?? example),
    });
    const answer = await response.json();
    expect([response.status, wrongIn(operation, response.status, answer)], JSON.stringify(answer)).toEqual([
      status,
      null,
    ]);
    // A batch is answered with a success whatever its rows are.
    expect([answer.data.refused ?? 0].flat().filter(Boolean), JSON.stringify(answer)).toEqual([]);
  },
);
