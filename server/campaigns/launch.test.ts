import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { cloneCampaign } from "./clone";
import { brandingSchema, runContentSchema } from "./content";
import { launchCampaign } from "./launch";
import { type CampaignSeed, grantConsent, makeCampaign } from "./testing/arrange";
import { updateCampaign } from "./update";

const db = await testDatabase();
let marketer: Context & { userId: string };

beforeEach(async () => {
  const workspaceId = await makeWorkspace(db.owner, "Suraksha");
  marketer = await makeMember(db.owner, workspaceId, "marketer");
  await grantConsent(db.owner, workspaceId, await makeCustomers(db.owner, workspaceId, [{}, {}]));
});

/** What a launch leaves behind, counted with the owner's connection. */
async function traces(id: string) {
  const [row] = await db.owner`select
    (select status from campaigns where id = ${id}) as status,
    (select count(*)::int from campaign_runs where campaign_id = ${id}) as runs,
    (select count(*)::int from outbox where data->>'campaignId' = ${id}) as events,
    (select count(*)::int from audit_entries where subject_id = ${id}) as audit,
    (select coalesce(max(version), 0)::int from topic_versions where topic = ${`campaign:${id}`}) as version`;
  return { ...row };
}
const untouched = { status: "draft", runs: 0, events: 0, audit: 0, version: 0 };

test("a launch leaves the run, the event, the audit entry and the topic together", async () => {
  const id = await makeCampaign(db.owner, marketer, {
    category: "cross_sell",
    fallbacks: { city: "your city" },
  });
  await grantPromotion();
  const { runNumber } = await launchCampaign(marketer, { id, version: 1 });
  expect(await traces(id)).toEqual({ status: "active", runs: 1, events: 1, audit: 1, version: 1 });
  const [run] =
    await db.owner`select number, slot, status, content from campaign_runs where campaign_id = ${id}`;
  expect(run).toMatchObject({ number: String(runNumber), slot: "launch", status: "freezing" });
  expect(runContentSchema.parse(run?.content)).toEqual({
    category: "cross_sell",
    sendAt: null,
    purpose: "promotional",
    channels: ["email"],
    languages: ["en"],
    bodies: { email: { en: { subject: "Your renewal", preheader: "", body: "Hello {{customer_name}}" } } },
    fallbacks: { city: "your city" },
    attachments: [],
    attributes: {},
    templates: {},
    registrations: {},
    branding: brandingSchema.parse({}),
    utm: null,
    tracking: { opens: true, clicks: true },
    currency: "INR",
    companyName: "Suraksha",
    fromName: "Suraksha",
    abTest: null,
    variants: [],
    steps: [],
    followUps: [],
    exits: [],
    policyTypes: [],
    linkBase: 0,
  });
  const [event] = await db.owner`select event_id, name, data from outbox where data->>'campaignId' = ${id}`;
  expect(event).toEqual({
    event_id: `${marketer.workspaceId}:campaign/launched:${id}:launch`,
    name: "campaign/launched",
    data: { campaignId: id, runNumber, workspaceId: marketer.workspaceId },
  });
});

test("a launch that fails half-way leaves nothing", async () => {
  const id = await makeCampaign(db.owner, marketer);
  // Postgres takes no parameters in DDL.
  const refusal = `check (data->>'campaignId' is distinct from '${id}') not valid`;
  await db.owner.unsafe(`alter table outbox add constraint full_disk ${refusal}`);
  await expect(launchCampaign(marketer, { id, version: 1 })).rejects.toThrow();
  await db.owner`alter table outbox drop constraint full_disk`;
  expect(await traces(id)).toEqual(untouched);
});

test("of two launches at once one makes the run, the other is refused", async () => {
  const id = await makeCampaign(db.owner, marketer);
  const results = await Promise.allSettled(
    [1, 2, 3, 4].map(() => launchCampaign(marketer, { id, version: 1 })),
  );
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  for (const result of results)
    if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "CONFLICT" });
  expect(await traces(id)).toEqual({ status: "active", runs: 1, events: 1, audit: 1, version: 1 });
});

test("what was edited after the person looked is not launched unseen", async () => {
  const id = await makeCampaign(db.owner, marketer);
  await updateCampaign(marketer, { id, version: 1, changes: { languages: ["hi"] } });
  await expect(launchCampaign(marketer, { id, version: 1 })).rejects.toMatchObject({
    code: "CONFLICT",
    details: { code: "stale_version", version: 2 },
  });
});

test("a workspace that asks for approval launches nothing without it", async () => {
  const id = await makeCampaign(db.owner, marketer);
  await db.owner`update workspaces set approval_required = true where id = ${marketer.workspaceId}`;
  await expect(launchCampaign(marketer, { id, version: 1 })).rejects.toMatchObject({
    code: "CONFLICT",
    details: { code: "approval_required" },
  });
  expect(await traces(id)).toEqual(untouched);
});

const halfWritten = {
  email: {
    en: { subject: "Your renewal", preheader: "", body: "Hello" },
    hi: { subject: "", preheader: "", body: "नमस्ते" },
  },
};

const gone = { fileId: newId(), name: "a.pdf", mediaType: "application/pdf", bytes: 1 };
const pictured = {
  type: "doc" as const,
  content: [{ type: "image" as const, attrs: { fileId: newId(), alt: "", href: "" } }],
};

describe("nothing that cannot be sent is launched:", () => {
  const cases: [string, CampaignSeed, string][] = [
    ["no subject", { subject: "  " }, "subject"],
    ["no message", { body: "\n" }, "body"],
    ["an unknown tag", { body: "Hi {{nick_name}}" }, "body"],
    ["a link without an address", { body: "[Renew](renew)" }, "body"],
    ["no channel", { channels: [] }, "channels"],
    ["a channel about which nothing is said", { channels: ["email", "sms"] }, "body"],
    ["a language half written", { languages: ["en", "hi"], bodies: halfWritten }, "subject"],
    [
      "a picture that is not stored here",
      { bodies: { email: { en: { subject: "x", preheader: "", body: pictured } } } },
      "attachments",
    ],
    ["an attachment that is not stored here", { attachments: [gone] }, "attachments"],
    ["no tier chosen", { audience: { kind: "tier", tiers: [] } }, "audience"],
    ["an empty audience", { audience: { kind: "tier", tiers: ["gold"] } }, "audience"],
    ["nobody who consents", { category: "cross_sell" }, "audience"],
  ];
  test.each(cases)("%s", async (_name, seed, field) => {
    const id = await makeCampaign(db.owner, marketer, seed);
    await expect(launchCampaign(marketer, { id, version: 1 })).rejects.toMatchObject({
      code: "BAD_INPUT",
      details: { field },
    });
    expect(await traces(id)).toEqual(untouched);
  });
});

test("a clone is a draft of its own with the same content and no results", async () => {
  const id = await makeCampaign(db.owner, marketer, {
    name: "x".repeat(120),
    audience: { kind: "tier", tiers: ["gold"] },
  });
  await db.owner`update campaigns set status = 'completed', version = 7, conversion_event = 'payment_received',
    attribution_days = 45, counts_auto_debit = true where id = ${id}`;
  const copy = await cloneCampaign(marketer, { id });
  const [row] = await db.owner`select name, status, version, audience, bodies, launched_at, owner_id,
    conversion_event, attribution_days, counts_auto_debit
    from campaigns where id = ${copy.id}`;
  expect(row).toEqual({
    name: `Copy of ${"x".repeat(112)}`,
    status: "draft",
    version: 1,
    audience: { kind: "tier", tiers: ["gold"] },
    bodies: { email: { en: { subject: "Your renewal", preheader: "", body: "Hello {{customer_name}}" } } },
    launched_at: null,
    owner_id: marketer.userId,
    conversion_event: "payment_received",
    attribution_days: 45,
    counts_auto_debit: true,
  });
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
  await expect(cloneCampaign(stranger, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

async function grantPromotion() {
  const rows = await db.owner`select id from customers where workspace_id = ${marketer.workspaceId}`;
  await grantConsent(
    db.owner,
    marketer.workspaceId,
    rows.map((row) => row.id),
    "promotional",
  );
}
