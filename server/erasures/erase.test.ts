import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { requestCallback } from "@/server/callbacks/request";
import { createCustomer } from "@/server/customers/create";
import { listCustomers } from "@/server/customers/list";
import { changePrivacy } from "@/server/customers/privacy";
import { updateCustomer } from "@/server/customers/update";
import { ingestEvents } from "@/server/events/ingest";
import { countsOf, importFile, ownDataDirectory } from "@/server/imports/testing/files";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { makeSentRun } from "@/server/tracking/testing/sent-run";
import { maskableRoles } from "../customers/schemas";
import { cancelErasure } from "./cancel";
import { eraseDue } from "./erase-due";
import { findErased } from "./find";
import { listErasures } from "./list";
import { idsOnly, ledgers, places } from "./places";
import { previewErasure } from "./preview";
import { requestErasure } from "./request";
import { findWords } from "./testing/find-words";
import { makePerson, person, wordsOfPerson } from "./testing/person";

const db = await testDatabase();
ownDataDirectory();
let admin: Context;
let workspaceId: string;

beforeEach(async () => {
  await db.moveClock("0 seconds");
  await db.owner.unsafe(
    "drop trigger if exists fail_for_her on customers; drop function if exists fail_for_her()",
  );
  workspaceId = await makeWorkspace(db.owner);
  admin = await makeMember(db.owner, workspaceId);
});

const aPerson = async () =>
  makePerson(
    db.owner,
    workspaceId,
    await makeSentRun(db.owner, workspaceId, { channel: "whatsapp", size: 2 }),
  );

const ask = (customerId: string, keepOut = true) =>
  requestErasure(admin, { customerId, typed: person.name, keepOut });

/** Everything that figures are made of, without anybody's words. */
const figures = async (id: string) => {
  const own = db.owner`workspace_id = ${workspaceId}`;
  const [row] = await db.owner`
    select (select jsonb_agg(to_jsonb(r) order by r.run_number, r.channel) from run_rollups r where ${own}) as rollups,
      (select jsonb_agg(jsonb_build_array(e.seq, e.customer_id, e.channel, e.arm) order by e.seq) from executions e where ${own}) as executions,
      (select jsonb_agg(jsonb_build_array(r.seq, r.state, r.cost_micros, r.at) order by r.seq) from execution_results r where ${own}) as results,
      (select jsonb_agg(jsonb_build_array(d.seq, d.kind, d.machine, d.first, d.occurred_at)) from delivery_events d where ${own}) as reactions,
      (select jsonb_agg(jsonb_build_array(p.id, p.status, p.premium_micros, p.renewal_date)) from policies p where ${own}) as policies,
      (select jsonb_agg(to_jsonb(p)) from premium_payments p where ${own}) as payments,
      (select jsonb_agg(jsonb_build_array(e.id, e.name, e.occurred_at)) from customer_events e where ${own}) as events,
      (select jsonb_agg(jsonb_build_array(x.id, x.customer_id, x.source, x.value_micros, x.occurred_at)) from conversions x where ${own}) as conversions,
      (select jsonb_agg(to_jsonb(e)) from customer_event_stats e where ${own}) as stats,
      (select jsonb_agg(jsonb_build_array(c.id, c.channel, c.purpose, c.action, c.source, c.at)) from consents c where ${own}) as consents,
      (select jsonb_agg(jsonb_build_array(r.id, r.channel, r.class, r.received_at) order by r.id) from responses r where ${own}) as responses,
      (select jsonb_agg(jsonb_build_array(r.id, r.request_type, r.created_at)) from callback_requests r where ${own}) as callbacks,
      (select jsonb_agg(jsonb_build_array(i.rows_created, i.rows_rejected)) from imports i where ${own}) as imports,
      (select count(*) from customers c where ${own}) as customers,
      (select to_jsonb(c) from customers c where c.id = ${id}) as neighbour`;
  return row;
};

test("nothing of a person is left anywhere in the database, and every figure stays", async () => {
  const { id, neighbour } = await aPerson();
  const before = await findWords(db.owner, wordsOfPerson);
  // The person is everywhere: each place that is cleared had something to clear.
  const tables = new Set(before.map((place) => place.split(".")[0]));
  expect(
    [
      ...Object.keys(places),
      "policies",
      "consents",
      "executions",
      "execution_results",
      "delivery_events",
    ].filter((name) => !tables.has(name)),
  ).toEqual([]);
  const counted = await figures(neighbour);
  await ask(id);
  await eraseDue();
  expect(await findWords(db.owner, wordsOfPerson)).toEqual([]);
  expect(await figures(neighbour)).toEqual(counted);
  const [row] = await db.owner`select removed from erasures where customer_id = ${id}`;
  expect(row?.removed).toMatchObject({
    customer_notes: 1,
    responses: 2,
    sandbox_messages: 2,
    policies: 1,
    conversions: 1,
    api_answers: 1,
    automation_entries: 1,
    occurrences: 2,
    results: 1,
  });
});

test("the entry of a birthday loses its day and stays one entry with its messages", async () => {
  const { id } = await aPerson();
  await ask(id);
  await eraseDue();
  const rows = await db.owner<{ occurrence: string; about: string | null; messages: number[] }[]>`
    select a.occurrence, a.about_date::text as about, array_agg(x.step::int order by x.step) as messages
    from automation_entries a join executions x on x.run_number = a.run_number and x.customer_id = a.customer_id
      and x.occurrence = a.occurrence
    where a.customer_id = ${id} group by 1, 2`;
  expect(rows).toEqual([
    { occurrence: expect.stringMatching(/^birthday\/erased-\d+\.1$/), about: null, messages: [0, 2] },
  ]);
});

test("every table that names a customer is either cleared, a ledger, or holds ids alone", async () => {
  const tables = await db.owner<{ name: string }[]>`
    select distinct c.table_name as name from information_schema.columns c
    join pg_class k on k.oid = format('%I.%I', c.table_schema, c.table_name)::regclass
    where c.table_schema = 'public' and c.column_name in ('customer_id', 'to_address', 'from_address') and k.relkind in ('r', 'p')
      and not k.relispartition and c.table_name <> 'system_mails' order by 1`;
  const known = [...Object.keys(places), ...idsOnly, ...ledgers, "policies"];
  expect(tables.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
});

test("a failure in the middle changes nothing, holds up nobody else, and is made good the next time", async () => {
  const { id } = await aPerson();
  const [other = ""] = await makeCustomers(db.owner, workspaceId, [{ name: "Another One" }]);
  await ask(id);
  await requestErasure(admin, { customerId: other, typed: "another  one" });
  // The last statement of all fails for her alone.
  await db.owner.unsafe(`
    create function fail_for_her() returns trigger language plpgsql as $$ begin
      if new.id = '${id}' and new.erased_at is not null then raise exception 'the disk is full'; end if; return new; end $$;
    create trigger fail_for_her before update on customers for each row execute function fail_for_her()`);
  const before = await findWords(db.owner, wordsOfPerson);
  await expect(eraseDue()).rejects.toThrow();
  // Her open callback ended before: that is no loss, and the hold of her number went with it.
  const without = before.filter((place) => !place.startsWith("callback_holds."));
  expect(await findWords(db.owner, wordsOfPerson)).toEqual(without);
  expect(await findErased(admin, { customerId: other })).toMatchObject({ requestedBy: "A admin" });
  await db.owner.unsafe("drop trigger fail_for_her on customers; drop function fail_for_her()");
  await eraseDue();
  expect(await findWords(db.owner, wordsOfPerson)).toEqual([]);
  // Again, and twice at once: nothing more happens.
  await Promise.all([eraseDue(), eraseDue()]);
  const entries =
    await db.owner`select 1 from audit_entries where action = 'customer.erased' and subject_id = ${id}`;
  expect(entries).toHaveLength(1);
});

test("what was under way during the erasure is taken away by a second look", async () => {
  const { id } = await aPerson();
  await ask(id);
  await eraseDue();
  await db.owner`
    insert into sandbox_messages (id, workspace_id, public_id, kind, channel, customer_id, from_address, to_address, to_name, text)
    values (${newId()}, ${workspaceId}, ${newId()}, 'campaign', 'whatsapp', ${id}, 'us', ${person.phone}, ${person.name}, 'Hi')`;
  expect(await eraseDue()).toBe(0);
  await db.moveClock("11 minutes");
  await eraseDue();
  expect(await findWords(db.owner, wordsOfPerson)).toEqual([]);
  expect(await eraseDue()).toBe(0);
});

describe("somebody who is kept out", () => {
  const { name, phone, email, externalId, policyNumber } = person;

  test("comes back by no file, no event and no form", async () => {
    const { id } = await aPerson();
    await ask(id);
    await eraseDue();
    const people = await importFile(
      admin,
      `id,name,phone,email\n${externalId},${name},,\nX1,${name},098333 44455,\nX2,${name},,${email.toUpperCase()}\nX4,Asha,9820012345,\n`,
    );
    expect(countsOf(people)).toEqual({ created: 1, updated: 0, unchanged: 0, rejected: 3 });
    const columns =
      "Policy No,Name,Mobile,Email,DOB,Plan,Status,DOC,Mode,Premium,Sum Assured,Next Due Date,ECS";
    const rest = "Suraksha Term Shield,In Force,15/03/2020,YLY,12345,5000000,15/03/2027,Yes";
    const contracts = await importFile(
      admin,
      `${columns}\n${policyNumber},${name},,,,${rest}\nTRM9,Asha,9820012345,,,${rest}\n`,
      { options: { paymentsAsOf: "2026-01-01" } },
    );
    expect(countsOf(contracts)).toEqual({ created: 1, updated: 0, unchanged: 0, rejected: 1 });
    for (const customer of [{ external_id: externalId }, { phone }, { email }]) {
      const { outcomes } = await ingestEvents(admin, {
        create_customers: true,
        events: [{ name: "inquiry", customer: { ...customer, name } }],
      });
      expect(outcomes[0]).toMatchObject({ status: "refused", reason: expect.stringContaining("erased") });
    }
    await expect(createCustomer(admin, { name: "Q", phone: "98333 44455" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    const { id: fresh } = await createCustomer(admin, { name: "Q" });
    await expect(updateCustomer(admin, { customerId: fresh, changes: { email } })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    // Nor do the rows that were refused keep what they said.
    await db.owner`update imports set sample = '[]' where workspace_id = ${workspaceId}`;
    expect(await findWords(db.owner, wordsOfPerson)).toEqual([]);
  });

  test("does not take a family along that shares the phone", async () => {
    const { id, neighbour } = await aPerson();
    await db.owner`update customers set phone = ${phone}, external_id = 'W1' where id = ${neighbour}`;
    expect(await previewErasure(admin, { customerId: id })).toMatchObject({
      sharedWith: 1,
      notes: 1,
      openCallbacks: 1,
    });
    const { id: familys } = await requestCallback(admin, { phone, requestType: "feedback", source: "form" });
    await ask(id);
    await eraseDue();
    const left =
      await db.owner`select status from callback_requests where id = ${familys} and phone = ${phone}`;
    expect(left).toEqual([{ status: "pending" }]);
    const suppressed =
      await db.owner`select channel from suppressions where reason = 'erased' and workspace_id = ${workspaceId}`;
    expect(suppressed.map((row) => row.channel)).toEqual(["email"]);
    const done = await importFile(
      admin,
      `id,name,phone\nW1,Neighbour,${phone}\n${externalId},${name},${phone}\n`,
    );
    expect(countsOf(done)).toMatchObject({ created: 0, rejected: 1 });
  });

  test("may come back where the erasure said so", async () => {
    const { id } = await aPerson();
    await ask(id, false);
    await eraseDue();
    const done = await importFile(admin, `id,name,phone\n${externalId},${name},${phone}\n`);
    expect(countsOf(done)).toMatchObject({ created: 1, rejected: 0 });
  });
});

describe("an erasure on a timer", () => {
  test("waits for its day, can be taken back until then, and stops messages and lists at once", async () => {
    await changePrivacy(admin, { maskedRoles: [], erasureDays: 7 });
    const { id } = await aPerson();
    await ask(id);
    await expect(ask(id)).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await listCustomers(admin, {})).rows.find((row) => row.id === id)?.erasing).toBe(true);
    await db.moveClock("6 days 23 hours");
    await eraseDue();
    expect(await findErased(admin, { customerId: id })).toBeNull();
    await cancelErasure(admin, { customerId: id });
    await db.moveClock("8 days");
    await eraseDue();
    expect(await findErased(admin, { customerId: id })).toBeNull();
    await ask(id);
    await db.moveClock("15 days 1 hour");
    await eraseDue();
    expect(await findErased(admin, { customerId: id })).toMatchObject({ policies: 1, messages: 2 });
    await expect(cancelErasure(admin, { customerId: id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const { rows } = await listErasures(admin, {});
    expect(
      rows.map(({ name, doneAt, cancelledAt }) => [name, doneAt !== null, cancelledAt !== null]),
    ).toEqual([
      [null, true, false],
      [null, false, true],
    ]);
  });
});

test("asks for the name, and is for administrators alone", async () => {
  const { id } = await aPerson();
  await expect(requestErasure(admin, { customerId: id, typed: "Quillabeth" })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
  for (const role of maskableRoles) {
    const other = await makeMember(db.owner, workspaceId, role);
    const forbidden = { code: "FORBIDDEN" };
    await expect(requestErasure(other, { customerId: id, typed: person.name })).rejects.toMatchObject(
      forbidden,
    );
    await expect(cancelErasure(other, { customerId: id })).rejects.toMatchObject(forbidden);
    await expect(previewErasure(other, { customerId: id })).rejects.toMatchObject(forbidden);
    await expect(listErasures(other, {})).rejects.toMatchObject(forbidden);
  }
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
  await expect(requestErasure(stranger, { customerId: id, typed: person.name })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
