import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { addSuppressions } from "./add-suppressions";
import { exportConsents, exportSuppressions } from "./export";
import { suppressAddress } from "./index";
import { listSuppressions } from "./list-suppressions";
import { removeSuppressions } from "./remove-suppressions";

const db = await testDatabase();
let workspaceId: string;
let marketer: Context;
beforeAll(async () => {
  workspaceId = await makeWorkspace(db.owner);
  marketer = await makeMember(db.owner, workspaceId, "marketer");
});

const refused = (code: string) => expect.objectContaining({ code });

describe("the suppression list", () => {
  const add = (addresses: string, more = {}) =>
    addSuppressions(marketer, {
      channels: ["email", "sms", "whatsapp", "call"],
      addresses,
      reason: "manual",
      note: "",
      ...more,
    });
  const find = async (search: string) => (await listSuppressions(marketer, { search })).rows;

  test("takes pasted addresses, each for its channels, and answers for every one that it did not take", async () => {
    const result = await add("a1@example.test, 98123 00011\n\nnot an address;123", {
      reason: "do_not_disturb",
    });
    expect(result).toMatchObject({ added: 4, known: 0 });
    expect(result.refused.map(({ text }) => text)).toEqual(["not an address", "123"]);
    expect(await add("+91 98123-00011")).toMatchObject({ added: 3, known: 0 });
    expect(await add("+91 98123-00011")).toMatchObject({ added: 0, known: 3 });
    expect(await add("b2@example.test", { channels: ["sms"] })).toMatchObject({
      added: 0,
      refused: [{ text: "b2@example.test", reason: "E-mail is not chosen." }],
    });
  });

  test("finds a whole address however it is spelled, keeps no address, and shows a hint", async () => {
    await add("Kavya.Nair@Example.test\n9812300022");
    expect(await find("kavya.nair@example.TEST")).toMatchObject([
      { channel: "email", hint: "k•••@example.test" },
    ]);
    expect(await find("098123 00022")).toHaveLength(3);
    expect(await find("kavya")).toEqual([]);
    const stored = JSON.stringify(await db.owner`select * from suppressions`);
    expect(stored).not.toContain("kavya.nair");
    expect(stored).not.toContain("9812300022");
    expect(
      JSON.stringify(await db.owner`select * from audit_entries where action like 'suppression%'`),
    ).not.toContain("kavya");
  });

  test("a stronger reason takes the place of a milder one, and never the other way round", async () => {
    const put = (reason: "unsubscribed" | "hard_bounce") =>
      withTransaction(marketer, (tx) =>
        suppressAddress(tx, marketer, {
          channel: "email",
          address: "c3@example.test",
          reason,
          origin: "test",
        }),
      );
    expect([await put("unsubscribed"), await put("hard_bounce"), await put("unsubscribed")]).toEqual([
      true,
      true,
      false,
    ]);
    expect(await find("c3@example.test")).toMatchObject([{ reason: "hard_bounce" }]);
  });

  test("an entry goes with a reason; an opt-out and a complaint ask for evidence, all or none", async () => {
    await add("d4@example.test", { reason: "complaint" });
    await add("e5@example.test");
    const [complaint] = await find("d4@example.test");
    const [manual] = await find("e5@example.test");
    const ids = [complaint?.id ?? "", manual?.id ?? ""];
    await expect(removeSuppressions(marketer, { ids, why: "Asked to", evidence: "" })).rejects.toEqual(
      expect.objectContaining({ code: "BAD_INPUT", details: { field: "evidence" } }),
    );
    expect(await find("e5@example.test")).toHaveLength(1);
    await expect(
      removeSuppressions(marketer, {
        ids: [...ids, newId()],
        why: "Asked to",
        evidence: "Call 4711 of today",
      }),
    ).rejects.toEqual(refused("NOT_FOUND"));
    expect(await find("d4@example.test")).toHaveLength(1);
    expect(
      await removeSuppressions(marketer, { ids, why: "Asked to", evidence: "Call 4711 of today" }),
    ).toEqual({ removed: 2 });
    const [entry] = await db.owner`
      select "before", "after" from audit_entries where action = 'suppression.removed' and subject_id = ${ids[0] ?? ""}`;
    expect(entry).toEqual({
      before: { channel: "email", reason: "complaint", origin: "by hand" },
      after: { why: "Asked to", evidence: "Call 4711 of today" },
    });
  });

  test("belongs to its workspace and its roles", async () => {
    await add("f6@example.test");
    const [line] = await find("f6@example.test");
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner), "admin");
    const supervisor = await makeMember(db.owner, workspaceId, "supervisor");
    expect((await listSuppressions(stranger, { search: "f6@example.test" })).rows).toEqual([]);
    const ids = [line?.id ?? ""];
    await expect(removeSuppressions(stranger, { ids, why: "Because", evidence: "" })).rejects.toEqual(
      refused("NOT_FOUND"),
    );
    await expect(removeSuppressions(supervisor, { ids, why: "Because", evidence: "" })).rejects.toEqual(
      refused("FORBIDDEN"),
    );
    expect((await listSuppressions(supervisor, { search: "f6@example.test" })).rows).toHaveLength(1);
    await expect(
      removeSuppressions(marketer, { ids: ["nonsense"], why: "Because", evidence: "" }),
    ).rejects.toEqual(refused("NOT_FOUND"));
  });
});

test.each([
  ["Pacific/Kiritimati", "2026-11-26"],
  ["Pacific/Pago_Pago", "2026-11-25"],
])("exports are named after the day that it is in %s", async (zone, day) => {
  await db.setClock("2026-11-25T12:00:00Z");
  const workspace = await makeWorkspace(db.owner);
  await db.owner`update workspaces set time_zone = ${zone} where id = ${workspace}`;
  const keeper = await makeMember(db.owner, workspace, "admin");
  expect((await exportSuppressions(keeper, {})).name).toBe(`suppressions-${day}.csv`);
  expect((await exportConsents(keeper, {})).name).toBe(`consents-${day}.csv`);
});
