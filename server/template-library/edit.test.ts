import { describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { duplicateTemplate } from "./duplicate";
import { exportTemplates } from "./export";
import { getTemplate } from "./get";
import { importTemplates } from "./import";
import { listTemplates } from "./list";
import { restoreVersion } from "./restore-version";
import type { TemplateContent } from "./schemas";
import { desk } from "./testing/desk";
import { updateTemplate } from "./update";

const db = await testDatabase();

const withSms = (content: TemplateContent, text: string): TemplateContent => ({
  ...content,
  sms: { ...content.sms, en: { text } },
});

describe("editing", () => {
  test("new words make a version and take the approval away; a new name does neither", async () => {
    const { marketer, template } = await desk(db.owner);
    const id = await template("Eid");
    expect(await updateTemplate(marketer, { id, version: 1, changes: { name: "Eid greeting" } })).toEqual({
      version: 1,
    });
    const before = await getTemplate(marketer, { id });
    expect(before).toMatchObject({ name: "Eid greeting", edited: false });
    expect(before.approvedAt).not.toBeNull();
    const content = withSms(before.shown.content, "Dear {{customer_name}}, Eid Mubarak. - {{company_name}}");
    expect(await updateTemplate(marketer, { id, version: 1, changes: { content } })).toEqual({ version: 2 });
    // Saving what stands changes nothing.
    expect(await updateTemplate(marketer, { id, version: 2, changes: { content } })).toEqual({ version: 2 });
    expect(await getTemplate(marketer, { id })).toMatchObject({
      version: 2,
      edited: true,
      approvedAt: null,
      versions: [
        { version: 2, cause: "edited", by: "A marketer" },
        { version: 1, cause: "built_in", by: null },
      ],
    });
  });

  test("a stale save is refused, a taken name and words that could never be sent, too", async () => {
    const { marketer, advisor, template } = await desk(db.owner);
    const id = await template("Onam");
    const { shown } = await getTemplate(marketer, { id });
    const save = (text: string, version = 1) =>
      updateTemplate(marketer, { id, version, changes: { content: withSms(shown.content, text) } });
    await expect(save("Dear {{nickname}}")).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringContaining("There is no tag {{nickname}}"),
    });
    await save("Good wishes");
    await expect(save("Better wishes")).rejects.toMatchObject({
      details: { code: "stale_version", version: 2 },
    });
    const taken = updateTemplate(marketer, { id, version: 2, changes: { name: "welcome" } });
    await expect(taken).rejects.toMatchObject({ code: "CONFLICT", details: { field: "name" } });
    const bare = { email: shown.content.email, fallbacks: {} };
    await expect(
      updateTemplate(marketer, { id, version: 2, changes: { content: bare } }),
    ).rejects.toMatchObject({ message: expect.stringContaining("nothing is written for whatsapp") });
    await expect(
      updateTemplate(advisor, { id, version: 2, changes: { name: "Mine" } }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("an older version can be looked at and restored, and nothing is lost", async () => {
    const { marketer, template } = await desk(db.owner);
    const id = await template("Birthday");
    const first = await getTemplate(marketer, { id });
    const content = withSms(first.shown.content, "Many happy returns");
    await updateTemplate(marketer, { id, version: 1, changes: { content } });
    expect((await getTemplate(marketer, { id, version: 1 })).shown.content).toEqual(first.shown.content);
    await expect(restoreVersion(marketer, { id, version: 2 })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(restoreVersion(marketer, { id, version: 9 })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await restoreVersion(marketer, { id, version: 1 })).toEqual({ version: 3 });
    const now = await getTemplate(marketer, { id });
    expect(now.shown.content).toEqual(first.shown.content);
    expect(now.versions.map(({ cause, note }) => `${cause} ${note}`.trim())).toEqual([
      "restored version 1",
      "edited",
      "built_in",
    ]);
  });

  test("a copy stands by itself, under a free name", async () => {
    const { marketer, template } = await desk(db.owner);
    const id = await template("Birthday");
    const [one, two] = [await duplicateTemplate(marketer, { id }), await duplicateTemplate(marketer, { id })];
    expect(await getTemplate(marketer, { id: one.id })).toMatchObject({
      name: "Copy of Birthday",
      builtIn: false,
      version: 1,
    });
    expect((await getTemplate(marketer, { id: two.id })).name).toBe("Copy of Birthday 2");
  });
});

describe("files", () => {
  test("an exported template is the same in another workspace", async () => {
    const [here, there] = [await desk(db.owner), await desk(db.owner)];
    const id = await here.template("KYC update");
    const file = await exportTemplates(here.marketer, { ids: [id, await here.template("Diwali")] });
    const { ids } = await importTemplates(there.marketer, { content: `\uFEFF${file}` });
    expect(ids).toHaveLength(2);
    const rows = (await listTemplates(there.marketer, { search: "KYC update" })).rows;
    // The name was taken by the built-in one.
    expect(rows.map(({ name, builtIn }) => [name, builtIn])).toEqual([
      ["KYC update 2", false],
      ["KYC update", true],
    ]);
    const original = await getTemplate(here.marketer, { id });
    const copy = await getTemplate(there.marketer, { id: rows[0]?.id ?? "" });
    expect(copy.shown).toEqual(original.shown);
    expect(copy).toMatchObject({ category: "kyc_nominee", approvedAt: null });
    await expect(exportTemplates(there.marketer, { ids: [id] })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("a wrong file is refused as a whole, with the place of the error", async () => {
    const { marketer, advisor, template } = await desk(db.owner);
    const file = await exportTemplates(marketer, { ids: [await template("Diwali")] });
    const total = async () => (await listTemplates(marketer, { limit: 1 })).total;
    const before = await total();
    const [good] = JSON.parse(file).templates;
    const refusal = async (content: string): Promise<string> => {
      const refused = importTemplates(marketer, { content });
      await expect(refused).rejects.toMatchObject({ code: "BAD_INPUT" });
      return refused.then(
        () => "",
        (error: Error) => error.message,
      );
    };
    const holding = (...templates: unknown[]) =>
      JSON.stringify({ format: "ringback-templates", version: 1, templates });
    expect(await refusal("not json")).toContain("cannot be read as JSON");
    expect(await refusal(`{"a":1}`)).toContain("no file of templates");
    expect(await refusal(holding())).toContain("no template in this file");
    expect(await refusal(holding(good, { ...good, name: "Odd", category: "spam" }))).toMatch(
      /^“Odd”, category:/,
    );
    const broken = structuredClone(good);
    broken.name = "Broken";
    broken.content.sms.en.text = "Dear {{nobody}}";
    expect(await refusal(holding(good, broken))).toMatch(/^“Broken”: sms, en: There is no tag/);
    expect(await total()).toBe(before);
    await expect(importTemplates(advisor, { content: file })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
