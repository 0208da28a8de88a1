import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { recordConsent } from "@/server/consent";
import type { Context } from "@/server/platform/context";
import { csvCell } from "@/server/platform/csv";
import { newId } from "@/server/platform/ids";
import { openErrorFile } from "./error-file";
import { getImport } from "./get";
import type { ImportConsent } from "./schemas";
import { countsOf, importFile, ownDataDirectory, uploadFile } from "./testing/files";
import { undoImport } from "./undo";
import { workOnUndo } from "./work-on-undo";

const db = await testDatabase();
ownDataDirectory();
let admin: Context;

beforeEach(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const HEADER = "id,name,phone,email,tier,occupation\n";

const customers = () => db.owner<{ external_id: string; name: string; tier: string; attributes: object }[]>`
  select external_id, name, tier, attributes from customers where workspace_id = ${admin.workspaceId} order by external_id`;

async function undo(importId: string) {
  await undoImport(admin, { importId });
  while (!(await workOnUndo(admin, { importId })).done);
  const row = await getImport(admin, { importId });
  expect(row.status).toBe("undone");
  return row.undone;
}

describe("an undo", () => {
  test("removes what the import created and puts back what it changed", async () => {
    await makeCustomers(db.owner, admin.workspaceId, [{ externalId: "1", name: "Asha", tier: "gold" }]);
    const before = await customers();
    const { id } = await importFile(admin, `${HEADER}1,Asha Rao,,,silver,doctor\n2,Ravi,,,,\n`);
    expect(await customers()).toHaveLength(2);
    expect(await undo(id)).toEqual({ removed: 1, restored: 1, kept: {} });
    expect(await customers()).toEqual(before);
  });

  test("keeps what people did since, and counts it with the reason", async () => {
    await makeCustomers(db.owner, admin.workspaceId, [{ externalId: "1", name: "Asha", tier: "gold" }]);
    const { id } = await importFile(
      admin,
      `${HEADER}1,Asha Rao,,,silver,doctor\n2,Ravi,,,,\n3,Kiran,,,,\n4,Zoya,,,,\n5,Meena,,,,\n`,
    );
    const idOf = async (externalId: string): Promise<string> => {
      const [row] = await db.owner<{ id: string }[]>`
        select id from customers where workspace_id = ${admin.workspaceId} and external_id = ${externalId}`;
      return row?.id ?? "";
    };
    await db.owner`update customers set name = 'Asha R. Rao', updated_at = clock_now() where id = ${await idOf("1")}`;
    await db.owner`update customers set city = 'Pune', updated_at = clock_now() where id = ${await idOf("2")}`;
    await db.owner`insert into customer_events (id, workspace_id, customer_id, name, occurred_at)
      values (${newId()}, ${admin.workspaceId}, ${await idOf("3")}, 'inquiry', clock_now())`;
    const [part] = await db.owner<{ part: number }[]>`select shared_ledger_part(clock_now()) as part`;
    await db.owner`insert into executions (part, run_number, seq, workspace_id, customer_id)
      values (${part?.part ?? 0}, 1, 1, ${admin.workspaceId}, ${await idOf("4")})`;
    expect(await undo(id)).toEqual({
      removed: 1,
      restored: 0,
      kept: {
        "Some fields were changed since the import": 1,
        "Changed since the import": 1,
        "Has policies, events, replies or notes": 1,
        "Has received messages": 1,
      },
    });
    expect(await customers()).toMatchObject([
      { external_id: "1", name: "Asha R. Rao", tier: "gold", attributes: {} },
      { external_id: "2", name: "Ravi" },
      { external_id: "3", name: "Kiran" },
      { external_id: "4", name: "Zoya" },
    ]);
  });

  test("takes back thousands in chunks, with two workers at once", async () => {
    const rows = Array.from({ length: 3_500 }, (_, at) => `${at},P${at},,,,\n`).join("");
    const { id } = await importFile(admin, `${HEADER}${rows}`);
    await undoImport(admin, { importId: id });
    const work = async () => {
      while (!(await workOnUndo(admin, { importId: id })).done);
    };
    await Promise.all([work(), work()]);
    expect((await getImport(admin, { importId: id })).undone).toEqual({
      removed: 3_500,
      restored: 0,
      kept: {},
    });
    expect(await customers()).toEqual([]);
  });

  test("is refused before anything was written, and a second time", async () => {
    const importId = await uploadFile(admin, `${HEADER}1,Asha,,,,\n`);
    await expect(undoImport(admin, { importId })).rejects.toMatchObject({ code: "CONFLICT" });
    const { id } = await importFile(admin, `${HEADER}2,Ravi,,,,\n`);
    await undo(id);
    await expect(undoImport(admin, { importId: id })).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

const carried = {
  kind: "given",
  grants: [
    { channel: "email", purpose: "promotional" },
    { channel: "whatsapp", purpose: "promotional" },
  ],
  text: "Yes, send me offers by e-mail and WhatsApp.",
  date: "2026-03-01",
} satisfies ImportConsent;

const consentStates = () => db.owner`
  select c.external_id as id, s.channel, s.granted from consent_states s join customers c on c.id = s.customer_id
  where s.workspace_id = ${admin.workspaceId} and s.purpose = 'promotional' order by 1, 2`;

const ledgerSize = async () => {
  const [row] = await db.owner<{ n: number }[]>`
    select count(*)::int as n from consents where workspace_id = ${admin.workspaceId}`;
  return row?.n;
};

describe("consent", () => {
  const file = `${HEADER}1,Asha,9876500001,a@example.com,,\n2,Ravi,,r@example.com,,\n3,Zoya,9876500003,,,\n`;

  test("is never assumed", async () => {
    await importFile(admin, file);
    expect(await ledgerSize()).toBe(0);
  });

  test("is granted for the channels that a customer has an address for, with the words and the day", async () => {
    await importFile(admin, file, { options: { consent: carried } });
    expect(await consentStates()).toEqual([
      { id: "1", channel: "email", granted: true },
      { id: "1", channel: "whatsapp", granted: true },
      { id: "2", channel: "email", granted: true },
      { id: "3", channel: "whatsapp", granted: true },
    ]);
    const [entry] = await db.owner`
      select source, text_shown, at::date::text as day from consents where workspace_id = ${admin.workspaceId} limit 1`;
    expect(entry).toEqual({ source: "import", text_shown: carried.text, day: "2026-03-01" });
    await importFile(admin, file, { options: { consent: carried } });
    expect(await ledgerSize()).toBe(4);
  });

  test("does not come back for someone who withdrew it after the day of the evidence", async () => {
    await importFile(admin, file, { options: { consent: carried } });
    const [asha] = await db.owner<{ id: string }[]>`
      select id from customers where workspace_id = ${admin.workspaceId} and external_id = '1'`;
    await withTransaction(admin, (tx) =>
      recordConsent(tx, admin, {
        customerId: asha?.id ?? "",
        channel: "email",
        purpose: "promotional",
        action: "withdrawn",
        source: "test",
      }),
    );
    await importFile(admin, file, { options: { consent: { ...carried, date: "2026-04-01" } } });
    expect((await consentStates())[0]).toEqual({ id: "1", channel: "email", granted: false });
  });

  test("goes with the undo, also where nothing else was changed", async () => {
    await importFile(admin, file);
    const { id, ...row } = await importFile(admin, file, { options: { consent: carried } });
    expect(countsOf({ id, ...row })).toMatchObject({ unchanged: 3, updated: 0 });
    await undo(id);
    expect(new Set((await consentStates()).map((state) => state.granted))).toEqual(new Set([false]));
    expect(await ledgerSize()).toBe(8);
  });

  test("cannot lie in the future", async () => {
    await expect(
      uploadFile(admin, file, { options: { consent: { ...carried, date: "2199-01-01" } } }),
    ).rejects.toMatchObject({ code: "BAD_INPUT" });
  });
});

describe("the error file", () => {
  test("holds the rejected rows as they were, with number and reason, and can be uploaded again", async () => {
    const { id } = await importFile(admin, `${HEADER}1,Asha,123,,,"=1+1, ""x"""\n2,Ravi,9876500001,,,\n`);
    const { name, content } = await openErrorFile(admin, { importId: id });
    let text = "";
    for await (const piece of content) text += piece;
    expect(name).toBe("people-rejected.csv");
    expect(text.split("\r\n")).toEqual([
      "\uFEFFrow_number,reason,id,name,phone,email,tier,occupation",
      `1,"The phone number is not an Indian mobile number: ten digits that begin with 6, 7, 8 or 9.",1,Asha,123,,,"'=1+1, ""x"""`,
      "",
    ]);
    const again = await importFile(admin, text.replace(",123,", ",9876500002,"));
    expect(countsOf(again)).toMatchObject({ created: 1, rejected: 0 });
  });

  test.each(["=1+1", "+91", "-1", "@x", "\t=1"])("a spreadsheet does not run %j", (text) => {
    expect(csvCell(text).replace(/^"/, "")).toMatch(/^'/);
  });
});
