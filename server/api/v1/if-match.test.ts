import { beforeAll, expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { operations } from "./operations";
import { type Called, call } from "./testing/call";
import { makeWorld, nounOf, type World } from "./testing/world";

const db = await testDatabase();
let world: World;

beforeAll(async () => {
  world = await makeWorld(db.owner);
});

/** Two different edits for each operation that takes `If-Match`, and the table whose row both want. */
const edits: Record<string, { table: string; bodies: [unknown, unknown]; loses?: number }> = {
  "PUT /campaigns/{id}": {
    table: "campaigns",
    bodies: [{ campaign_name: "First" }, { campaign_name: "Second" }],
  },
  "POST /campaigns/{id}/launch": {
    table: "campaigns",
    bodies: [undefined, undefined],
    // It is no draft any more, and that is what is said.
    loses: 409,
  },
  "PUT /callbacks/{id}/status": {
    table: "callback_requests",
    bodies: [
      { status: "completed", resolution: "Explained." },
      { status: "cancelled", reason: "duplicate" },
    ],
  },
  "PUT /customers/{id}": { table: "customers", bodies: [{ city: "Pune" }, { city: "Nashik" }] },
  "PUT /policies/{id}": {
    table: "policies",
    bodies: [{ product_name: "Term Plus" }, { product_name: "Term Basic" }],
  },
  "PATCH /settings": {
    table: "workspaces",
    bodies: [{ workspace_name: "First" }, { workspace_name: "Second" }],
  },
};

const tagged = operations.filter((each) => each.tagged && each.method !== "GET");

test("every operation that takes If-Match is asked", () => {
  expect(tagged.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(Object.keys(edits).sort());
});

/** Sends both while the row is held by somebody else, and lets go of it once both wait for it. */
async function together(table: string, id: string, send: (nth: 0 | 1) => Promise<Called>): Promise<Called[]> {
  const { owner } = db;
  return owner
    .begin(async (tx) => {
      await tx`select 1 from ${tx(table)} where id = ${id} for update`;
      const sent = Promise.all([send(0), send(1)]);
      await vi.waitFor(async () => {
        const [waiting] = await owner`
        select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        expect(waiting?.n).toBe(2);
      }, 20_000);
      return [sent] as const;
    })
    .then(([sent]) => sent);
}

test.each(tagged.map((each) => [`${each.method} ${each.path}`, each] as const))(
  "%s lets one of two who know the same state through",
  async (name, { method, path, status }) => {
    const edit = edits[name];
    if (!edit) throw new Error(`no edits for ${name}`);
    const id = path.includes("{id}") ? (world.rows[nounOf(path)] ?? "") : world.workspaceId;
    const address = path.replace("{id}", id);
    const { key } = world;
    const read = await call("GET", address.replace(/\/(launch|status)$/, ""), { key });
    const etag = read.headers.get("etag") ?? "";
    const answers = await together(edit.table, id, (nth) =>
      call(method, address, { key, body: edit.bodies[nth], headers: { "if-match": etag } }),
    );
    expect(answers.map((each) => each.status).sort(), JSON.stringify(answers)).toEqual([
      status,
      edit.loses ?? 412,
    ]);
  },
);

test("two who know the same tags of a customer do not both replace them", async () => {
  const { key } = world;
  const id = world.rows.customers ?? "";
  const read = await call("GET", `/customers/${id}`, { key });
  const etag = read.headers.get("etag") ?? "";
  const answers = await together("customers", id, (nth) =>
    call("PUT", `/customers/${id}`, {
      key,
      body: { tags: [["first"], ["second"]][nth] },
      headers: { "if-match": etag },
    }),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
});

test("two who change different settings at the same time lose neither’s change", async () => {
  const { key } = world;
  const bodies = [{ workspace_name: "Suraksha" }, { approval_required: true }];
  await together("workspaces", world.workspaceId, (nth) =>
    call("PATCH", "/settings", { key, body: bodies[nth] }),
  );
  const { body } = await call("GET", "/settings", { key });
  expect(body.data).toMatchObject({ workspace_name: "Suraksha", approval_required: true });
});
