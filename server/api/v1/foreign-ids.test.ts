import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { newId } from "@/server/platform/ids";
import { failureSchema } from "./envelope";
import type { Operation } from "./operation";
import { operations } from "./operations";
import { listen } from "./testing/listen";
import { makeWorld, nounOf, tokenOf, type World } from "./testing/world";

const db = await testDatabase();
let own: World;
let foreign: World;
let token: string;
let door: Awaited<ReturnType<typeof listen>>;

beforeAll(async () => {
  own = await makeWorld(db.owner);
  foreign = await makeWorld(db.owner);
  token = await tokenOf(db.owner, own.workspaceId, "admin");
  door = await listen();
});
afterAll(() => door.close());

async function answerTo({ method, scope, body, bodyOptional, example }: Operation, address: string) {
  const sent = body && !(bodyOptional && example === undefined) ? JSON.stringify(example) : null;
  const response = await fetch(`${door.origin}/api/v1${address}`, {
    method,
    headers: {
      authorization: `Bearer ${scope === null ? token : own.key}`,
      ...(sent !== null && { "content-type": "application/json" }),
    },
    ...(sent !== null && { body: sent }),
  });
  return [response.status, failureSchema.parse(await response.json()).error.code];
}

test.each(
  operations
    .filter(({ path }) => path.includes("{id}"))
    .map((operation) => [`${operation.method} ${operation.path}`, operation] as const),
)("another workspace’s id is a 404 at %s, as one that nobody has", async (_, operation) => {
  for (const id of [foreign.rows[nounOf(operation.path)] ?? newId(), newId(), "nothing"]) {
    const address = operation.path.replace("{id}", id).replace("{attempt_id}", newId());
    expect(await answerTo(operation, address)).toEqual([404, "not_found"]);
  }
});
