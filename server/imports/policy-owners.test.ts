import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { importFile, ownDataDirectory } from "./testing/files";
import { fingerprint, paymentsOf, peopleOf, policiesOf, setClock } from "./testing/insurer";

const db = await testDatabase();
ownDataDirectory();
let admin: Context;

beforeEach(async () => {
  // A Tuesday morning in India.
  await setClock(db, "2026-03-10T04:00:00Z");
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
});

async function fingerprintAfterAnother(file: string): Promise<boolean> {
  const before = await fingerprint(db, admin);
  await importFile(admin, file);
  return (await fingerprint(db, admin)) === before;
}

const SHORT = "Policy No,Name,Mobile,Premium,Mode,Due Date,Payment Status,Paid On\n";

describe("whose a policy is", () => {
  test("members of a family who share a phone keep their own, day after day", async () => {
    const file = `${SHORT}P1,Ravi Rao,9876500001,1000,Yearly,01/04/2026,,
P2,Asha Rao,9876500001,2000,Yearly,01/05/2026,,
P3,RAVI KUMAR RAO,9876500001,3000,Yearly,01/06/2026,,
`;
    await importFile(admin, file);
    expect((await policiesOf(db, admin)).map(({ number, name }) => [number, name])).toEqual([
      ["P1", "Ravi Rao"],
      ["P2", "Asha Rao"],
      ["P3", "Ravi Rao"],
    ]);
    expect(await fingerprintAfterAnother(file)).toBe(true);
  });

  test("its holder gets a new phone from the file, and a stranger's policy is no one else's", async () => {
    await importFile(admin, `${SHORT}P1,Asha Rao,9876500001,1000,Yearly,01/04/2026,,\n`);
    const result = await importFile(admin, `${SHORT}P1,Asha Rao,9876500002,1000,Yearly,01/04/2026,,\n`);
    expect(result.records.customers).toMatchObject({ created: 0, updated: 1 });
    await importFile(admin, `${SHORT}P2,Ravi Das,9876500002,1000,Yearly,01/04/2026,,\n`);
    expect(await peopleOf(db, admin)).toMatchObject([
      { name: "Asha Rao", phone: "+919876500002" },
      { name: "Ravi Das", phone: "+919876500002" },
    ]);
  });

  test("an external id of somebody else moves it, with its payments", async () => {
    const head = "Client ID,Policy No,Name,Premium,Mode,Due Date\n";
    await importFile(admin, `${head}C1,P1,Asha,1000,Yearly,01/04/2026\nC2,P2,Ravi,1000,Yearly,01/04/2026\n`);
    const { records } = await importFile(admin, `${head}C2,P1,Ravi,1000,Yearly,01/04/2026\n`);
    expect(records.policies).toMatchObject({ created: 0, updated: 1 });
    expect((await policiesOf(db, admin)).map(({ number, name }) => [number, name])).toEqual([
      ["P1", "Ravi"],
      ["P2", "Ravi"],
    ]);
    expect(new Set((await paymentsOf(db, admin)).map((row) => row.own))).toEqual(new Set([true]));
  });

  test("rows that contradict one another about a customer do not flap", async () => {
    const file = `Client ID,Policy No,Name,Mobile,City,Premium,Mode,Due Date
C1,P1,Asha,9876500001,,1000,Yearly,01/04/2026
C1,P2,Asha,9876500002,Pune,1000,Yearly,01/04/2026
`;
    await importFile(admin, file);
    expect(await peopleOf(db, admin)).toMatchObject([{ phone: "+919876500001" }]);
    expect(await fingerprintAfterAnother(file)).toBe(true);
  });

  test("a death claim stops promotion, and no later word of a file starts it again", async () => {
    const head = "Policy No,Name,Mobile,Premium,Mode,Status\n";
    await importFile(admin, `${head}P1,Asha,9876500001,1000,Yearly,Death Claim Intimated\n`);
    await importFile(admin, `${head}P1,Asha,9876500001,1000,Yearly,In Force\n`);
    expect(await peopleOf(db, admin)).toMatchObject([{ stop_state: "death_claim" }]);
  });
});
