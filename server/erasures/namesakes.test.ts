import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { getImport } from "@/server/imports/get";
import { ownDataDirectory, uploadFile } from "@/server/imports/testing/files";
import { makeSentRun } from "@/server/tracking/testing/sent-run";
import { eraseDue } from "./erase-due";
import { requestErasure } from "./request";
import { makePerson, person } from "./testing/person";

const db = await testDatabase();
ownDataDirectory();

const fileOf = (importId: string) => path.join(env.RINGBACK_DATA_DIR, "uploads", `${importId}.csv`);

test("a namesake’s file waits on; the name beside a number that a family shares takes its file away", async () => {
  const workspaceId = await makeWorkspace(db.owner);
  const admin = await makeMember(db.owner, workspaceId);
  const run = await makeSentRun(db.owner, workspaceId, { channel: "whatsapp", size: 2 });
  const { id, neighbour } = await makePerson(db.owner, workspaceId, run);
  const { name, phone } = person;
  await db.owner`update customers set phone = ${phone} where id = ${neighbour}`;
  const upload = (row: string) => uploadFile(admin, `id,name,phone\n1,Asha Rao,9820012345\n${row}\n`);
  const namesakes = await upload(`3,${name},9820077777`);
  const families = await upload(`3,Somebody,${phone}`);
  const hers = await upload(`3,${name},098333 44455`);
  await requestErasure(admin, { customerId: id, typed: name });
  await eraseDue();
  expect([namesakes, families, hers].map((each) => existsSync(fileOf(each)))).toEqual([true, true, false]);
  expect(await getImport(admin, { importId: hers })).toMatchObject({ status: "failed" });
});
