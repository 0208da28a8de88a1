import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { makePerson, person } from "@/server/erasures/testing/person";
import type { Context } from "@/server/platform/context";
import { makeSentRun } from "@/server/tracking/testing/sent-run";
import { changePrivacy } from "../privacy";
import { maskableRoles } from "../schemas";
import { unpackRecord } from "../testing/unpack";

const db = await testDatabase();
let admin: Context;
let workspaceId: string;
let customerId: string;

beforeEach(async () => {
  workspaceId = await makeWorkspace(db.owner, "Suraksha <Pune>");
  admin = await makeMember(db.owner, workspaceId);
  const run = await makeSentRun(db.owner, workspaceId, { channel: "whatsapp", size: 2 });
  customerId = (await makePerson(db.owner, workspaceId, run)).id;
});

const unpack = (ctx: Context) => unpackRecord(ctx, customerId);

const held = [
  person.name,
  person.externalId,
  person.policyNumber,
  "zq-secret: prefers calls after six",
  "zq-secret reply",
  "zq-secret branch",
  "zq-secret wish",
  "zq-secret end",
  `I, ${person.name}, agree`,
  `form of ${person.name}`,
  "Renewal drive",
  "Zarnowick's own browser",
  "12000.00",
  "inquiry",
  `receipt of ${person.externalId}`,
];

test("everything that is held of a person stands in both files, and the download in the audit log", async () => {
  const files = await unpack(admin);
  expect(Object.keys(files)).toEqual(["customer.html", "customer.json"]);
  const json = files["customer.json"] ?? "";
  const html = (files["customer.html"] ?? "").replaceAll("&#39;", "'");
  for (const words of [...held, person.phone, person.email]) {
    expect(json, words).toContain(words);
    expect(html, words).toContain(words);
  }
  expect(html).toContain("Suraksha &lt;Pune&gt;");
  expect(html).not.toContain("<script");
  const [entry] = await db.owner`
    select actor_id, subject_id from audit_entries where action = 'customer.exported' and workspace_id = ${workspaceId}`;
  expect(entry).toEqual({ actor_id: admin.actor.id, subject_id: customerId });
});

test("whoever reads addresses masked takes them masked, wherever they stand", async () => {
  await changePrivacy(admin, { maskedRoles: [...maskableRoles], erasureDays: 0 });
  const files = await unpack(await makeMember(db.owner, workspaceId, "marketer"));
  for (const text of Object.values(files)) {
    expect(text).not.toMatch(/98333\s?44455|quilla\.zarnowick@/i);
    expect(text).toContain("+91•••4455");
  }
});

test("advisors take it of their own book, supervisors and agents of nobody", async () => {
  const advisor = await makeMember(db.owner, workspaceId, "advisor");
  await expect(unpack(advisor)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await db.owner`update customers set advisor_id = ${advisor.membershipId} where id = ${customerId}`;
  expect((await unpack(advisor))["customer.json"]).toContain(person.policyNumber);
  for (const role of ["supervisor", "agent"] as const)
    await expect(unpack(await makeMember(db.owner, workspaceId, role))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
  await expect(unpack(stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
