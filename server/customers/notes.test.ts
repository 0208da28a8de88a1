import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { addNote, deleteNote, editNote, restoreNote } from "./notes";
import { tagCustomer } from "./tags";
import { listTimeline } from "./timeline";
import { listValues } from "./values-of";

const db = await testDatabase();
type Member = Context & { membershipId: string };
let asha: Member;
let ravi: Member;
let customerId: string;

beforeAll(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  asha = await makeMember(db.owner, workspaceId, "marketer");
  ravi = await makeMember(db.owner, workspaceId, "supervisor");
  [customerId = ""] = await makeCustomers(db.owner, workspaceId, [{ name: "Zoya" }]);
});

const notes = async () =>
  (await listTimeline(asha, { customerId, kind: ["note"] })).entries.map(({ detail }) => detail);

test("a note is written by whoever sees the customer, and changed by its author only", async () => {
  const { id } = await addNote(ravi, { customerId, text: " Call after six. " });
  await editNote(ravi, { noteId: id, text: "Call after seven." });
  expect(await notes()).toEqual([expect.objectContaining({ text: "Call after seven.", edited: true })]);
  const forbidden = { code: "FORBIDDEN" };
  await expect(editNote(asha, { noteId: id, text: "No." })).rejects.toMatchObject(forbidden);
  await expect(deleteNote(asha, { noteId: id })).rejects.toMatchObject(forbidden);
});

test("a deleted note is gone, and comes back with undo as it was", async () => {
  const before = await notes();
  const { id } = await addNote(asha, { customerId, text: "By mistake" });
  await deleteNote(asha, { noteId: id });
  expect(await notes()).toEqual(before);
  await expect(editNote(asha, { noteId: id, text: "x" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await restoreNote(asha, { noteId: id });
  expect(await notes()).toContainEqual(expect.objectContaining({ text: "By mistake", edited: false }));
});

test("an empty note, a stranger's and one of nobody are refused", async () => {
  await expect(addNote(asha, { customerId, text: "  " })).rejects.toThrow(/Write something/);
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
  await expect(addNote(stranger, { customerId, text: "x" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(editNote(asha, { noteId: "nonsense", text: "x" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("the audit log knows of a note without its words", async () => {
  const rows = await db.owner`select * from audit_entries where subject_type = 'note'`;
  expect(rows.length).toBeGreaterThan(3);
  expect(JSON.stringify(rows)).not.toMatch(/Call after|mistake/);
});

test("tags are kept in one spelling, suggested by use, and limited", async () => {
  const [other = ""] = await makeCustomers(db.owner, asha.workspaceId, [{}]);
  expect(await tagCustomer(asha, { customerId, add: [" VIP", "high  Value"] })).toEqual({
    tags: ["vip", "high value"],
  });
  await tagCustomer(asha, { customerId: other, add: ["vip"] });
  expect(await listValues(asha, { of: "tag" })).toEqual([
    { value: "vip", customers: 2 },
    { value: "high value", customers: 1 },
  ]);
  expect(await tagCustomer(asha, { customerId, remove: ["High Value"] })).toEqual({ tags: ["vip"] });
  const many = Array.from({ length: 50 }, (_, index) => `tag ${index}`);
  await expect(tagCustomer(asha, { customerId, add: many })).rejects.toMatchObject({
    code: "LIMIT_EXCEEDED",
  });
  await expect(tagCustomer(ravi, { customerId, add: ["x"] })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(tagCustomer(asha, { customerId, add: ["a, b"] })).rejects.toThrow(/no comma/);
});
