import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { closeAdapters } from "..";
import { MetaFake, signedCall } from "../meta/testing/fake";
import { parseWebhook } from "../meta/webhooks";
import type { SaveTemplateInput } from "../schemas";
import { makeAccount } from "../testing/accounts";
import { TwilioFake } from "../twilio/testing/fake";
import { getTemplate, listTemplatesPage } from "./list-page";
import { listWhatsAppAccounts, listWhatsAppTemplates } from "./list-templates";
import { deleteTemplate, saveTemplate } from "./save-template";
import { submitTemplate } from "./submit-template";
import { applyTemplateStatus, syncTemplates } from "./sync-templates";

const db = await testDatabase();
let meta: MetaFake;
let twilio: TwilioFake;
let ctx: Context;
let accountId: string;

beforeAll(() => {
  env.SMTP_URL = undefined;
});
beforeEach(async () => {
  meta = await new MetaFake().start();
  twilio = await new TwilioFake().start();
  Object.assign(env, { META_API_URL: meta.url, TWILIO_API_URL: twilio.url, TWILIO_CONTENT_URL: twilio.url });
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  accountId = await makeAccount(db.owner, ctx.workspaceId, { channel: "whatsapp", provider: "meta" });
  return async () => {
    await closeAdapters();
    await Promise.all([meta.stop(), twilio.stop()]);
  };
});
afterAll(closeAdapters);

const draft = (over: Partial<SaveTemplateInput> = {}): SaveTemplateInput => ({
  templateId: null,
  accountId,
  name: "renewal_reminder",
  language: "en",
  category: "utility",
  parts: {
    header: { kind: "text", text: "Renewal" },
    body: "Dear {{1}}, your policy {{2}} renews soon.",
    samples: ["Asha", "TRM1"],
    footer: "Suraksha",
    buttons: [
      { kind: "quick_reply", label: "Call me" },
      { kind: "url", label: "Renew", url: "https://r.example/t/c/{{1}}" },
      { kind: "phone", label: "Call us", phone: "+912240001234" },
    ],
  },
  ...over,
});

const only = async () => (await listWhatsAppTemplates(ctx))[0];

describe("a template", () => {
  test("is drafted, submitted with examples for what is filled, and approved by WhatsApp's word", async () => {
    const { templateId } = await saveTemplate(ctx, draft());
    expect(await only()).toMatchObject({ id: templateId, approval: "draft", submitted: false });
    await submitTemplate(ctx, templateId);
    expect(await only()).toMatchObject({ approval: "submitted", submitted: true });
    expect(meta.templates[0]).toMatchObject({
      name: "renewal_reminder",
      category: "UTILITY",
      components: [
        { type: "HEADER", format: "TEXT", text: "Renewal" },
        { type: "BODY", example: { body_text: [["Asha", "TRM1"]] } },
        { type: "FOOTER" },
        {
          type: "BUTTONS",
          buttons: [
            { type: "QUICK_REPLY" },
            { type: "URL", example: ["https://r.example/t/c/sample"] },
            { type: "PHONE_NUMBER" },
          ],
        },
      ],
    });
    const { body } = signedCall(
      {
        event: "REJECTED",
        message_template_name: "renewal_reminder",
        message_template_language: "en",
        reason: "INVALID_FORMAT",
      },
      "message_template_status_update",
    );
    const [event] = parseWebhook(
      { url: "", headers: {}, body: Buffer.from(body), receivedAt: new Date(0) },
      "1",
    );
    if (event?.kind !== "template_status") throw new Error("no status");
    await applyTemplateStatus(ctx, accountId, event);
    expect(await only()).toMatchObject({ approval: "rejected", rejection: "INVALID_FORMAT" });
    await saveTemplate(ctx, draft({ templateId }));
    await submitTemplate(ctx, templateId);
    expect(meta.templates).toHaveLength(1);
    expect(await only()).toMatchObject({ approval: "submitted", rejection: null });
  });

  test("that WhatsApp has keeps its name, waits for its answer, and is not deleted here", async () => {
    const { templateId } = await saveTemplate(ctx, draft());
    await submitTemplate(ctx, templateId);
    await expect(saveTemplate(ctx, draft({ templateId }))).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(submitTemplate(ctx, templateId)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(deleteTemplate(ctx, templateId)).rejects.toMatchObject({ code: "CONFLICT" });
    await db.owner`update whatsapp_templates set approval = 'approved'`;
    await expect(saveTemplate(ctx, draft({ templateId, name: "other" }))).rejects.toMatchObject({
      code: "CONFLICT",
      details: { field: "name" },
    });
  });

  test("is one of its name and language, its variables are numbered without a gap, and it stays in its workspace", async () => {
    const { templateId } = await saveTemplate(ctx, draft());
    await expect(saveTemplate(ctx, draft())).rejects.toMatchObject({ code: "CONFLICT" });
    for (const body of ["Dear {{2}}", "Dear {{name}}", "{{1}} {{3}}"])
      await expect(
        saveTemplate(ctx, draft({ name: "odd", parts: { ...draft().parts, body } })),
      ).rejects.toMatchObject({ code: "BAD_INPUT", details: { field: "body" } });
    const other = await makeMember(db.owner, await makeWorkspace(db.owner));
    for (const attempt of [
      () => saveTemplate(other, draft({ templateId })),
      () => submitTemplate(other, templateId),
      () => deleteTemplate(other, templateId),
      () => syncTemplates(other, "nonsense"),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await listWhatsAppTemplates(other)).toEqual([]);
    await deleteTemplate(ctx, templateId);
    expect(await listWhatsAppTemplates(ctx)).toEqual([]);
  });

  test("that WhatsApp refuses at once says its words", async () => {
    meta.templates.push({ id: "1", name: "renewal_reminder", language: "en", status: "APPROVED" });
    const { templateId } = await saveTemplate(ctx, draft());
    await expect(submitTemplate(ctx, templateId)).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringContaining("already a template"),
    });
    expect(await only()).toMatchObject({ approval: "draft" });
  });

  test("is not submitted with what WhatsApp would refuse; the draft stays", async () => {
    const { templateId } = await saveTemplate(ctx, draft({ parts: { ...draft().parts, samples: ["Asha"] } }));
    await expect(submitTemplate(ctx, templateId)).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringContaining("{{2}}"),
      details: { field: "samples" },
    });
    expect(meta.templates).toEqual([]);
    expect(await only()).toMatchObject({ approval: "draft" });
  });

  test("that a campaign under way sends keeps its words, and the campaign is named", async () => {
    const { templateId } = await saveTemplate(ctx, draft());
    await db.owner`update whatsapp_templates set approval = 'approved', provider_id = '1' where id = ${templateId}`;
    const campaignId = newId();
    await db.owner`
      insert into campaigns (id, workspace_id, name, type, goal, category, channels, status, owner_id, bodies)
      values (${campaignId}, ${ctx.workspaceId}, 'Diwali offers', 'retention', 'engagement', 'festival', '{whatsapp}',
        'active', ${newId()}, ${db.owner.json({ whatsapp: { en: { templateId } } })})`;
    await expect(saveTemplate(ctx, draft({ templateId }))).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("“Diwali offers”"),
    });
    await db.owner`update campaigns set status = 'completed' where id = ${campaignId}`;
    await saveTemplate(ctx, draft({ templateId }));
    expect(await only()).toMatchObject({ approval: "draft" });
  });

  test("of the sandbox is approved at once", async () => {
    const sandbox = (await listWhatsAppAccounts(ctx)).find(({ provider }) => provider === "sandbox");
    const { templateId } = await saveTemplate(ctx, draft({ accountId: sandbox?.id ?? "" }));
    await submitTemplate(ctx, templateId);
    expect(await only()).toMatchObject({ approval: "approved" });
  });
});

describe("the list", () => {
  const names = async (input: Parameters<typeof listTemplatesPage>[1]) =>
    (await listTemplatesPage(ctx, input)).rows.map(({ name, language }) => `${name} ${language}`);

  test("is read a page at a time by name and language, both ways, and narrowed", async () => {
    await db.owner`
      insert into whatsapp_templates (id, workspace_id, account_id, name, language, category, parts, approval)
      select gen_random_uuid(), ${ctx.workspaceId}, ${accountId}, 'template_' || lpad(n::text, 3, '0'), l,
        case when n % 2 = 0 then 'marketing' else 'utility' end,
        jsonb_build_object('header', null, 'body', 'Words of ' || n, 'footer', null, 'buttons', '[]'::jsonb),
        case when n = 7 then 'rejected' else 'approved' end
      from generate_series(1, 40) n, unnest('{en,hi}'::text[]) l`;
    const first = await listTemplatesPage(ctx, {});
    expect([first.rows.length, first.total, first.previous]).toEqual([50, 80, null]);
    const second = await listTemplatesPage(ctx, { after: first.next });
    expect([second.rows.length, second.next]).toEqual([30, null]);
    expect(second.rows[0]).toMatchObject({ name: "template_026", language: "en" });
    const back = await listTemplatesPage(ctx, { before: second.previous });
    expect(back.rows.map(({ id }) => id)).toEqual(first.rows.map(({ id }) => id));
    expect(await names({ approval: ["rejected"] })).toEqual(["template_007 en", "template_007 hi"]);
    expect(await names({ search: "WORDS OF 12" })).toEqual(["template_012 en", "template_012 hi"]);
    expect((await listTemplatesPage(ctx, { category: ["marketing"] })).total).toBe(40);
    expect((await listTemplatesPage(ctx, { search: "100%" })).total).toBe(0);
    const other = await makeMember(db.owner, await makeWorkspace(db.owner));
    expect(await listTemplatesPage(other, {})).toMatchObject({ rows: [], total: 0, known: 0 });
    await expect(getTemplate(other, first.rows[0]?.id ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await getTemplate(ctx, first.rows[0]?.id ?? "")).toMatchObject({ name: "template_001" });
  });
});

describe("synchronising", () => {
  const there = (number: number, over: object = {}) => ({
    id: String(number),
    name: `template_${number}`,
    language: "hi",
    category: "MARKETING",
    status: "APPROVED",
    components: [{ type: "BODY", text: "नमस्ते {{1}}", example: { body_text: [["आशा"]] } }],
    ...over,
  });

  test("takes over every page, keeps drafts, and says what is gone", async () => {
    meta.templates.push(
      there(1),
      there(2, { status: "REJECTED", rejected_reason: "ABUSIVE_CONTENT" }),
      there(3, {
        components: [
          { type: "HEADER", format: "IMAGE" },
          { type: "BODY", text: "Hi" },
        ],
      }),
      there(4, { components: [{ type: "BODY", text: "Hi" }, { type: "CAROUSEL" }] }),
      there(5, { components: [{ type: "BODY", text: "Hi {{name}}" }] }),
    );
    expect(await syncTemplates(ctx, accountId)).toEqual({ found: 3, gone: 0 });
    expect(await listWhatsAppTemplates(ctx)).toMatchObject([
      {
        ...{ name: "template_1", approval: "approved", category: "marketing", language: "hi" },
        parts: { samples: ["आशा"] },
      },
      { name: "template_2", approval: "rejected", rejection: "ABUSIVE_CONTENT" },
      { name: "template_3", parts: { header: { kind: "image" } } },
    ]);
    const [first] = await listWhatsAppTemplates(ctx);
    await saveTemplate(ctx, {
      ...draft(),
      templateId: first?.id ?? "",
      name: "template_1",
      language: "hi",
    });
    meta.templates.splice(1, 1);
    expect(await syncTemplates(ctx, accountId)).toEqual({ found: 2, gone: 1 });
    expect(await listWhatsAppTemplates(ctx)).toMatchObject([
      { approval: "draft", parts: { footer: "Suraksha" } },
      { approval: "disabled", rejection: expect.stringContaining("no longer there") },
      { approval: "approved" },
    ]);
  });

  test("works with Twilio's contents, whose addresses number on after the text", async () => {
    ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
    const id = await makeAccount(db.owner, ctx.workspaceId, { channel: "whatsapp", provider: "twilio" });
    const { templateId } = await saveTemplate(ctx, {
      ...draft(),
      accountId: id,
      parts: {
        ...draft().parts,
        header: null,
        footer: null,
        buttons: [{ kind: "url", label: "Renew", url: "https://r.example/t/c/{{1}}" }],
      },
    });
    await submitTemplate(ctx, templateId);
    expect(twilio.complaints).toEqual([]);
    expect(twilio.contents[0]).toMatchObject({
      types: {
        "twilio/call-to-action": { actions: [{ type: "URL", url: "https://r.example/t/c/{{3}}" }] },
      },
    });
    Object.assign(twilio.contents[0]?.approval ?? {}, { status: "approved" });
    expect(await syncTemplates(ctx, id)).toEqual({ found: 1, gone: 0 });
    expect(await only()).toMatchObject({
      name: "renewal_reminder",
      approval: "approved",
      parts: { buttons: [{ kind: "url", url: "https://r.example/t/c/{{1}}" }] },
    });
  });
});
