import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { customers } from "@/db/schema/customers";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withHotTransaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { bumpTopics } from "@/server/platform/realtime";
import { hotSql } from "./client";

const db = await testDatabase();
let ours: string;
let theirs: string;

beforeAll(async () => {
  ours = await makeWorkspace(db.owner, "Ours");
  theirs = await makeWorkspace(db.owner, "Theirs");
  await makeCustomers(db.owner, ours, [{ name: "Asha" }]);
  await makeCustomers(db.owner, theirs, [{ name: "Bela" }, { name: "Chand" }]);
});

describe("row-level security", () => {
  test("a query without a filter sees only the set workspace's rows", async () => {
    const names = await withTransaction({ workspaceId: ours }, (tx) =>
      tx.select({ name: customers.name }).from(customers),
    );
    expect(names).toEqual([{ name: "Asha" }]);
  });

  test("what runs as the owner has a search path of its own, so that nobody slips a table under it", async () => {
    const open = await db.owner`
      select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace
        and not coalesce(proconfig, '{}') && array['search_path=public']`;
    expect([...open]).toEqual([]);
  });

  test("without a workspace no row is seen", async () => {
    expect(await withTransaction({ workspaceId: null }, (tx) => tx.select().from(customers))).toEqual([]);
    expect(await hotSql()`select * from customers`).toHaveLength(0);
  });

  test("a hot transaction is bound to one workspace and its connection returned unbound", async () => {
    expect(
      await withHotTransaction(theirs, (connection) => connection`select * from customers`),
    ).toHaveLength(2);
    const [row] = await hotSql()<
      { bound: string }[]
    >`select current_setting('app.workspace_id', true) as bound`;
    expect(row?.bound ?? "").toBe("");
  });

  test("a row cannot be written into another workspace", async () => {
    const write = withTransaction({ workspaceId: ours }, (tx) =>
      tx.update(customers).set({ workspaceId: theirs }),
    );
    await expect(write).rejects.toMatchObject({ cause: { code: "42501" } });
  });

  test("stands on every table and partition that has a workspace", async () => {
    await db.owner`select shared_ledger_part(clock_now()), run_ledger_part(1)`;
    const open = await db.owner`
      select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and not (c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))`;
    expect(open.map((row) => row.relname)).toEqual([]);
    const parts =
      await db.owner`select relname from pg_class where relname ~ '^(executions|execution_results|delivery_events)_p\\d+$'`;
    expect(parts).toHaveLength(6);
  });

  test("the application role cannot pass it, own tables or rewrite append-only ones", async () => {
    const [role] = await hotSql()`select rolbypassrls, rolsuper from pg_roles where rolname = current_user`;
    expect(role).toEqual({ rolbypassrls: false, rolsuper: false });
    for (const statement of [
      "update audit_entries set action = 'x'",
      "delete from consents",
      "update executions set seq = 1",
      "delete from execution_results",
      "create table mine (a int)",
    ])
      await expect(hotSql().unsafe(statement), statement).rejects.toMatchObject({ code: "42501" });
  });
});

describe("the clock", () => {
  test("can be moved by a test", async () => {
    await db.moveClock("10 days");
    const [row] = await hotSql()<
      { ahead: boolean }[]
    >`select clock_now() > now() + interval '9 days' as ahead`;
    expect(row?.ahead).toBe(true);
    await db.moveClock("0");
  });

  test("cannot be moved by the application, nor in a database that is not a test's", async () => {
    await expect(hotSql()`insert into clock_offset ("offset") values ('1 day')`).rejects.toMatchObject({
      code: "42501",
    });
    const [source] = await db.owner<
      { body: string }[]
    >`select prosrc as body from pg_proc where proname = 'refuse_clock_offset'`;
    expect(source?.body).toContain("current_database() NOT LIKE 'ringback\\_test\\_%'");
  });
});

test("a change, its audit entry and its topic version commit together or not at all", async () => {
  const ctx = await makeMember(db.owner, ours);
  const entry = { action: "customer.renamed", subjectType: "customer", subjectId: "x" };
  const failing = withTransaction(ctx, async (tx) => {
    await recordAudit(tx, ctx, entry);
    await bumpTopics(tx, ctx, "customers");
    throw new Error("stop");
  });
  await expect(failing).rejects.toThrow("stop");
  const count = () =>
    withTransaction(ctx, (tx) =>
      tx.execute(
        sql`select (select count(*) from audit_entries)::int as audit, (select coalesce(sum(version), 0) from topic_versions)::int as version`,
      ),
    );
  expect((await count())[0]).toEqual({ audit: 0, version: 0 });
  await withTransaction(ctx, async (tx) => {
    await recordAudit(tx, ctx, entry);
    await bumpTopics(tx, ctx, "customers", "customer:x", "customers");
  });
  expect((await count())[0]).toEqual({ audit: 1, version: 2 });
});
