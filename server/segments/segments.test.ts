import { describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { newId } from "@/server/platform/ids";
import { createWorkspace } from "@/server/workspaces";
import { setSegmentArchived } from "./archive";
import { createSegment } from "./create";
import { deleteSegment, restoreSegment } from "./delete";
import { duplicateSegment } from "./duplicate";
import { getSegment } from "./get";
import { listSegments } from "./list";
import type { Condition, Rule } from "./rule/model";
import { seedWorkspacesWithoutSegments } from "./seed-workspace";
import { seededSegments } from "./seeds";
import { updateSegment } from "./update";

const db = await testDatabase();
const all = (...of: Rule["of"]): Rule => ({ match: "all", of });
const tier = (...value: string[]): Condition => ({ on: "customer", field: "tier", op: "one_of", value });
const inSegment = (segment: string, inside = true): Condition => ({ on: "segment", segment, in: inside });

async function desk() {
  const workspaceId = await makeWorkspace(db.owner);
  return { workspaceId, marketer: await makeMember(db.owner, workspaceId, "marketer") };
}

describe("saving", () => {
  test("a segment is read back as a sentence, with its owner", async () => {
    const { marketer } = await desk();
    const { id } = await createSegment(marketer, {
      name: "  Gold in Pune ",
      rule: all(tier("gold"), { on: "customer", field: "city", op: "is", value: "Pune" }),
    });
    expect(await getSegment(marketer, { id })).toMatchObject({
      name: "Gold in Pune",
      sentence: "Customers whose tier is Gold and whose city is “Pune”.",
      ownerName: "A marketer",
      version: 1,
      usedBy: [],
      mayEdit: true,
    });
    const page = await listSegments(marketer, {});
    expect(page.rows.map((row) => row.name)).toContain("Gold in Pune");
    expect((await listSegments(marketer, { search: "GOLD IN" })).total).toBe(1);
  });

  test("a stale save is refused, and a save of what stands changes nothing", async () => {
    const { marketer } = await desk();
    const { id } = await createSegment(marketer, { name: "A", rule: all(tier("gold")) });
    expect(await updateSegment(marketer, { id, version: 1, changes: { rule: all(tier("gold")) } })).toEqual({
      version: 1,
    });
    const saved = await updateSegment(marketer, { id, version: 1, changes: { rule: all(tier("silver")) } });
    expect(saved).toEqual({ version: 2 });
    await expect(updateSegment(marketer, { id, version: 1, changes: { name: "B" } })).rejects.toMatchObject({
      code: "CONFLICT",
      details: { code: "stale_version", version: 2 },
    });
  });

  test("a name is given once, whatever its capitals, and is free again when its segment is out of use", async () => {
    const { marketer } = await desk();
    const { id } = await createSegment(marketer, { name: "Festive", rule: all() });
    await expect(createSegment(marketer, { name: "FESTIVE", rule: all() })).rejects.toMatchObject({
      code: "CONFLICT",
      details: { field: "name" },
    });
    await setSegmentArchived(marketer, { id, archived: true });
    await createSegment(marketer, { name: "Festive", rule: all() });
    await expect(setSegmentArchived(marketer, { id, archived: false })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });

  test("a rule that cannot be used names the condition and what to do", async () => {
    const { marketer } = await desk();
    const bad = (rule: Rule) => createSegment(marketer, { name: "Bad", rule });
    await expect(bad(all(tier("gold"), { match: "any", of: [tier()] }))).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: "Choose at least one.",
      details: { field: "rule", path: "1.0", at: "value" },
    });
    await expect(bad(all({ match: "any", of: [] }))).rejects.toMatchObject({
      details: { path: "0", at: "group" },
    });
    await expect(bad(all({ on: "customer", field: "attribute:nothing", op: "known" }))).rejects.toMatchObject(
      { details: { path: "0", at: "field" } },
    );
    await expect(
      bad(all({ on: "campaign", interaction: "sent", did: true, campaign: newId(), when: null })),
    ).rejects.toMatchObject({ details: { at: "campaign" } });
  });

  test("a copy stands under a free name", async () => {
    const { marketer } = await desk();
    const { id } = await createSegment(marketer, { name: "Festive", rule: all(tier("gold")) });
    const names = [];
    for (let nth = 0; nth < 3; nth++) {
      const copy = await duplicateSegment(marketer, { id });
      names.push((await getSegment(marketer, copy)).name);
    }
    expect(names).toEqual(["Copy of Festive", "Copy of Festive 2", "Copy of Festive 3"]);
  });
});

describe("who may", () => {
  test("another workspace's segment answers like a missing one, a malformed id, too", async () => {
    const [one, other] = [await desk(), await desk()];
    const { id } = await createSegment(one.marketer, { name: "Ours", rule: all() });
    for (const wrong of [id, newId(), "nothing"]) {
      const missing = { code: "NOT_FOUND" };
      await expect(getSegment(other.marketer, { id: wrong })).rejects.toMatchObject(missing);
      await expect(
        updateSegment(other.marketer, { id: wrong, version: 1, changes: { name: "Theirs" } }),
      ).rejects.toMatchObject(missing);
      await expect(deleteSegment(other.marketer, { id: wrong })).rejects.toMatchObject(missing);
      await expect(duplicateSegment(other.marketer, { id: wrong })).rejects.toMatchObject(missing);
      await expect(setSegmentArchived(other.marketer, { id: wrong, archived: true })).rejects.toMatchObject(
        missing,
      );
      await expect(restoreSegment(other.marketer, { id: wrong })).rejects.toMatchObject(missing);
    }
    await expect(
      createSegment(other.marketer, { name: "X", rule: all(inSegment(id)) }),
    ).rejects.toMatchObject({
      code: "BAD_INPUT",
      details: { at: "segment" },
    });
  });

  test("supervisors and approvers look, agents and advisors do not, and none of them changes anything", async () => {
    const { workspaceId, marketer } = await desk();
    const { id } = await createSegment(marketer, { name: "Ours", rule: all() });
    for (const role of ["supervisor", "agent", "advisor"] as const) {
      const member = await makeMember(db.owner, workspaceId, role);
      const refused = { code: "FORBIDDEN" };
      await expect(createSegment(member, { name: "X", rule: all() })).rejects.toMatchObject(refused);
      await expect(updateSegment(member, { id, version: 1, changes: {} })).rejects.toMatchObject(refused);
      await expect(deleteSegment(member, { id })).rejects.toMatchObject(refused);
      await expect(setSegmentArchived(member, { id, archived: true })).rejects.toMatchObject(refused);
      if (role === "supervisor") expect((await getSegment(member, { id })).mayEdit).toBe(false);
      else await expect(getSegment(member, { id })).rejects.toMatchObject(refused);
    }
    const approver = { ...(await makeMember(db.owner, workspaceId, "agent")), isApprover: true };
    expect((await listSegments(approver, {})).total).toBe(1);
  });
});

describe("segments that use segments", () => {
  test("no segment is defined through itself, directly or through others", async () => {
    const { marketer } = await desk();
    const a = await createSegment(marketer, { name: "A", rule: all() });
    const b = await createSegment(marketer, { name: "B", rule: all(inSegment(a.id)) });
    const c = await createSegment(marketer, {
      name: "C",
      rule: all({ match: "none", of: [inSegment(b.id)] }),
    });
    await expect(
      updateSegment(marketer, { id: a.id, version: 1, changes: { rule: all(inSegment(a.id)) } }),
    ).rejects.toMatchObject({ code: "BAD_INPUT", details: { at: "segment" } });
    await expect(
      updateSegment(marketer, { id: a.id, version: 1, changes: { rule: all(inSegment(c.id, false)) } }),
    ).rejects.toMatchObject({ code: "BAD_INPUT", message: expect.stringContaining("“C” uses this segment") });
  });

  test("two people who save the two halves of a circle at once: one of them is refused", async () => {
    const { marketer } = await desk();
    for (let round = 0; round < 8; round++) {
      const a = await createSegment(marketer, { name: `A ${round}`, rule: all() });
      const b = await createSegment(marketer, { name: `B ${round}`, rule: all() });
      const saves = await Promise.allSettled([
        updateSegment(marketer, { id: a.id, version: 1, changes: { rule: all(inSegment(b.id)) } }),
        updateSegment(marketer, { id: b.id, version: 1, changes: { rule: all(inSegment(a.id)) } }),
      ]);
      expect(saves.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    }
  });

  test("a segment that is used is not deleted, also when it is being used at this moment", async () => {
    const { marketer } = await desk();
    const used = await createSegment(marketer, { name: "Used", rule: all() });
    const user = await createSegment(marketer, { name: "User", rule: all(inSegment(used.id)) });
    await expect(deleteSegment(marketer, used)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("the segment “User”"),
    });
    expect((await getSegment(marketer, used)).usedBy).toMatchObject([{ kind: "segment", name: "User" }]);
    await deleteSegment(marketer, user);
    await deleteSegment(marketer, used);
    for (let round = 0; round < 8; round++) {
      const one = await createSegment(marketer, { name: `One ${round}`, rule: all() });
      const results = await Promise.allSettled([
        deleteSegment(marketer, one),
        createSegment(marketer, { name: `Two ${round}`, rule: all(inSegment(one.id)) }),
      ]);
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    }
  });

  test("a chain that would grow without end is refused", async () => {
    const { marketer } = await desk();
    let last = await createSegment(marketer, {
      name: "0",
      rule: all(...Array.from({ length: 40 }, () => tier("gold"))),
    });
    last = await createSegment(marketer, {
      name: "1",
      rule: all(...Array.from({ length: 10 }, () => inSegment(last.id))),
    });
    await expect(
      createSegment(marketer, { name: "2", rule: all(inSegment(last.id), inSegment(last.id)) }),
    ).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringContaining("more than 500 conditions"),
    });
  });

  test("a deletion can be undone, unless its name or what it uses is gone", async () => {
    const { marketer } = await desk();
    const base = await createSegment(marketer, { name: "Base", rule: all() });
    const top = await createSegment(marketer, { name: "Top", rule: all(inSegment(base.id)) });
    await deleteSegment(marketer, top);
    await expect(getSegment(marketer, top)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await restoreSegment(marketer, top);
    expect((await getSegment(marketer, top)).name).toBe("Top");
    await deleteSegment(marketer, top);
    await createSegment(marketer, { name: "Top", rule: all() });
    await expect(restoreSegment(marketer, top)).rejects.toMatchObject({ code: "CONFLICT" });
    await deleteSegment(marketer, base);
    await expect(restoreSegment(marketer, top)).rejects.toMatchObject({ code: "BAD_INPUT" });
  });
});

describe("what every workspace begins with", () => {
  test("a new workspace has all of them, in their order, and they mean what they say", async () => {
    const { id: workspaceId } = await createWorkspace({ name: "New", slug: `new-${newId()}` });
    const admin = await makeMember(db.owner, workspaceId, "admin");
    const page = await listSegments(admin, {});
    expect(page.rows.map((row) => row.name)).toEqual(seededSegments.map(({ name }) => name));
    expect(page.rows.every((row) => row.seeded && row.sentence.endsWith("."))).toBe(true);
    expect(page.rows.map((row) => row.sentence)).toMatchSnapshot();
  });

  test("a workspace that was made before gets them once, and not what it deleted", async () => {
    const workspaceId = await makeWorkspace(db.owner);
    await makeCustomers(db.owner, workspaceId, [{}]);
    const admin = await makeMember(db.owner, workspaceId, "admin");
    await createSegment(admin, { name: "lapsed", rule: all() });
    await seedWorkspacesWithoutSegments();
    await seedWorkspacesWithoutSegments();
    const { rows } = await listSegments(admin, {});
    // The name “Lapsed” was taken.
    expect(rows.filter((row) => row.seeded)).toHaveLength(seededSegments.length - 1);
    const [first] = rows;
    if (!first) throw new Error("no segment");
    await deleteSegment(admin, { id: first.id });
    await seedWorkspacesWithoutSegments();
    expect((await listSegments(admin, {})).rows.map((row) => row.name)).not.toContain(first.name);
  });
});

test("the list pages by key", async () => {
  const { marketer } = await desk();
  for (let nth = 0; nth < 5; nth++) await createSegment(marketer, { name: `S${nth}`, rule: all() });
  const first = await listSegments(marketer, { limit: 2 });
  const second = await listSegments(marketer, { limit: 2, after: first.next ?? "" });
  const back = await listSegments(marketer, { limit: 2, before: second.previous ?? "" });
  const names = (page: typeof first) => page.rows.map((row) => row.name);
  expect([names(first), names(second), names(back)]).toEqual([
    ["S4", "S3"],
    ["S2", "S1"],
    ["S4", "S3"],
  ]);
  expect(first.total).toBe(5);
});
