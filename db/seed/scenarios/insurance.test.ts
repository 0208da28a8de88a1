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
  "customer_notes",
  "responses",
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
  expect(Object.keys(summary.rows).length).toBeGreaterThan(10);
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

test("people have told their stories: notes by name, tags, replies, consents by many ways and at many times", async () => {
  const [row] = await db.owner<Record<string, number>[]>`
    select (select count(distinct customer_id)::int from customer_notes) as noted,
      (select count(distinct n.author_id)::int from customer_notes n
        join memberships m on m.user_id = n.author_id and m.role in ('agent', 'advisor')) as authors,
      (select count(*)::int from customers where tags <> '{}') as tagged,
      (select count(distinct class)::int from responses) as classes,
      (select count(*)::int from responses where follow_up = 'open') as open_replies,
      (select count(distinct source)::int from consents where purpose = 'promotional') as ways,
      (select count(*)::int from consents where purpose = 'promotional' and action = 'granted'
        and (text_shown is null or evidence = '{}')) as without_proof,
      (select count(distinct at)::int from consents) as instants`;
  expect(row?.noted).toBeGreaterThan(300);
  expect(row?.noted).toBeLessThan(500);
  expect(row).toMatchObject({ authors: 7, without_proof: 0 });
  expect(row?.tagged).toBeGreaterThan(1_000);
  expect(row?.classes).toBeGreaterThanOrEqual(4);
  expect(row?.open_replies).toBeGreaterThan(5);
  expect(row?.ways).toBeGreaterThanOrEqual(6);
  expect(row?.instants).toBeGreaterThan(5_000);
});

test("nothing has happened that is still to come", async () => {
  const wrong = await db.owner`
    select id, occurred_at from customer_events where occurred_at > ${`${TODAY}T09:30:00Z`}::timestamptz`;
  expect(wrong).toEqual([]);
});

test("nobody is noted, answers or agrees before they are there, or after today", async () => {
  const wrong = await db.owner`
    select 'note' as what, n.id from customer_notes n join customers c on c.id = n.customer_id
      where n.created_at < c.created_at or n.created_at > ${`${TODAY}T18:30:00Z`}::timestamptz
    union all select 'reply', r.id from responses r join customers c on c.id = r.customer_id
      where r.received_at < c.created_at or r.received_at > ${`${TODAY}T06:30:00Z`}::timestamptz
    union all select 'consent', x.id from consents x join customers c on c.id = x.customer_id
      where x.at < c.created_at or x.at > ${`${TODAY}T18:30:00Z`}::timestamptz`;
  expect(wrong).toEqual([]);
});
