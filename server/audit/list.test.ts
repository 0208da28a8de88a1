import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { systemContext } from "@/server/platform/context";
import { getAuditFilters, listAuditEntries } from "./list";
import { actionLabel, fieldChanges } from "./schemas";

const db = await testDatabase();
let admin: Awaited<ReturnType<typeof makeMember>>;
let marketer: Awaited<ReturnType<typeof makeMember>>;

beforeAll(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  admin = await makeMember(db.owner, workspaceId, "admin");
  marketer = await makeMember(db.owner, workspaceId, "marketer");
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner), "admin");
  await db.moveClock("-10 days");
  await withTransaction(admin, (tx) =>
    recordAudit(tx, admin, {
      action: "member.removed",
      subjectType: "member",
      subjectId: marketer.membershipId,
    }),
  );
  await db.moveClock("0");
  await withTransaction(marketer, async (tx) => {
    for (let index = 0; index < 60; index++)
      await recordAudit(tx, marketer, {
        action: "campaign.launched",
        subjectType: "campaign",
        subjectId: `${index}`,
      });
  });
  const system = systemContext(workspaceId);
  await withTransaction(system, (tx) =>
    recordAudit(tx, system, { action: "campaign.completed", subjectType: "campaign", subjectId: "1" }),
  );
  await withTransaction(stranger, (tx) =>
    recordAudit(tx, stranger, { action: "secret.thing", subjectType: "secret", subjectId: "1" }),
  );
});

test("the log is read newest first, a page at a time, both ways, without another workspace's entries", async () => {
  const first = await listAuditEntries(admin, {});
  expect(first.rows[0]).toMatchObject({ action: "campaign.completed", actorKind: "system", actorName: null });
  expect(first.rows[1]).toMatchObject({ subjectId: "59", actorName: "A marketer" });
  const second = await listAuditEntries(admin, { after: first.next });
  expect([first.rows.length, second.rows.length, second.next]).toEqual([50, 12, null]);
  expect(second.rows.at(-1)).toMatchObject({
    action: "member.removed",
    names: { [marketer.membershipId]: "A marketer" },
  });
  const back = await listAuditEntries(admin, { before: second.previous });
  expect(back.rows.map((row) => row.id)).toEqual(first.rows.map((row) => row.id));
});

test("it is filtered by who, what, to what and when, together", async () => {
  const count = async (filter: Parameters<typeof listAuditEntries>[1]) =>
    (await listAuditEntries(admin, filter)).rows.length;
  expect(await count({ who: [admin.userId] })).toBe(1);
  expect(await count({ who: ["system"] })).toBe(1);
  expect(await count({ action: ["member.removed"] })).toBe(1);
  expect(await count({ action: ["member.removed"], days: "7" })).toBe(0);
  expect(await count({ action: ["member.removed"], days: "30" })).toBe(1);
  expect(await count({ subjectType: ["campaign"], subjectId: "1" })).toBe(2);
  expect(await count({ subjectType: ["campaign"], subjectId: "1", who: [marketer.userId] })).toBe(1);
});

test("the filters offer what stands in this workspace's log", async () => {
  expect(await getAuditFilters(admin)).toEqual({
    people: [
      { id: admin.userId, name: "A admin" },
      { id: marketer.userId, name: "A marketer" },
    ],
    actions: ["campaign.completed", "campaign.launched", "member.removed"],
    subjectTypes: ["campaign", "member"],
  });
});

describe("an entry in words", () => {
  test("the action", () => {
    expect(actionLabel("member.role_changed")).toBe("Member role changed");
    expect(actionLabel("dlt_registry.imported")).toBe("DLT registry imported");
  });

  test("ids whose names are known are written as names", () => {
    expect(fieldChanges(null, { membershipId: "1", teamId: "2" }, { "1": "Asha" })).toEqual([
      { field: "Membership", before: null, after: "Asha" },
      { field: "Team", before: null, after: "2" },
    ]);
  });

  test("the fields, before and after", () => {
    expect(
      fieldChanges({ timeZone: "UTC", isApprover: false }, { timeZone: "Asia/Kolkata", isApprover: true }),
    ).toEqual([
      { field: "Time zone", before: "UTC", after: "Asia/Kolkata" },
      { field: "Is approver", before: "no", after: "yes" },
    ]);
    expect(fieldChanges(null, { changed: ["name", "phone"], count: 0 })).toEqual([
      { field: "Changed", before: null, after: "name, phone" },
      { field: "Count", before: null, after: "0" },
    ]);
    expect(fieldChanges(null, { records: { payments: { closed: 2 }, customers: null } })).toEqual([
      { field: "Records", before: null, after: "payments (closed 2), customers –" },
    ]);
    expect(fieldChanges(null, null)).toEqual([]);
  });
});
