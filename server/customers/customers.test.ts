import { beforeAll, describe, expect, test } from "vitest";
import { seedScenario } from "@/db/seed/main";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { createCustomer } from "./create";
import { getCustomer } from "./get";
import { countCustomers, listCustomers } from "./list";
import type { CustomerSort, ListCustomersInput } from "./schemas";
import { updateCustomer } from "./update";

const db = await testDatabase();
let admin: Context & { membershipId: string };
let advisor: Context & { membershipId: string };

beforeAll(async () => {
  const { workspaceId } = await seedScenario("insurance", {
    url: db.url,
    customers: 400,
    today: "2026-11-23",
  });
  admin = await makeMember(db.owner, workspaceId);
  advisor = await makeMember(db.owner, workspaceId, "advisor");
  await db.owner`update customers set advisor_id = ${advisor.membershipId} where external_id in ('SUR-100003', 'SUR-100004')`;
  await db.owner`update customers set tags = '{vip}' where external_id like '%7'`;
  await db.owner`update customers set tags = '{renewal,other}' where external_id like '%9'`;
  await db.owner`update customers set updated_at = updated_at + interval '1 microsecond' * (random() * 1000)::int`;
}, 60_000);

/** All ids, page by page in one direction. */
async function walk(ctx: Context, input: Partial<ListCustomersInput>): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await listCustomers(ctx, { ...input, after });
    ids.push(...page.rows.map((row) => row.id));
    if (!page.next) return ids;
    after = page.next;
  }
}

const ORDERS: Record<CustomerSort, string> = {
  "-recent": "id desc",
  recent: "id",
  name: "lower(name), id",
  "-name": "lower(name) desc, id desc",
  score: "engagement_score, id",
  "-score": "engagement_score desc, id desc",
  tier: "array_position('{platinum,gold,silver,bronze}', tier), id",
  "-tier": "array_position('{platinum,gold,silver,bronze}', tier) desc, id desc",
  city: "coalesce(lower(city), ''), id",
  "-city": "coalesce(lower(city), '') desc, id desc",
  updated: "updated_at, id",
  "-updated": "updated_at desc, id desc",
};

describe("the list", () => {
  test.each(Object.entries(ORDERS))("by %s shows everybody once, in order", async (sort, order) => {
    const rows = await db.owner<{ id: string }[]>`
      select id from customers where workspace_id = ${admin.workspaceId} order by ${db.owner.unsafe(order)}`;
    expect(await walk(admin, { sort: sort as CustomerSort })).toEqual(rows.map((row) => row.id));
  });

  test("goes back to the page it came from", async () => {
    const first = await listCustomers(admin, { sort: "name" });
    const second = await listCustomers(admin, { sort: "name", after: first.next ?? "" });
    const back = await listCustomers(admin, { sort: "name", before: second.previous ?? "" });
    expect(back.rows).toEqual(first.rows);
    expect({ previous: first.previous, back: back.previous }).toEqual({ previous: null, back: null });
  });

  test.each([
    ["tier", { tier: ["gold", "platinum"] }, "tier in ('gold', 'platinum')"],
    ["language", { language: ["hi"] }, "language = 'hi'"],
    ["city", { city: ["Mumbai", "Pune"] }, "city in ('Mumbai', 'Pune')"],
    ["no e-mail", { email: ["no"] }, "email is null"],
    ["a stop state or none", { stop: ["none"] }, "stop_state is null"],
    ["any stop state", { stop: ["deceased", "surrender"] }, "stop_state in ('deceased', 'surrender')"],
    ["any of some tags", { tag: ["vip", "renewal"] }, "tags && '{vip,renewal}'"],
    ["having no advisor", { advisor: ["none"] }, "advisor_id is null"],
    [
      "consent on a channel",
      { consent: ["sms:granted"] },
      "exists (select from consent_states s where s.customer_id = customers.id and s.channel = 'sms' and s.purpose = 'promotional' and s.granted)",
    ],
    [
      "consent that was never said, or withdrawn",
      { consent: ["email:none", "email:withdrawn"] },
      "not exists (select from consent_states s where s.customer_id = customers.id and s.channel = 'email' and s.purpose = 'promotional' and s.granted)",
    ],
    [
      "attributes, of each any value",
      { attribute: ["occupation:retired", "occupation:homemaker", "dependants:2"] },
      "attributes ->> 'occupation' in ('retired', 'homemaker') and (attributes ->> 'dependants')::int = 2",
    ],
    ["an advisor that is none", { advisor: ["nonsense"] }, "false"],
    ["part of a name", { search: "shar" }, "lower(name) like '%shar%' or lower(email) like '%shar%'"],
    ["a phone as it is typed", { search: "066100 0004-2" }, "phone like '%66100000%42'"],
    ["an external id", { search: "sur-100017" }, "external_id = 'SUR-100017'"],
    ["signs of LIKE taken as themselves", { search: "%_\\" }, "false"],
  ] as [string, Partial<ListCustomersInput>, string][])("filters by %s", async (_name, input, where) => {
    const rows = await db.owner<{ id: string }[]>`
      select id from customers where workspace_id = ${admin.workspaceId} and (${db.owner.unsafe(where)}) order by id desc`;
    const found = await walk(admin, input);
    expect(found).toEqual(rows.map((row) => row.id));
    expect(await countCustomers(admin, input)).toBe(rows.length);
  });

  test("a made-up place in the list is refused in words", async () => {
    await expect(listCustomers(admin, { after: "nonsense" })).rejects.toMatchObject({ code: "BAD_INPUT" });
  });

  test("search never leaves the workspace", async () => {
    const other = await makeMember(db.owner, await makeWorkspace(db.owner));
    expect((await listCustomers(other, { search: "shar" })).rows).toEqual([]);
  });
});

describe("who sees whom", () => {
  test("an advisor sees and changes the own book only", async () => {
    const page = await listCustomers(advisor, {});
    expect(page.rows.map((row) => row.externalId)).toEqual(["SUR-100004", "SUR-100003"]);
    expect(page.total).toBe(2);
    const [other] = (await listCustomers(admin, { search: "SUR-100009" })).rows;
    const target = { customerId: other?.id ?? "" };
    await expect(getCustomer(advisor, target)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(updateCustomer(advisor, { ...target, changes: { city: "Pune" } })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const { id } = await createCustomer(advisor, { name: "Own Customer" });
    expect((await getCustomer(advisor, { customerId: id })).name).toBe("Own Customer");
  });

  test("a call-centre agent sees none, a supervisor changes none", async () => {
    const agent = await makeMember(db.owner, admin.workspaceId, "agent");
    await expect(listCustomers(agent, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
    const supervisor = await makeMember(db.owner, admin.workspaceId, "supervisor");
    expect((await listCustomers(supervisor, {})).rows.length).toBeGreaterThan(0);
    await expect(createCustomer(supervisor, { name: "X" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("another workspace's customer and a malformed id are not found", async () => {
    const [foreign] = await makeCustomers(db.owner, await makeWorkspace(db.owner), [{ name: "Bela" }]);
    for (const customerId of [foreign ?? "", "nonsense"])
      await expect(getCustomer(admin, { customerId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("a change", () => {
  test("is audited by the names of the fields, without their values", async () => {
    const { id } = await createCustomer(admin, {
      name: "Asha Rao",
      phone: "098765 43210",
      email: "A@Example.com",
    });
    await updateCustomer(admin, { customerId: id, changes: { name: "Asha R. Rao", tier: "gold", city: "" } });
    const customer = await getCustomer(admin, { customerId: id });
    expect(customer).toMatchObject({
      name: "Asha R. Rao",
      phone: "+919876543210",
      email: "a@example.com",
      tier: "gold",
      language: "en",
    });
    const entries =
      await db.owner`select action, before, after from audit_entries where subject_id = ${id} order by id`;
    expect(entries).toEqual([
      {
        action: "customer.created",
        before: null,
        after: { changed: ["email", "language", "name", "phone", "tier"] },
      },
      { action: "customer.updated", before: null, after: { changed: ["name", "tier"] } },
    ]);
  });

  test("that changes nothing writes nothing", async () => {
    const { id } = await createCustomer(admin, { name: "Same" });
    await updateCustomer(admin, { customerId: id, changes: { name: "Same", city: "" } });
    const entries = await db.owner`select action from audit_entries where subject_id = ${id}`;
    expect(entries).toHaveLength(1);
  });

  test.each([
    [{ phone: "12345" }, "BAD_INPUT"],
    [{ email: "asha@@example.com" }, "BAD_INPUT"],
    [{ externalId: "SUR-100001" }, "CONFLICT"],
  ])("of %j is refused as %s", async (changes, code) => {
    const { id } = await createCustomer(admin, { name: "Ravi" });
    await expect(updateCustomer(admin, { customerId: id, changes })).rejects.toMatchObject({ code });
  });
});

test("a customer's page shows what the rows hold", async () => {
  const [withPolicies] = await db.owner<{ id: string; n: number }[]>`
    select customer_id as id, count(*)::int as n from policies group by 1 order by 2 desc, 1 limit 1`;
  const customer = await getCustomer(admin, { customerId: withPolicies?.id ?? "" });
  expect(customer.policies).toHaveLength(withPolicies?.n ?? 0);
  expect(customer.policies.flatMap((policy) => policy.payments).length).toBeGreaterThan(0);
  expect(customer.consents.some((entry) => entry.purpose === "service" && entry.granted)).toBe(true);
});
