import { existsSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { uploadConsentFile } from "@/server/consent/files/upload";
import { workOnFile } from "@/server/consent/files/work";
import { forgetUploads } from "@/server/imports";
import { checkImport } from "@/server/imports/check";
import { getImport } from "@/server/imports/get";
import { runImport } from "@/server/imports/run";
import { finishWork, importFile, ownDataDirectory, pieces, uploadFile } from "@/server/imports/testing/files";
import { makeWorkbook } from "@/server/imports/testing/workbook";
import { workOnImport } from "@/server/imports/work";
import type { Context } from "@/server/platform/context";
import { makeSentRun } from "@/server/tracking/testing/sent-run";
import { eraseDue } from "./erase-due";
import { requestErasure } from "./request";
import { findWords } from "./testing/find-words";
import { findWordsInFiles } from "./testing/find-words-in-files";
import { makePerson, person, wordsOfPerson } from "./testing/person";

const db = await testDatabase();
const dir = ownDataDirectory();
let admin: Context;
let id: string;

beforeEach(async () => {
  await db.moveClock("0 seconds");
  const workspaceId = await makeWorkspace(db.owner);
  admin = await makeMember(db.owner, workspaceId);
  const run = await makeSentRun(db.owner, workspaceId, { channel: "whatsapp", size: 2 });
  id = (await makePerson(db.owner, workspaceId, run)).id;
});

const erase = async () => {
  await requestErasure(admin, { customerId: id, typed: person.name });
  await eraseDue();
};

const { name, phone, email, externalId, policyNumber } = person;
const others = "id,name,phone\n1,Asha Rao,9820012345\n2,Imran Sheikh,9820054321\n";
const withHer = `${others}3,${name},098333 44455\n`;

const fileOf = (importId: string) => path.join(env.RINGBACK_DATA_DIR, "uploads", `${importId}.csv`);

async function consentFile(kind: "consents" | "suppressions", text: string): Promise<string> {
  const { fileId } = await uploadConsentFile(admin, { kind, fileName: "list.csv", content: pieces(text) });
  while (!(await workOnFile(admin, { fileId })).done);
  return fileId;
}
const consents = (phones: string[]) =>
  `phone,channel,purpose,source,text,time\n${phones.map((each) => `${each},sms,service,Form,ok,15/01/2026\n`).join("")}`;

test("nothing of a person is left in any table or in the data directory, wherever a file stands", async () => {
  const ended = await importFile(
    admin,
    `id,name,tier\n${externalId},${name},gold\n7,Her neighbour,wrong\n8,${name},wrong\n`,
  );
  const uploaded = await uploadFile(admin, withHer);
  const checked = await uploadFile(admin, `policy number,name\n${policyNumber},Somebody\nP-2,Asha\n`);
  await checkImport(admin, { importId: checked });
  await finishWork(admin, checked, "check");
  const workbook = await uploadFile(
    admin,
    makeWorkbook([
      {
        name: "Pune",
        rows: [
          ["id", "name"],
          ["1", "Asha Rao"],
        ],
      },
      {
        name: "Nashik",
        rows: [
          ["id", "mail"],
          ["2", email.toUpperCase()],
        ],
      },
    ]),
  );
  const hiding = await uploadFile(
    admin,
    makeWorkbook([
      {
        name: "Pune",
        rows: [
          ["id", "name"],
          ["1", "Asha Rao"],
        ],
      },
      { name: "Notes", hidden: true, rows: [["call"], [phone]] },
    ]),
  );
  const consentsOfHer = await consentFile("consents", consents([phone, "9820012345"]));
  const suppressed = await consentFile("suppressions", `address,channel\n${phone},sms\n`);
  const apart = await uploadFile(admin, others);
  const consentsApart = await consentFile("consents", consents(["9820012345"]));
  const files = (ids: string[]) =>
    ids.flatMap((each) => [fileOf(each), `${fileOf(each)}.xlsx`]).filter(existsSync);
  expect(findWordsInFiles(dir, wordsOfPerson)).toHaveLength(7);

  await erase();

  expect(await findWords(db.owner, wordsOfPerson)).toEqual([]);
  expect(findWordsInFiles(dir, wordsOfPerson)).toEqual([]);
  expect(files([ended.id, uploaded, checked, workbook, hiding, consentsOfHer, suppressed])).toEqual([]);
  // Whoever uploaded them reads why; what does not name her can go on.
  for (const importId of [uploaded, checked, workbook, hiding])
    expect(await getImport(admin, { importId })).toMatchObject({
      status: "failed",
      failure: expect.stringContaining("a person who was erased"),
    });
  const rows = await db.owner`
    select id, status, failure from consent_files where workspace_id = ${admin.workspaceId} order by id`;
  expect(rows.map((row) => [row.id, row.status, row.failure?.includes("erased") ?? false])).toEqual([
    [consentsOfHer, "failed", true],
    [suppressed, "failed", true],
    [consentsApart, "checked", false],
  ]);
  expect(files([apart, consentsApart])).toEqual([fileOf(apart), fileOf(consentsApart)]);
  await checkImport(admin, { importId: apart });
  await finishWork(admin, apart, "check");
  expect(await getImport(admin, { importId: apart })).toMatchObject({ status: "checked" });
});

test("an import whose file was removed says so when somebody checks it again", async () => {
  const importId = await uploadFile(admin, withHer);
  await erase();
  await checkImport(admin, { importId });
  await finishWork(admin, importId, "check");
  expect(await getImport(admin, { importId })).toMatchObject({
    status: "failed",
    failure: expect.stringContaining("Upload it again"),
  });
});

describe("a file that is being written", () => {
  const looked = async () => {
    const [row] =
      await db.owner`select checked_at is not null as looked from erasures where customer_id = ${id}`;
    return row?.looked;
  };

  test("ends first; the second look waits for it, and then it is gone", async () => {
    const importId = await uploadFile(admin, withHer);
    await checkImport(admin, { importId });
    await finishWork(admin, importId, "check");
    await runImport(admin, { importId });
    await erase();
    expect(existsSync(fileOf(importId))).toBe(true);
    await db.moveClock("11 minutes");
    await eraseDue();
    expect(await looked()).toBe(false);
    while (!(await workOnImport(admin, { importId, mode: "run" })).done);
    // The row that named her was refused, and its cells were not kept.
    expect(await getImport(admin, { importId })).toMatchObject({ status: "completed", rowsRejected: 1 });
    await eraseDue();
    expect(await looked()).toBe(true);
    expect(existsSync(fileOf(importId))).toBe(false);
    expect(findWordsInFiles(dir, wordsOfPerson)).toEqual([]);
    expect(await findWords(db.owner, wordsOfPerson)).toEqual([]);
  });
});

test("without any erasure, too, the file of an import goes when that has ended", async () => {
  const { id: importId } = await importFile(admin, others);
  const waiting = await uploadFile(admin, others);
  await forgetUploads(admin);
  expect([existsSync(fileOf(importId)), existsSync(fileOf(waiting))]).toEqual([false, true]);
});
