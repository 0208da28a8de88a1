import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { cancelImport } from "./cancel";
import { checkImport } from "./check";
import { getImport } from "./get";
import { runImport } from "./run";
import { checkAndRun, countsOf, finishWork, ownDataDirectory, uploadFile } from "./testing/files";
import { workOnImport } from "./work";

const db = await testDatabase();
ownDataDirectory();
let admin: Context;

beforeEach(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const customersOf = (ctx: Context) => db.owner`
  select external_id, name, phone, email, language, tier, city, birth_date::text, attributes from customers
  where workspace_id = ${ctx.workspaceId} order by external_id nulls last, name, id`;

const HEADER = "id,name,phone,email,tier,language,city,dob,occupation\n";

const manyRows = (count: number) =>
  `${HEADER}${Array.from({ length: count }, (_, at) => `c${at},Person ${at},,p${at}@example.com,,,,,\n`).join("")}`;

describe("whatever happens to the process, each row is taken once", () => {
  test("it goes on from its checkpoint", async () => {
    const importId = await uploadFile(admin, manyRows(7_000));
    await checkImport(admin, { importId });
    await workOnImport(admin, { importId, mode: "check", chunks: 1 });
    await finishWork(admin, importId, "check");
    await runImport(admin, { importId });
    expect(await workOnImport(admin, { importId, mode: "run", chunks: 2 })).toEqual({ done: false });
    expect((await getImport(admin, { importId })).rowsRead).toBe(4_000);
    await finishWork(admin, importId, "run");
    expect(countsOf(await getImport(admin, { importId }))).toMatchObject({ created: 7_000, rejected: 0 });
  });

  test("two workers on one import do not take a row twice", async () => {
    const importId = await uploadFile(admin, manyRows(9_000));
    await checkImport(admin, { importId });
    await finishWork(admin, importId, "check");
    await runImport(admin, { importId });
    await Promise.all([1, 2, 3].map(() => finishWork(admin, importId, "run")));
    expect(countsOf(await getImport(admin, { importId }))).toEqual({
      created: 9_000,
      updated: 0,
      unchanged: 0,
      rejected: 0,
    });
    expect(await customersOf(admin)).toHaveLength(9_000);
  });

  test("a cancelled import stops before its next chunk, and says what it wrote", async () => {
    const importId = await uploadFile(admin, manyRows(6_000));
    await checkImport(admin, { importId });
    await finishWork(admin, importId, "check");
    await runImport(admin, { importId });
    await workOnImport(admin, { importId, mode: "run", chunks: 1 });
    await cancelImport(admin, { importId });
    await finishWork(admin, importId, "run");
    expect(await getImport(admin, { importId })).toMatchObject({ status: "cancelled", rowsCreated: 2_000 });
    expect(await customersOf(admin)).toHaveLength(2_000);
    await expect(cancelImport(admin, { importId })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("a cancelled check can be started again", async () => {
    const importId = await uploadFile(admin, manyRows(5_000));
    await checkImport(admin, { importId });
    await workOnImport(admin, { importId, mode: "check", chunks: 1 });
    await cancelImport(admin, { importId });
    expect(await getImport(admin, { importId })).toMatchObject({ status: "uploaded", rowsRead: 0 });
    expect((await checkAndRun(admin, importId)).rowsCreated).toBe(5_000);
  });
});
