import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { importRegistry, previewRegistry } from "./import-registry";
import { listRegistryPage } from "./list-page";
import { listRegistry, setProviderId } from "./list-registry";
import { fillPlaces, matchRegistered, placesOf, problemOf } from "./places";
import { readRegistryFile } from "./read-file";

const db = await testDatabase();
let ctx: Context;
beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const ENTITY = "1101234567890123456";
const id = (number: number) => `11071612345678901${String(number).padStart(2, "0")}`;
const HEAD = "Template Id,Template Name,Template Type,Header,Template Content,Status";
const row = (number: number, over: Partial<Record<"type" | "header" | "text" | "status", string>> = {}) =>
  [
    id(number),
    `Renewal ${number}`,
    over.type ?? "Service Implicit",
    over.header ?? "SURKSH",
    `"${over.text ?? "Dear {#var#}, your policy {#alphanumeric#} is due."}"`,
    over.status ?? "Active",
  ].join(",");
const file = (...rows: string[]) => ({ content: [HEAD, ...rows].join("\r\n"), entityId: ENTITY });

describe("the export of a portal", () => {
  test("is read whatever its columns are called and whatever separates them", () => {
    const jio = `"S.No";"Principal Entity ID";"Sender ID";"DLT Template ID";"Content Template Name";"Category";"Template Message";"Approval Status"
"1";"${ENTITY}";"SURKSH,SURKSI";"'${id(1)}";"Birthday";"Promotional";"Happy birthday, {#var#}
from Suraksha";"APPROVED"`;
    expect(readRegistryFile(jio, "").rows).toEqual([
      {
        line: 2,
        entityId: ENTITY,
        header: "SURKSH",
        templateId: id(1),
        name: "Birthday",
        category: "promotional",
        language: "en",
        text: "Happy birthday, {#var#}\nfrom Suraksha",
        status: "active",
      },
    ]);
    const hindi = `\uFEFF${HEAD}\n${row(2, { text: "प्रिय {#var#}, नवीनीकरण करें" })}`;
    expect(readRegistryFile(hindi, ENTITY).rows[0]).toMatchObject({ language: "hi" });
  });

  test.each([
    ["the template id was spoilt", `1.10716E+18,A,Promotional,SURKSH,"Hi",Active`],
    ["not a number of 19 digits", `abc,A,Promotional,SURKSH,"Hi",Active`],
    ["no header", `${id(1)},A,Promotional,,"Hi",Active`],
    ["no text", `${id(1)},A,Promotional,SURKSH,"",Active`],
    ["not a known template type", `${id(1)},A,Something,SURKSH,"Hi",Active`],
    ["not a kind of place", `${id(1)},A,Promotional,SURKSH,"Hi {#name#}",Active`],
    ["not written as {#var#}", `${id(1)},A,Promotional,SURKSH,"Hi {#var}",Active`],
  ])("refuses a row with its reason: %s", (reason, line) => {
    const { rows, refused } = readRegistryFile(`${HEAD}\n${line}\n${row(9)}`, ENTITY);
    expect(refused).toEqual([{ line: 2, name: expect.any(String), reason: expect.stringContaining(reason) }]);
    expect(rows).toHaveLength(1);
  });

  test("refuses a second row of the same template, and rows without an entity", () => {
    expect(readRegistryFile(`${HEAD}\n${row(1)}\n${row(1)}`, ENTITY).refused).toMatchObject([
      { line: 3, reason: expect.stringContaining("twice") },
    ]);
    expect(readRegistryFile(`${HEAD}\n${row(1)}`, "").refused[0]?.reason).toContain("entity id");
  });

  test("that is none is refused as a whole, with what it lacks", () => {
    expect(() => readRegistryFile("name,phone\nAsha,98", ENTITY)).toThrow(/no column for the template id/);
    expect(() => readRegistryFile(`${HEAD}\n"open`, ENTITY)).toThrow(/quotation mark/);
  });
});

describe("an import", () => {
  test("shows what it would do and changes nothing, then does just that", async () => {
    const first = file(row(1), row(2), `${id(3)},A,Nonsense,SURKSH,"Hi",Active`);
    expect(await previewRegistry(ctx, first)).toMatchObject({
      added: 2,
      changed: 0,
      unchanged: 0,
      refused: [{ line: 4 }],
    });
    expect(await listRegistry(ctx)).toEqual([]);
    expect(await importRegistry(ctx, { ...first, complete: false })).toMatchObject({ added: 2 });
    const list = await listRegistry(ctx);
    expect(list.map(({ templateId }) => templateId)).toEqual([id(1), id(2)]);
    expect(list[0]?.places).toEqual(["var", "alphanumeric"]);
  });

  test("changes what changed, keeps the provider's ids, and retires what is gone only when asked", async () => {
    await importRegistry(ctx, { ...file(row(1), row(2), row(3)), complete: false });
    const [one] = await listRegistry(ctx);
    await setProviderId(ctx, { registrationId: one?.id ?? "", providerId: "flow-1" });
    const next = file(row(1, { text: "Dear {#var#}, new words." }), row(2));
    expect(await previewRegistry(ctx, next)).toMatchObject({
      added: 0,
      changed: 1,
      unchanged: 1,
      missing: 1,
    });
    await importRegistry(ctx, { ...next, complete: false });
    expect((await listRegistry(ctx)).map(({ status }) => status)).toEqual(["active", "active", "active"]);
    await importRegistry(ctx, { ...next, complete: true });
    const list = await listRegistry(ctx);
    expect(list.map(({ status }) => status)).toEqual(["active", "active", "inactive"]);
    expect(list[0]).toMatchObject({ text: "Dear {#var#}, new words.", providerId: "flow-1" });
  });

  test("stays in its workspace", async () => {
    await importRegistry(ctx, { ...file(row(1)), complete: false });
    const [one] = await listRegistry(ctx);
    const other = await makeMember(db.owner, await makeWorkspace(db.owner));
    expect(await listRegistry(other)).toEqual([]);
    for (const registrationId of [one?.id ?? "", "nonsense"])
      await expect(setProviderId(other, { registrationId, providerId: "x" })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    expect(await importRegistry(other, { ...file(row(1)), complete: false })).toMatchObject({ added: 1 });
  });
});

describe("the places of a registered text", () => {
  const text = "Dear {#var#}, pay Rs {#numeric#} by {#var#}: {#url#} or call {#cbn#} - Suraksha (Ltd.)";

  test("are found in order, filled in order, and a filling is recognised with what it holds", () => {
    expect(placesOf(text)).toEqual(["var", "numeric", "var", "url", "cbn"]);
    const values = [
      "Asha Rao",
      "12,500.00",
      "3 December 2026",
      "https://r.example/t/c/x1",
      "+91 22 4000 1234",
    ];
    const message = fillPlaces(text, values);
    expect(matchRegistered(text, message)).toEqual(values);
  });

  test.each([
    ["other words", "Dear Asha, pay Rs 1 by now: https://r.example/x or call 02240001234 - Suraksha"],
    [
      "letters where a number must stand",
      "Dear Asha, pay Rs many by now: https://r.example/x or call 02240001234 - Suraksha (Ltd.)",
    ],
    [
      "no link where one must stand",
      "Dear Asha, pay Rs 1 by now: see us or call 02240001234 - Suraksha (Ltd.)",
    ],
    [
      "a place longer than any operator takes",
      `Dear ${"x".repeat(61)}, pay Rs 1 by now: https://r.example/x or call 02240001234 - Suraksha (Ltd.)`,
    ],
  ])("%s are not a filling", (_, message) => {
    expect(matchRegistered(text, message)).toBeNull();
  });

  test("a text without places matches itself, whatever its line ends", () => {
    expect(matchRegistered("Line one\nLine two", "Line one Line two")).toEqual([]);
    expect(problemOf("Hello {#numeric#}")).toBeNull();
  });
});

test("the list is read a page at a time by name, both ways, and found by words, header or id", async () => {
  await importRegistry(ctx, {
    ...file(
      ...Array.from({ length: 60 }, (_, number) =>
        row(number + 1, { header: number === 3 ? "OFFERS" : "SURKSH" }),
      ),
      row(61, { text: "Offer: 50% off", type: "Promotional" }),
      row(62, { status: "Inactive" }),
    ),
    complete: true,
  });
  const first = await listRegistryPage(ctx, {});
  expect([first.rows.length, first.total, first.known, first.previous]).toEqual([50, 62, 62, null]);
  const second = await listRegistryPage(ctx, { after: first.next });
  expect([second.rows.length, second.next]).toEqual([12, null]);
  const back = await listRegistryPage(ctx, { before: second.previous });
  expect(back.rows.map((line) => line.id)).toEqual(first.rows.map((line) => line.id));
  const found = async (input: Parameters<typeof listRegistryPage>[1]) =>
    (await listRegistryPage(ctx, input)).rows.map(({ templateId }) => templateId);
  expect(await found({ search: "50% OFF" })).toEqual([id(61)]);
  expect(await found({ search: "offers" })).toEqual([id(4)]);
  expect(await found({ search: id(17) })).toEqual([id(17)]);
  expect(await found({ status: ["inactive"] })).toEqual([id(62)]);
  expect(await found({ category: ["promotional"] })).toEqual([id(61)]);
  const other = await makeMember(db.owner, await makeWorkspace(db.owner));
  expect(await listRegistryPage(other, {})).toMatchObject({ rows: [], total: 0, known: 0 });
});
