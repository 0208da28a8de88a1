import { describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { systemContext } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { createWorkspace } from "@/server/workspaces";
import { setTemplateArchived } from "./archive";
import { builtInTemplates } from "./built-in";
import { getTemplate } from "./get";
import { listTemplates } from "./list";
import { previewTemplate } from "./preview";
import { seedOutdatedWorkspaces } from "./seed-workspace";
import { setTemplateApproved } from "./set-approved";
import { desk } from "./testing/desk";
import { updateTemplate } from "./update";

const db = await testDatabase();

describe("the built-in library", () => {
  test("is there in a new workspace, in its own order", async () => {
    const slug = newId();
    const { id } = await createWorkspace({ name: "New", slug });
    const { rows, total } = await listTemplates(systemContext(id), { limit: 100 });
    expect(total).toBe(builtInTemplates.length);
    expect(rows.map(({ name }) => name)).toEqual(builtInTemplates.map(({ name }) => name));
    expect(rows.every(({ approved, builtIn, glimpse }) => approved && builtIn && glimpse !== null)).toBe(
      true,
    );
  });

  test("comes to a workspace that was made before, once, and leaves out a name that somebody uses", async () => {
    const workspaceId = await makeWorkspace(db.owner);
    await db.owner`insert into templates (id, workspace_id, name, category, type, goal, channels, languages)
      values (${newId()}, ${workspaceId}, 'WELCOME', 'welcome', 'retention', 'engagement', '{email}', '{en}')`;
    expect(await seedOutdatedWorkspaces()).toBeGreaterThan(0);
    expect(await seedOutdatedWorkspaces()).toBe(0);
    const [row] = await db.owner<{ seeded: number; versions: number }[]>`
      select count(*)::int as seeded, (select count(*)::int from template_versions where workspace_id = ${workspaceId}) as versions
      from templates where workspace_id = ${workspaceId} and seed_key is not null`;
    expect(row).toEqual({ seeded: builtInTemplates.length - 1, versions: builtInTemplates.length - 1 });
  });

  test("brings new words as a new version, and leaves what people edited alone", async () => {
    const { marketer, workspaceId, template } = await desk(db.owner);
    const [untouched, edited] = [await template("Birthday"), await template("Referral")];
    const { shown } = await getTemplate(marketer, { id: edited });
    const content = { ...shown.content, sms: { ...shown.content.sms, en: { text: "Our own words" } } };
    await updateTemplate(marketer, { id: edited, version: 1, changes: { content } });
    // As if the release before had had other words.
    await db.owner`update templates set seed_hash = 'before' where id in (${untouched}, ${edited})`;
    await db.owner`update template_seeds set release = 'before' where workspace_id = ${workspaceId}`;
    expect(await seedOutdatedWorkspaces()).toBe(1);
    expect(await getTemplate(marketer, { id: untouched })).toMatchObject({ version: 2, edited: false });
    const kept = await getTemplate(marketer, { id: edited });
    expect(kept).toMatchObject({ version: 2, edited: true });
    expect(kept.shown.content.sms?.en).toEqual({ text: "Our own words" });
  });
});

describe("the gallery", () => {
  test("is narrowed by category, channel, language, goal and words", async () => {
    const { marketer, template } = await desk(db.owner);
    const renewals = await listTemplates(marketer, { category: ["renewal_reminder"] });
    expect(renewals.rows.map(({ name }) => name)).toEqual([
      "Renewal reminder, 30 days before",
      "Renewal reminder, 15 days before",
      "Renewal reminder, 7 days before",
      "Renewal reminder, the day before",
    ]);
    expect((await listTemplates(marketer, { goal: ["lead_generation"] })).total).toBe(2);
    expect((await listTemplates(marketer, { search: "policy win BACK" })).total).toBe(1);
    expect((await listTemplates(marketer, { search: "100%" })).total).toBe(0);
    const id = await template("Diwali");
    const { shown } = await getTemplate(marketer, { id });
    const { en } = shown.content.email ?? {};
    if (!en) throw new Error("no mail");
    const only = { email: { en }, fallbacks: shown.content.fallbacks };
    await updateTemplate(marketer, {
      id,
      version: 1,
      changes: { channels: ["email"], languages: ["en"], content: only },
    });
    const festivals = { category: ["festival" as const] };
    const names = async (input: Parameters<typeof listTemplates>[1]) =>
      (await listTemplates(marketer, { ...festivals, ...input })).rows.map(({ name }) => name);
    expect(await names({})).toContain("Diwali");
    expect(await names({ channel: ["sms"] })).not.toContain("Diwali");
    expect(await names({ language: ["hi"] })).not.toContain("Diwali");
    expect(await names({ language: ["hi", "en"], channel: ["email", "sms"] })).toContain("Diwali");
  });

  test("shows what is looked for: the channel and the language of the filter, with example values", async () => {
    const { marketer } = await desk(db.owner);
    const glimpse = async (input: Parameters<typeof listTemplates>[1]) =>
      (await listTemplates(marketer, { ...input, search: "Premium due" })).rows[0]?.glimpse;
    expect(await glimpse({})).toMatchObject({
      channel: "email",
      language: "en",
      subject: "Premium due on 14 December 2026",
    });
    const hindi = await glimpse({ channel: ["whatsapp"], language: ["hi"] });
    expect(hindi).toMatchObject({ channel: "whatsapp", language: "hi", buttons: ["प्रीमियम भरें"] });
    expect(hindi?.text).toContain("प्रिय Asha Rao,");
    expect(hindi?.text).not.toMatch(/[{}]/);
  });

  test("pages by key, there and back, each template once", async () => {
    const { marketer } = await desk(db.owner);
    const seen: string[] = [];
    let page = await listTemplates(marketer, { limit: 9 });
    seen.push(...page.rows.map(({ id }) => id));
    while (page.next) {
      page = await listTemplates(marketer, { limit: 9, after: page.next });
      seen.push(...page.rows.map(({ id }) => id));
    }
    expect(seen.length).toBe(page.total);
    expect(new Set(seen).size).toBe(page.total);
    const back = await listTemplates(marketer, { limit: 9, before: page.previous ?? "" });
    expect(back.rows.map(({ id }) => id)).toEqual(seen.slice(-page.rows.length - 9, -page.rows.length));
  });

  test("keeps what is archived apart, and gives its name away", async () => {
    const { marketer, template } = await desk(db.owner);
    const id = await template("Pongal");
    await setTemplateArchived(marketer, { id, archived: true });
    expect((await listTemplates(marketer, { search: "Pongal" })).total).toBe(0);
    expect((await listTemplates(marketer, { search: "Pongal", archived: true })).total).toBe(1);
    await setTemplateArchived(marketer, { id, archived: false });
    expect((await listTemplates(marketer, { search: "Pongal" })).total).toBe(1);
  });
});

describe("who may see what", () => {
  test("an advisor sees approved templates only, in their approved words; an agent sees none", async () => {
    const { admin, advisor, agent, marketer, template } = await desk(db.owner);
    const id = await template("Welcome");
    const { shown } = await getTemplate(marketer, { id });
    const content = { ...shown.content, sms: { en: { text: "Other words" } } };
    await updateTemplate(marketer, { id, version: 1, changes: { content } });
    expect((await listTemplates(advisor, {})).total).toBe(builtInTemplates.length - 1);
    await expect(getTemplate(advisor, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(setTemplateApproved(marketer, { id, version: 2, approved: true })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(setTemplateApproved(admin, { id, version: 1, approved: true })).rejects.toMatchObject({
      details: { code: "stale_version", version: 2 },
    });
    await setTemplateApproved({ ...agent, isApprover: true }, { id, version: 2, approved: true });
    const seen = await getTemplate(advisor, { id, version: 1 });
    expect(seen).toMatchObject({ versions: [], shown: { version: 2 } });
    expect((await listTemplates(advisor, { archived: true })).total).toBe(builtInTemplates.length);
    for (const refused of [listTemplates(agent, {}), getTemplate(agent, { id })])
      await expect(refused).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("a foreign template answers like a missing one", async () => {
    const [ours, theirs] = [await desk(db.owner), await desk(db.owner)];
    const id = await theirs.template("Welcome");
    for (const wrong of [id, newId(), "no-id"]) {
      await expect(getTemplate(ours.marketer, { id: wrong })).rejects.toMatchObject({ code: "NOT_FOUND" });
      const preview = previewTemplate(ours.marketer, { id: wrong, channel: "sms", language: "en" });
      await expect(preview).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect((await listTemplates(ours.marketer, { limit: 100 })).rows.map((row) => row.id)).not.toContain(id);
  });
});

test("a preview is made by the renderer of what is sent, in each language", async () => {
  const { marketer, template } = await desk(db.owner);
  const id = await template("Renewal reminder, 7");
  const said = async (channel: "email" | "sms" | "whatsapp", language: string) => {
    const preview = await previewTemplate(marketer, { id, channel, language });
    if (!preview?.copy.ok) throw new Error("not rendered");
    return preview.copy.content;
  };
  const mail = await said("email", "en");
  expect(mail.channel === "email" && mail.html).toContain("Family Health Plus");
  expect(mail.channel === "email" && mail.html).toContain("https://links.invalid/renew");
  expect(await said("sms", "en")).toMatchObject({ parts: 1, dlt: null });
  expect(await said("whatsapp", "hi")).toMatchObject({
    template: { category: "utility", buttons: [{ label: "नवीनीकरण करें" }, { kind: "quick_reply" }] },
  });
});
