import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { paymentsAge } from "@/server/policies";
import { getImport } from "./get";
import { importFile, ownDataDirectory, pieces, uploadFile } from "./testing/files";
import { payment, paymentsOf, policiesOf, SHORT, setClock } from "./testing/insurer";
import { uploadImport } from "./upload";

const db = await testDatabase();
ownDataDirectory();
let admin: Context;

beforeEach(async () => {
  // A Tuesday morning in India.
  await setClock(db, "2026-03-10T04:00:00Z");
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
});

describe("a payment that the file calls paid", () => {
  test("is paid on its day, and the policy falls due next as it began", async () => {
    const head = "Policy No,Name,Mobile,Premium,Mode,DOC,Due Date,Payment Status,Paid On\n";
    const file = `${head}P1,Asha,9876500001,1000,Yearly,29/02/2024,28/02/2026,Paid,27-Feb-26\n`;
    const result = await importFile(admin, file);
    expect(await paymentsOf(db, admin)).toEqual([
      payment("P1", "2026-02-28", "paid", { amount: "1000000000", paid: "2026-02-27" }),
    ]);
    // Of a policy of 29 February the leap year has its own day again.
    expect((await policiesOf(db, admin))[0]).toMatchObject({ renewal: "2027-02-28" });
    const leap = `${head}P1,Asha,9876500001,1000,Yearly,29/02/2024,28/02/2027,Paid,27-Feb-26\n`;
    await importFile(admin, leap);
    expect((await policiesOf(db, admin))[0]).toMatchObject({ renewal: "2028-02-29" });
    expect(result.rowsRejected).toBe(0);
  });

  test("and then bounced is failed, until the insurer says otherwise", async () => {
    await importFile(admin, `${SHORT}P1,Asha,9876500001,1000,Yearly,01/03/2026,Paid,02/03/2026\n`);
    await importFile(admin, `${SHORT}P1,Asha,9876500001,1000,Yearly,01/03/2026,NACH Return,\n`);
    expect(await paymentsOf(db, admin)).toEqual([
      payment("P1", "2026-03-01", "failed", { amount: "1000000000" }),
    ]);
    // A list that only names the due date says nothing of the bounce.
    const plain = "Policy No,Name,Mobile,Premium,Mode,Due Date\nP1,Asha,9876500001,1000,Yearly,01/03/2026\n";
    await importFile(admin, plain);
    expect(await paymentsOf(db, admin)).toEqual([
      payment("P1", "2026-03-01", "failed", { amount: "1000000000" }),
    ]);
  });

  test("is not taken back by a file that is older than the money", async () => {
    const due = `${SHORT}P1,Asha,9876500001,1000,Yearly,01/03/2026,Due,\n`;
    await importFile(admin, due);
    await db.owner`
      update premium_payments set status = 'paid', paid_at = '2026-03-10T03:00:00Z' where workspace_id = ${admin.workspaceId}`;
    await importFile(admin, due, { options: { paymentsAsOf: "2026-03-09" } });
    expect(await paymentsOf(db, admin)).toMatchObject([{ status: "paid", paid: "2026-03-10" }]);
    await setClock(db, "2026-03-12T04:00:00Z");
    await importFile(admin, due);
    expect(await paymentsOf(db, admin)).toMatchObject([{ status: "overdue", paid: null }]);
  });
});

describe("the day that the payments are of", () => {
  const body = `${SHORT}P1,Asha,9876500001,1000,Yearly,01/04/2026,,\n`;
  const upload = async (fileName: string, content: string) => {
    const { importId } = await uploadImport(admin, { fileName, content: pieces(content) });
    return getImport(admin, { importId });
  };
  test.each([
    ["dues 2026-03-05.csv", body, "2026-03-05"],
    ["DueList_05032026_final.csv", body, "2026-03-05"],
    ["renewals 05-Mar-26.csv", body, "2026-03-05"],
    ["dues.csv", `Renewal list as on 07/03/2026,,,,,,,\n\n${body}`, "2026-03-07"],
    ["dues.csv", body.replace("Paid On", "Report Date").replace(",,\n", ",,08/03/2026\n"), "2026-03-08"],
    ["policy 123456789.csv", body, "2026-03-10"],
    ["dues 2027-01-01.csv", body, "2026-03-10"],
  ])("is found in %s", async (fileName, content, day) => {
    expect((await upload(fileName, content)).options.paymentsAsOf).toBe(day);
  });

  test("is asked for, cannot lie ahead, and is none for a file without payments", async () => {
    await expect(uploadFile(admin, body, { options: { paymentsAsOf: "2026-03-11" } })).rejects.toThrow(
      /future/,
    );
    await expect(uploadFile(admin, body, { options: { paymentsAsOf: null } })).rejects.toThrow(
      /Give the day/,
    );
    const people = await upload("people 2026-03-05.csv", "name,phone\nAsha,9876500001\n");
    expect(people.options.paymentsAsOf).toBeNull();
  });

  test("is the age of what we know, which an older file does not raise", async () => {
    expect(await paymentsAge(admin)).toEqual({ asOf: null, hours: null, state: "unknown" });
    await importFile(admin, body, { options: { paymentsAsOf: "2026-03-08" } });
    // Until midnight in India, 18:30 in UTC.
    expect(await paymentsAge(admin)).toMatchObject({ asOf: "2026-03-08T18:30:00Z", state: "stale" });
    await importFile(admin, body);
    expect(await paymentsAge(admin)).toMatchObject({ state: "fresh", hours: expect.closeTo(0, 1) });
    const now = await paymentsAge(admin);
    await importFile(admin, body, { options: { paymentsAsOf: "2026-03-01" } });
    expect((await paymentsAge(admin)).asOf).toBe(now.asOf);
    await importFile(admin, "name,phone\nAsha,9876500001\n");
    expect((await paymentsAge(admin)).asOf).toBe(now.asOf);
  });
});

test("what is due today is not overdue before midnight in the workspace's zone", async () => {
  // 22:00 on the 10th in UTC is 03:30 on the 11th in India.
  await setClock(db, "2026-03-10T22:00:00Z");
  const file = `${SHORT}P1,A,9876500001,1,Yearly,10/03/2026,,\nP2,B,9876500002,1,Yearly,11/03/2026,,\n`;
  await importFile(admin, file);
  expect((await paymentsOf(db, admin)).map((row) => row.status)).toEqual(["overdue", "due"]);
  const auckland = await makeMember(db.owner, await makeWorkspace(db.owner));
  await db.owner`update workspaces set time_zone = 'America/New_York' where id = ${auckland.workspaceId}`;
  await importFile(auckland, file);
  expect((await paymentsOf(db, auckland)).map((row) => row.status)).toEqual(["due", "due"]);
});
