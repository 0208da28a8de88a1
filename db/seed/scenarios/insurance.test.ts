import type { Sql } from "postgres";
import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { addressHash } from "@/server/consent";
import { type SeedSummary, seedScenario } from "../main";

const db = await testDatabase();
const other = await testDatabase();
const TODAY = "2026-11-23";

const tables = [
  "workspaces",
  "memberships",
  "teams",
  "team_members",
  "attribute_definitions",
  "customers",
  "policies",
  "premium_payments",
  "customer_events",
  "consents",
  "consent_states",
  "suppressions",
  "segments",
  "whatsapp_templates",
  "dlt_templates",
  "campaigns",
  "template_links",
];

/** One digest over every row of the scenario; password hashes are salted and left out (users). */
async function contentDigest(owner: Sql): Promise<string> {
  const digests: string[] = [];
  for (const table of tables) {
    const [row] = await owner<{ digest: string }[]>`
      select md5(string_agg(md5(t::text), '' order by t::text)) as digest from ${owner(table)} t`;
    digests.push(`${table} ${row?.digest}`);
  }
  return digests.join("\n");
}

let summary: SeedSummary;

test("the same day gives the same content in two databases", async () => {
  summary = await seedScenario("insurance", { url: db.url, today: TODAY });
  await seedScenario("insurance", { url: other.url, today: TODAY });
  expect(summary.created).toBe(true);
  expect(summary.rows.customers).toBe(5_000);
  const first = await contentDigest(db.owner);
  expect(await contentDigest(other.owner)).toBe(first);
}, 120_000);

test("a second seed writes nothing", async () => {
  const before = await contentDigest(db.owner);
  expect(await seedScenario("insurance", { url: db.url, today: "2027-01-01" })).toEqual({
    workspaceId: summary.workspaceId,
    created: false,
    rows: {},
  });
  expect(await contentDigest(db.owner)).toBe(before);
});

test("the summary counts the rows that are there", async () => {
  for (const [table, count] of Object.entries(summary.rows)) {
    const [row] = await db.owner<{ n: number }[]>`select count(*)::int as n from ${db.owner(table)}`;
    expect({ table, n: row?.n }).toEqual({ table, n: count });
  }
});

test("addresses reach nobody: e-mail under reserved domains, phones in the one chosen range", async () => {
  const strange = await db.owner`
    select email, phone from customers
    where (email ~ '^[^@]+@[^@]+\\.[a-z]+$' and email !~ '@(mail\\.)?example\\.(com|org|net)$')
    or (phone ~ '^\\+91[6-9]\\d{9}$' and phone !~ '^\\+9166100\\d{5}$')`;
  expect(strange).toEqual([]);
});

test("the audience has what makes targeting real", async () => {
  const [row] = await db.owner<Record<string, number>[]>`
    select count(*) filter (where email is null)::int as without_email,
      count(*) filter (where email !~ '^[^@]+@[^@]+\\.[a-z]+$')::int as malformed_email,
      count(*) filter (where language = 'hi')::int as hindi,
      count(*) filter (where tier = 'platinum')::int as platinum,
      count(*) filter (where stop_state is not null)::int as stopped,
      (select count(*)::int from (select phone from customers group by phone having count(*) > 1) s) as shared_phones,
      (select count(distinct customer_id)::int from policies
        where status = 'in_force' and renewal_date between ${TODAY}::date and ${TODAY}::date + 30) as due_in_30_days,
      (select count(*)::int from premium_payments where status in ('overdue', 'failed')) as missed
    from customers`;
  expect(row).toMatchSnapshot();
  for (const [name, count] of Object.entries(row ?? {})) expect(count, name).toBeGreaterThan(20);
});

test("consent states say what the ledger says last, and suppressed hashes belong to customers", async () => {
  const wrong = await db.owner`
    select s.customer_id from consent_states s join lateral (
      select action from consents c where (c.workspace_id, c.customer_id, c.channel, c.purpose) = (s.workspace_id, s.customer_id, s.channel, s.purpose)
      order by c.id desc limit 1) last on true
    where s.granted <> (last.action = 'granted')`;
  expect(wrong).toEqual([]);
  const hashes = new Set(
    (await db.owner<{ h: string }[]>`select address_hash as h from suppressions`).map((row) => row.h),
  );
  const emails = await db.owner<{ email: string }[]>`select email from customers where email is not null`;
  for (const { email } of emails) hashes.delete(addressHash("email", email));
  expect([...hashes]).toEqual([]);
});
