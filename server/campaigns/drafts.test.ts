import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { cloneCampaign } from "./clone";
import { createCampaign } from "./create";
import { getCampaign } from "./get";
import { goalWindows } from "./status";
import { makeCampaign } from "./testing/arrange";
import { updateCampaign } from "./update";

const db = await testDatabase();
let admin: Context & { userId: string };
const draft = {
  name: "Renewal drive",
  type: "retention",
  goal: "renewal_rate",
  category: "renewal_reminder",
} as const;

beforeAll(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const mail = (subject: string, body = "Hello") => ({
  email: { en: { subject, preheader: "", body } },
});

const auditOf = (id: string) =>
  db.owner`select action, before, after from audit_entries where subject_id = ${id} order by id`;

test("a key owns no campaign: the administrator answers for what an unknown one begins", async () => {
  const key: Context = { ...admin, actor: { kind: "api_key", id: newId() }, userId: null };
  const { id } = await createCampaign(key, draft);
  const copy = await cloneCampaign(key, { id });
  for (const made of [id, copy.id])
    expect(await getCampaign(admin, { id: made })).toMatchObject({ ownerId: admin.userId });
});

test("a new campaign is a draft for everybody, owned by its maker", async () => {
  const { id } = await createCampaign(admin, { ...draft, name: "  Renewal drive  " });
  expect(await getCampaign(admin, { id })).toMatchObject({
    name: "Renewal drive",
    status: "draft",
    version: 1,
    audience: { kind: "all" },
    purpose: "service",
    ownerId: admin.userId,
    ownerName: "A admin",
    run: null,
    verbs: ["update", "deleteDraft", "submit", "schedule", "launch"],
  });
  expect(await auditOf(id)).toEqual([{ action: "campaign.created", before: null, after: draft }]);
});

test("a save writes what changed, raises the version and says what stood before", async () => {
  const { id } = await createCampaign(admin, draft);
  const saved = await updateCampaign(admin, {
    id,
    version: 1,
    changes: { bodies: mail("Hello"), name: draft.name },
  });
  expect(saved.version).toBe(2);
  expect((await auditOf(id)).at(-1)).toEqual({
    action: "campaign.updated",
    before: { bodies: {} },
    after: { bodies: mail("Hello") },
  });
});

test("saving what already stands changes nothing", async () => {
  const id = await makeCampaign(db.owner, admin, { fallbacks: { city: "your city", tier: "valued" } });
  const changes = { fallbacks: { tier: "valued", city: "your city" }, audience: { kind: "all" } } as const;
  expect(await updateCampaign(admin, { id, version: 1, changes })).toMatchObject({ version: 1 });
  expect(await auditOf(id)).toEqual([]);
});

test("of two editors the later save is refused with the version to load or to save over", async () => {
  const { id } = await createCampaign(admin, draft);
  const other = await makeMember(db.owner, admin.workspaceId, "marketer");
  await updateCampaign(other, { id, version: 1, changes: { bodies: mail("Theirs") } });
  const mine = { id, version: 1, changes: { bodies: mail("Mine") } };
  await expect(updateCampaign(admin, mine)).rejects.toMatchObject({
    code: "CONFLICT",
    details: { code: "stale_version", version: 2 },
  });
  expect(await getCampaign(admin, { id })).toMatchObject({ bodies: mail("Theirs"), version: 2 });
  await updateCampaign(admin, { ...mine, version: 2 });
  expect(await getCampaign(admin, { id })).toMatchObject({ bodies: mail("Mine"), version: 3 });
});

test("of many saves at once over one version exactly one is written", async () => {
  const { id } = await createCampaign(admin, draft);
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, (_, index) =>
      updateCampaign(admin, { id, version: 1, changes: { bodies: mail(`Save ${index}`) } }),
    ),
  );
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  expect(await getCampaign(admin, { id })).toMatchObject({ version: 2 });
});

test("what counts as a conversion is part of the draft, and each goal has its window", async () => {
  const { id } = await createCampaign(admin, draft);
  expect(await getCampaign(admin, { id })).toMatchObject({
    conversionEvent: null,
    attributionDays: null,
    countsAutoDebit: false,
  });
  const changes = { conversionEvent: "payment_received", attributionDays: 45, countsAutoDebit: true };
  await updateCampaign(admin, { id, version: 1, changes });
  expect(await getCampaign(admin, { id })).toMatchObject(changes);
  // metrics.md
  expect(goalWindows).toEqual({
    renewal_rate: { days: 30, untilGrace: true },
    policy_sales: { days: 30, untilGrace: false },
    lead_generation: { days: 7, untilGrace: false },
    engagement: { days: 3, untilGrace: false },
  });
});

test("bad fields are refused before anything is written", async () => {
  const { id } = await createCampaign(admin, draft);
  for (const changes of [
    { name: " " },
    { bodies: mail("x".repeat(201)) },
    { bodies: mail("x", "x".repeat(20_001)) },
    { channels: ["email" as const, "email" as const] },
    { languages: [] },
    { conversionEvent: "Payment received" },
    { attributionDays: 0 },
    { attributionDays: 366 },
    { bodies: { email: { "../en": { subject: "x", body: "x" } } } },
  ])
    await expect(updateCampaign(admin, { id, version: 1, changes })).rejects.toThrow();
  expect(await getCampaign(admin, { id })).toMatchObject({ version: 1 });
});
