import { describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { getCampaign } from "@/server/campaigns";
import { cloneCampaign } from "@/server/campaigns/clone";
import { createCampaign } from "@/server/campaigns/create";
import { preflightCampaign } from "@/server/campaigns/preflight";
import { reviseCampaign } from "@/server/campaigns/revise";
import type { CampaignCategory } from "@/server/campaigns/status";
import { updateCampaign } from "@/server/campaigns/update";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { setTemplateArchived } from "./archive";
import { getTemplate } from "./get";
import { setTemplateLinks } from "./links";
import { listTemplates } from "./list";
import { saveFromCampaign } from "./save-from-campaign";
import { allLinks, desk } from "./testing/desk";
import { updateTemplate } from "./update";
import { draftFromTemplate } from "./use";

const db = await testDatabase();

describe("using a template", () => {
  test("asks where its button leads, once, then begins a draft that lacks nothing", async () => {
    const { marketer, template } = await desk(db.owner);
    const id = await template("Renewal reminder, 15");
    await expect(draftFromTemplate(marketer, { id })).rejects.toMatchObject({
      code: "BAD_INPUT",
      details: { code: "links_missing", field: "renew" },
    });
    await expect(draftFromTemplate(marketer, { id, links: { renew: "renew page" } })).rejects.toMatchObject({
      details: { field: "renew" },
    });
    const { campaignId, leftOut } = await draftFromTemplate(marketer, {
      id,
      links: { renew: " https://www.suraksha.example.com/renew " },
    });
    // An Indian SMS must be registered first; the sandbox approves WhatsApp templates at once.
    expect(leftOut).toEqual([{ channel: "sms", reason: "not_registered" }]);
    const draft = await getCampaign(marketer, { id: campaignId });
    expect(draft).toMatchObject({
      name: "Renewal reminder, 15 days before",
      status: "draft",
      category: "renewal_reminder",
      purpose: "service",
      type: "retention",
      goal: "renewal_rate",
      channels: ["whatsapp", "email"],
      languages: ["en", "hi"],
      ownerId: marketer.userId,
    });
    expect(Object.keys(draft.bodies.sms ?? {}).sort()).toEqual(["en", "hi"]);
    expect(JSON.stringify(draft.bodies)).not.toContain("links.invalid");
    expect(draft.bodies.email?.en?.body).toContain("https://www.suraksha.example.com/renew");
    expect(draft.fallbacks).toMatchObject({ customer_name: "customer", "hi/customer_name": "ग्राहक" });
    const { problems, requiredTags } = await preflightCampaign(marketer, { id: campaignId });
    expect(problems).toEqual([]);
    expect(requiredTags).toEqual([]);
    const again = await draftFromTemplate(marketer, { id });
    const second = await getCampaign(marketer, { id: again.campaignId });
    // The same WhatsApp templates serve again.
    expect(second.bodies.whatsapp).toEqual(draft.bodies.whatsapp);
    expect((await getTemplate(marketer, { id })).results).toMatchObject({
      uses: 2,
      launched: 0,
      openRate: null,
    });
  });

  test("makes utility templates for service and marketing templates for promotion", async () => {
    const { marketer, workspaceId, template } = await desk(db.owner);
    await setTemplateLinks(marketer, { links: allLinks });
    for (const search of ["Welcome", "Referral"])
      await draftFromTemplate(marketer, { id: await template(search) });
    const rows = await db.owner`
      select name, language, category, approval, parts -> 'buttons' -> 0 ->> 'url' as url from whatsapp_templates
      where workspace_id = ${workspaceId} order by name, language`;
    expect(rows.map(({ url: _, ...row }) => row)).toEqual([
      { name: "referral", language: "en", category: "marketing", approval: "approved" },
      { name: "referral", language: "hi", category: "marketing", approval: "approved" },
      { name: "welcome", language: "en", category: "utility", approval: "approved" },
      { name: "welcome", language: "hi", category: "utility", approval: "approved" },
    ]);
    expect(rows.every(({ url }) => /^https?:\/\/[^/]+\/\{\{1\}\}$/.test(url))).toBe(true);
  });

  test("finds the registered text of an Indian SMS, and speaks by SMS then", async () => {
    const { marketer, workspaceId, template } = await desk(db.owner);
    await setTemplateLinks(marketer, { links: allLinks });
    const id = await template("Missed call");
    const { shown } = await getTemplate(marketer, { id });
    for (const [language, sms] of Object.entries(shown.content.sms ?? {})) {
      const registered = sms.text
        .replace("{{company_name}}", "Suraksha")
        .replace(/https?:\S+/, "{#url#}")
        .replace(/\{\{[^}]*\}\}/g, "{#var#}");
      await db.owner`
        insert into dlt_templates (id, workspace_id, entity_id, header, template_id, name, category, language, text, status)
        values (${newId()}, ${workspaceId}, '1101234567890123456', 'SURKSH', ${`11071${language}`}, 'missed call',
          'service_implicit', ${language}, ${registered}, 'active')`;
    }
    const { campaignId, leftOut } = await draftFromTemplate(marketer, { id });
    expect(leftOut).toEqual([]);
    const draft = await getCampaign(marketer, { id: campaignId });
    expect(draft.channels).toEqual(["whatsapp", "sms", "email"]);
    expect(draft.bodies.sms?.en).toMatchObject({
      variables: ["{{customer_name}}", "https://www.suraksha.example.com/call"],
    });
    expect((await preflightCampaign(marketer, { id: campaignId })).problems).toEqual([]);
  });

  test("is for whoever builds campaigns, an advisor only what is approved, and not for what is archived", async () => {
    const { admin, advisor, agent, template } = await desk(db.owner);
    await setTemplateLinks(admin, { links: allLinks });
    const id = await template("Birthday");
    await expect(draftFromTemplate(agent, { id })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await draftFromTemplate(advisor, { id });
    await expect(draftFromTemplate(advisor, { id, links: allLinks })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await db.owner`update templates set approved_at = null where id = ${id}`;
    await expect(draftFromTemplate(advisor, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await draftFromTemplate(admin, { id });
    await setTemplateArchived(admin, { id, archived: true });
    await expect(draftFromTemplate(admin, { id })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("leaves a trace in the audit, and an address can be taken away again", async () => {
    const { marketer, workspaceId, template } = await desk(db.owner);
    await setTemplateLinks(marketer, { links: allLinks });
    const id = await template("Christmas");
    const { campaignId } = await draftFromTemplate(marketer, { id });
    const entries = await db.owner`
      select action, "after" from audit_entries where workspace_id = ${workspaceId} and action = 'template.used'`;
    expect(entries).toEqual([{ action: "template.used", after: { campaign: campaignId, version: 1 } }]);
    await setTemplateLinks(marketer, { links: { account: "" } });
    await expect(draftFromTemplate(marketer, { id })).rejects.toMatchObject({
      details: { code: "links_missing" },
    });
  });
});

describe("the purpose of a template", () => {
  const into = async (ctx: Context, id: string, category: CampaignCategory) => {
    const { version } = await getCampaign(ctx, { id });
    return updateCampaign(ctx, { id, version, changes: { category } });
  };
  const refused = { code: "BAD_INPUT", details: { field: "category" } };

  test("holds for its campaign, copies and changes of an automation: promotion never becomes service", async () => {
    const { marketer, template } = await desk(db.owner);
    await setTemplateLinks(marketer, { links: allLinks });
    const itsTemplate = await template("Health cover for the family");
    const { campaignId } = await draftFromTemplate(marketer, { id: itsTemplate });
    const copy = await cloneCampaign(marketer, { id: campaignId });
    const running = await cloneCampaign(marketer, { id: copy.id });
    await db.owner`
      update campaigns set status = 'active', launched_at = clock_now(), schedule = schedule || '{"kind": "automated"}'
      where id = ${running.id}`;
    const changes = await reviseCampaign(marketer, running);
    const itsCopy = await cloneCampaign(marketer, changes);
    // Copies are uses; changes to a campaign are none of their own.
    expect((await getTemplate(marketer, { id: itsTemplate })).results.uses).toBe(4);
    for (const id of [campaignId, copy.id, changes.id, itsCopy.id]) {
      await expect(into(marketer, id, "policy_service")).rejects.toMatchObject(refused);
      expect(await getCampaign(marketer, { id })).toMatchObject({
        category: "cross_sell",
        purpose: "promotional",
        template: { purpose: "promotional" },
      });
      await into(marketer, id, "newsletter");
      await expect(into(marketer, id, "premium_due")).rejects.toMatchObject(refused);
    }
  });

  test("is that of when it was used: editing the template loosens nothing that began with it, nor its copies", async () => {
    const { marketer, workspaceId, template } = await desk(db.owner);
    await setTemplateLinks(marketer, { links: allLinks });
    const id = await template("Health cover for the family");
    const { campaignId } = await draftFromTemplate(marketer, { id });
    const copy = await cloneCampaign(marketer, { id: campaignId });
    const unknown = await cloneCampaign(marketer, { id: campaignId });
    await db.owner`
      update template_uses set purpose = null where workspace_id = ${workspaceId} and campaign_id = ${unknown.id}`;
    await updateTemplate(marketer, { id, version: 1, changes: { category: "policy_service" } });
    const later = await cloneCampaign(marketer, copy);
    for (const draft of [campaignId, copy.id, later.id])
      await expect(into(marketer, draft, "policy_service")).rejects.toMatchObject(refused);
    // What began before it was kept is bound by what the template is today.
    await into(marketer, unknown.id, "policy_service");
    const fresh = await draftFromTemplate(marketer, { id });
    await updateTemplate(marketer, { id, version: 2, changes: { category: "cross_sell" } });
    for (const category of ["newsletter", "policy_service"] as const)
      await into(marketer, fresh.campaignId, category);
  });

  test("may be made stricter and taken back, and binds nothing that has words of its own", async () => {
    const { marketer, template } = await desk(db.owner);
    await setTemplateLinks(marketer, { links: allLinks });
    const { campaignId } = await draftFromTemplate(marketer, { id: await template("Welcome") });
    const words = { type: "retention", goal: "engagement", category: "welcome" } as const;
    const own = await createCampaign(marketer, { name: "Our own", ...words });
    for (const id of [campaignId, own.id])
      for (const category of ["newsletter", "welcome"] as const) {
        await into(marketer, id, category);
        expect(await getCampaign(marketer, { id })).toMatchObject({ category });
      }
    expect(await getCampaign(marketer, { id: own.id })).toMatchObject({ template: null });
  });
});

test("results are recounted from the roll-ups of the campaigns that began with it; an SMS tells of no opens", async () => {
  const { marketer, workspaceId, template } = await desk(db.owner);
  await setTemplateLinks(marketer, { links: allLinks });
  const id = await template("Policy anniversary");
  const ids = [await draftFromTemplate(marketer, { id }), await draftFromTemplate(marketer, { id })];
  for (const [nth, { campaignId }] of ids.entries()) {
    await db.owner`update campaigns set launched_at = clock_now() where id = ${campaignId}`;
    for (const channel of ["email", "sms"])
      await db.owner`
        insert into run_rollups (workspace_id, run_number, campaign_id, bucket, channel, sent, delivered, opened, clicked)
        values (${workspaceId}, ${nth + 1}, ${campaignId}, '2026-11-01', ${channel}, 120, 100, ${channel === "email" ? 30 + nth * 20 : 0}, 10)`;
  }
  const { results } = await getTemplate(marketer, { id });
  expect(results).toEqual({
    uses: 2,
    launched: 2,
    sent: 480,
    readable: 200,
    openRate: 0.4,
    clickRate: 0.1,
    roi: null,
  });
  const [line] = (await listTemplates(marketer, { search: "Policy anniversary" })).rows;
  expect(line?.results).toEqual(results);
});

describe("saving a campaign as a template", () => {
  test("keeps what it says, and using it says the same again", async () => {
    const { marketer, template } = await desk(db.owner);
    await setTemplateLinks(marketer, { links: allLinks });
    const { campaignId } = await draftFromTemplate(marketer, { id: await template("Quotation") });
    const { id } = await saveFromCampaign(marketer, { campaignId, name: "Our quotation" });
    const saved = await getTemplate(marketer, { id });
    expect(saved).toMatchObject({
      name: "Our quotation",
      category: "quotation",
      purpose: "promotional",
      builtIn: false,
      approvedAt: null,
      channels: ["whatsapp", "email"],
      languages: ["en", "hi"],
      versions: [{ version: 1, cause: "saved", note: "“Quotation follow-up”" }],
    });
    const first = await getCampaign(marketer, { id: campaignId });
    const again = await getCampaign(marketer, { id: (await draftFromTemplate(marketer, { id })).campaignId });
    expect(again.bodies.email).toEqual(first.bodies.email);
    expect(again.fallbacks).toEqual(first.fallbacks);
    expect(again.bodies.whatsapp?.hi?.variables).toEqual(first.bodies.whatsapp?.hi?.variables);
    expect((await preflightCampaign(marketer, { id: again.id })).problems).toEqual([]);
    await expect(saveFromCampaign(marketer, { campaignId, name: "OUR quotation" })).rejects.toMatchObject({
      code: "CONFLICT",
      details: { field: "name" },
    });
  });

  test("is refused for a campaign without words, or of another workspace", async () => {
    const [{ marketer, workspaceId }, other] = [await desk(db.owner), await desk(db.owner)];
    const id = newId();
    await db.owner`insert into campaigns (id, workspace_id, name, type, goal, category, owner_id)
      values (${id}, ${workspaceId}, 'Empty', 'retention', 'engagement', 'welcome', ${marketer.userId})`;
    await expect(saveFromCampaign(marketer, { campaignId: id, name: "T" })).rejects.toMatchObject({
      code: "BAD_INPUT",
    });
    await expect(saveFromCampaign(other.marketer, { campaignId: id, name: "T" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
