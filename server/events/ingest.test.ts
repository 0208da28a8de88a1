import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { ingestEvents } from "./ingest";

const db = await testDatabase();
let admin: Context;

beforeEach(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const eventsOf = (ctx: Context) => db.owner<{ source_id: string; name: string; customer_id: string }[]>`
  select source_id, name, customer_id from customer_events where workspace_id = ${ctx.workspaceId} order by source_id, id`;
const statsOf = (ctx: Context) => db.owner<{ customer_id: string; name: string; count: number }[]>`
  select customer_id, name, count, first_at, last_at from customer_event_stats
  where workspace_id = ${ctx.workspaceId} order by name, customer_id`;
const recountOf = (ctx: Context) => db.owner`
  select customer_id, name, count(*)::int as count, min(occurred_at) as first_at, max(occurred_at) as last_at
  from customer_events where workspace_id = ${ctx.workspaceId} group by 1, 2 order by name, customer_id`;
const marksOf = (ctx: Context) => db.owner<{ customer_id: string; touch: string; kinds: string[] }[]>`
  select customer_id, touch, kinds from touched_customers where workspace_id = ${ctx.workspaceId} order by customer_id`;

const event = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  name: "inquiry",
  customer: { external_id: "C1" },
  properties: { product: "term" },
  occurred_at: "2026-03-01T10:00:00+05:30",
  ...more,
});

describe("a batch", () => {
  test("is stored, rolled up and its customers marked when the answer comes", async () => {
    const ids = await makeCustomers(db.owner, admin.workspaceId, [
      { externalId: "C1" },
      { externalId: "C2" },
    ]);
    const result = await ingestEvents(admin, {
      events: [
        event("1"),
        event("2", { occurred_at: "2026-02-01T00:00:00Z" }),
        event("3", { customer: { external_id: "C2" }, name: "app_login", properties: {} }),
      ],
    });
    expect(result).toMatchObject({ stored: 3, duplicates: 0, refused: 0, created_customers: 0 });
    expect(await eventsOf(admin)).toMatchObject([{ source_id: "1" }, { source_id: "2" }, { source_id: "3" }]);
    expect(await statsOf(admin)).toMatchObject([
      { customer_id: ids[1], name: "app_login", count: 1 },
      {
        customer_id: ids[0],
        name: "inquiry",
        count: 2,
        first_at: new Date("2026-02-01T00:00:00Z"),
        last_at: new Date("2026-03-01T04:30:00Z"),
      },
    ]);
    const marks = await marksOf(admin);
    expect(new Map(marks.map((mark) => [mark.customer_id, mark.kinds]))).toEqual(
      new Map([
        [ids[0], ["inquiry"]],
        [ids[1], ["app_login"]],
      ]),
    );
  });

  test("sent twice is stored once, and marks nobody the second time", async () => {
    await makeCustomers(db.owner, admin.workspaceId, [{ externalId: "C1" }]);
    const batch = { events: [event("1"), event("2")] };
    await ingestEvents(admin, batch);
    const before = await marksOf(admin);
    expect(await ingestEvents(admin, batch)).toMatchObject({ stored: 0, duplicates: 2 });
    expect(await marksOf(admin)).toEqual(before);
    expect(await statsOf(admin)).toMatchObject([{ count: 2 }]);
  });

  test("that holds an id twice stores the first of them", async () => {
    await makeCustomers(db.owner, admin.workspaceId, [{ externalId: "C1" }]);
    const result = await ingestEvents(admin, { events: [event("1"), event("1", { name: "complaint" })] });
    expect(result.outcomes.map((one) => one.status)).toEqual(["stored", "duplicate"]);
    expect(await statsOf(admin)).toMatchObject([{ name: "inquiry", count: 1 }]);
  });

  test("sent a hundred times at once is stored once, with the strangers in it made once", async () => {
    const events = Array.from({ length: 40 }, (_, at) =>
      event(`e${at}`, { customer: { phone: `98765000${String(at % 10).padStart(2, "0")}`, name: `P${at}` } }),
    );
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, nth) =>
        // Each sender has an order of its own: locks taken in it would meet in a circle.
        ingestEvents(admin, {
          events: events.map((_, at) => events[(at * 7 + nth) % events.length]),
          create_customers: true,
        }),
      ),
    );
    expect(results.reduce((sum, one) => sum + one.stored, 0)).toBe(40);
    expect(results.reduce((sum, one) => sum + one.created_customers, 0)).toBe(10);
    expect(await eventsOf(admin)).toHaveLength(40);
    const [row] =
      await db.owner`select count(*)::int as n from customers where workspace_id = ${admin.workspaceId}`;
    expect(row?.n).toBe(10);
    expect(await statsOf(admin)).toEqual(await recountOf(admin));
  }, 60_000);

  test("with any overlap and order, many at once, gives the roll-up of its events", async () => {
    await makeCustomers(
      db.owner,
      admin.workspaceId,
      Array.from({ length: 5 }, (_, at) => ({ externalId: `C${at}` })),
    );
    const one = fc.record({
      id: fc.integer({ min: 0, max: 200 }).map(String),
      name: fc.constantFrom("inquiry", "app_login", "custom.thing"),
      customer: fc.integer({ min: 0, max: 4 }).map((at) => ({ external_id: `C${at}` })),
      occurred_at: fc.integer({ min: 0, max: 5e8 }).map((s) => new Date(s * 3_000).toISOString()),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(one, { minLength: 1, maxLength: 30 }), { minLength: 2, maxLength: 6 }),
        async (batches) => {
          await Promise.all(batches.map((events) => ingestEvents(admin, { events })));
          expect(await statsOf(admin)).toEqual(await recountOf(admin));
        },
      ),
      { numRuns: 15 },
    );
  }, 60_000);
});

describe("a customer is known", () => {
  test("by id, external id, phone in any spelling, or e-mail in any case", async () => {
    const [asha] = await makeCustomers(db.owner, admin.workspaceId, [
      { externalId: "C1", phone: "+919876543210", email: "asha@example.com" },
    ]);
    const refs = [
      { id: asha },
      { external_id: "C1" },
      { phone: "098765 43210" },
      { email: "ASHA@Example.com" },
      { external_id: "C1", phone: "9876500000" },
    ];
    const result = await ingestEvents(admin, {
      events: refs.map((customer, at) => event(String(at), { customer })),
    });
    expect(result.outcomes).toEqual(refs.map(() => expect.objectContaining({ customer_id: asha })));
  });

  test("by both addresses where a family shares one, else by none", async () => {
    const ids = await makeCustomers(db.owner, admin.workspaceId, [
      { externalId: "A", phone: "+919876543210", email: "a@example.com" },
      { externalId: "B", phone: "+919876543210", email: "b@example.com" },
    ]);
    const phone = "9876543210";
    const { outcomes } = await ingestEvents(admin, {
      events: [
        event("1", { customer: { phone, email: "b@example.com" } }),
        event("2", { customer: { phone } }),
        event("3", { customer: { phone, external_id: "C" } }),
      ],
    });
    expect(outcomes).toEqual([
      expect.objectContaining({ customer_id: ids[1] }),
      { status: "refused", reason: "2 customers share this phone. Send their external_id." },
      { status: "refused", reason: "No customer has this external_id, phone or e-mail." },
    ]);
  });

  test("never by another workspace's id or external id", async () => {
    const other = await makeWorkspace(db.owner);
    const [theirs] = await makeCustomers(db.owner, other, [{ externalId: "C1" }]);
    const { outcomes } = await ingestEvents(admin, {
      events: [event("1"), event("2", { customer: { id: theirs } }), event("3", { customer: { id: "x" } })],
    });
    expect(outcomes.map((one) => one.status)).toEqual(["refused", "refused", "refused"]);
  });

  test("and made when asked, once for all events that speak of them", async () => {
    const { created_customers, outcomes } = await ingestEvents(admin, {
      create_customers: true,
      events: [
        event("1", { customer: { external_id: "N1", name: "Nila", phone: "9876543210" } }),
        event("2", { customer: { phone: "9876543210" } }),
        event("3", { customer: { email: "nobody@example.com" } }),
      ],
    });
    expect(created_customers).toBe(2);
    expect(new Set(outcomes.map((one) => (one.status === "stored" ? one.customer_id : "")))).toHaveProperty(
      "size",
      2,
    );
  });
});

test.each([
  ["a name with spaces", { name: "Policy bought" }, /^name: An event's name/],
  ["no customer", { customer: {} }, /^customer: Say which customer/],
  ["a nested property", { properties: { a: { b: 1 } } }, /^properties.a: A property is a text/],
  [
    "a property of the wrong type",
    { name: "payment_failed", properties: { amount: "12" } },
    /amount of payment_failed is a number/,
  ],
  ["a time without an offset", { occurred_at: "2026-03-01T10:00:00" }, /^occurred_at: .*offset/],
  ["a time in the future", { occurred_at: "2199-01-01T00:00:00Z" }, /lies in the future/],
  ["a phone that is none", { customer: { phone: "12" } }, /Indian mobile|not a phone/],
])("an event with %s is refused with the reason, the others are stored", async (_name, fault, reason) => {
  await makeCustomers(db.owner, admin.workspaceId, [{ externalId: "C1" }]);
  const { outcomes } = await ingestEvents(admin, { events: [event("1", fault), event("2")] });
  expect(outcomes).toMatchObject([
    { status: "refused", reason: expect.stringMatching(reason) },
    { status: "stored" },
  ]);
});

test("a zero character is left out, and letters stay as they are", async () => {
  await makeCustomers(db.owner, admin.workspaceId, [{ externalId: "C1" }]);
  await ingestEvents(admin, { events: [event("1", { properties: { product: "ट\u0000र्म \\u0000 😀" } })] });
  const [row] =
    await db.owner`select properties from customer_events where workspace_id = ${admin.workspaceId}`;
  expect(row?.properties).toEqual({ product: "टर्म \\u0000 😀" });
});

test("a thousand and one events are too many, and agents send none", async () => {
  await expect(ingestEvents(admin, { events: Array.from({ length: 1_001 }, () => ({})) })).rejects.toThrow(
    /at most 1000/,
  );
  const agent = await makeMember(db.owner, admin.workspaceId, "agent");
  await expect(ingestEvents(agent, { events: [event("1")] })).rejects.toMatchObject({ code: "FORBIDDEN" });
});
