import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { actOnCampaigns } from "./bulk";
import { campaignFilters } from "./filters";
import { listCampaigns } from "./list";
import { listInputOf } from "./schemas";
import { makeCampaign } from "./testing/arrange";
import { updateCampaign } from "./update";
import { removeView, saveView } from "./views";

const db = await testDatabase();
type Member = Context & { userId: string; membershipId: string };
let marketer: Member;
let other: Member;

beforeEach(async () => {
  marketer = await makeMember(db.owner, await makeWorkspace(db.owner), "marketer");
  other = await makeMember(db.owner, marketer.workspaceId, "marketer");
});

const namesOf = async (ctx: Context, input: Parameters<typeof listCampaigns>[1]) =>
  (await listCampaigns(ctx, input)).rows.map(({ name }) => name);

describe("the list of campaigns", () => {
  test("is narrowed by channel, owner and tag, each by itself and together", async () => {
    const mail = await makeCampaign(db.owner, marketer, { name: "Mail" });
    await makeCampaign(db.owner, marketer, {
      name: "Chat, then SMS",
      channels: ["whatsapp"],
      fallBack: { channel: "sms", afterHours: 4 },
    });
    await makeCampaign(db.owner, other, { name: "Theirs" });
    await updateCampaign(marketer, { id: mail, version: 1, changes: { tags: ["Diwali", "Pune"] } });
    expect(await namesOf(marketer, { channel: ["email"] })).toEqual(["Theirs", "Mail"]);
    expect(await namesOf(marketer, { channel: ["sms"] })).toEqual(["Chat, then SMS"]);
    expect(await namesOf(marketer, { owner: [other.userId] })).toEqual(["Theirs"]);
    expect(await namesOf(marketer, { tag: ["diwali", "none"] })).toEqual(["Mail"]);
    expect(await namesOf(marketer, { channel: ["email"], owner: [marketer.userId] })).toEqual(["Mail"]);
    expect((await campaignFilters(marketer)).tags).toEqual(["diwali", "pune"]);
  });

  test("shows an advisor own campaigns only, and no filters about others", async () => {
    const advisor = await makeMember(db.owner, marketer.workspaceId, "advisor");
    await makeCampaign(db.owner, marketer, { name: "Theirs" });
    await makeCampaign(db.owner, advisor, { name: "Mine" });
    expect(await listCampaigns(advisor, {})).toMatchObject({ total: 1, rows: [{ name: "Mine" }] });
    expect((await campaignFilters(advisor)).owners).toEqual([]);
    expect(await namesOf({ ...advisor, isApprover: true }, {})).toEqual(["Mine", "Theirs"]);
  });

  test("an address that somebody wrote by hand still opens", () => {
    expect(
      listInputOf({ channel: ["sms", "pigeon"], owner: "me", tag: "x".repeat(40), archived: "no" }),
    ).toMatchObject({ channel: ["sms"], owner: [], tag: [], archived: false });
  });
});

describe("acts on several campaigns", () => {
  test("say for each what came of it, and a refusal holds up no other", async () => {
    const draft = await makeCampaign(db.owner, marketer, {});
    const active = await makeCampaign(db.owner, marketer, { status: "active" });
    const foreign = await makeCampaign(
      db.owner,
      await makeMember(db.owner, await makeWorkspace(db.owner)),
      {},
    );
    const results = await actOnCampaigns(marketer, { act: "archive", ids: [active, foreign, draft] });
    expect(results).toEqual([
      { id: active, done: false, reason: expect.stringContaining("Only drafts") },
      { id: foreign, done: false, reason: expect.stringContaining("does not exist") },
      { id: draft, done: true, reason: null },
    ]);
    expect((await listCampaigns(marketer, {})).rows.map(({ id }) => id)).toEqual([active]);
    expect((await listCampaigns(marketer, { archived: true })).rows.map(({ id }) => id)).toEqual([draft]);
    await actOnCampaigns(marketer, { act: "unarchive", ids: [draft] });
    expect((await listCampaigns(marketer, {})).total).toBe(2);
  });
});

describe("a kept list", () => {
  test("is the member's own, under a name, without the place in it", async () => {
    await saveView(marketer, {
      name: "Diwali",
      query: "tag=diwali&after=019aa000-0000-7000-8000-000000000000",
    });
    await saveView(marketer, { name: "Diwali", query: "tag=diwali&status=draft" });
    const { views } = await campaignFilters(marketer);
    expect(views).toMatchObject([{ name: "Diwali", query: "tag=diwali&status=draft" }]);
    expect((await campaignFilters(other)).views).toEqual([]);
    const viewId = views[0]?.id ?? "";
    await expect(removeView(other, { viewId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await removeView(marketer, { viewId });
    expect((await campaignFilters(marketer)).views).toEqual([]);
  });
});

test("a campaign goes to somebody who can run it, and an advisor does not hand one over", async () => {
  const id = await makeCampaign(db.owner, marketer, {});
  const agent = await makeMember(db.owner, marketer.workspaceId, "agent");
  await expect(
    updateCampaign(marketer, { id, version: 1, changes: { ownerId: agent.userId } }),
  ).rejects.toMatchObject({ code: "BAD_INPUT", details: { field: "ownerId" } });
  await updateCampaign(marketer, { id, version: 1, changes: { ownerId: other.userId, budget: 5_000_000n } });
  const [row] =
    await db.owner`select owner_id, budget_micros::text as budget from campaigns where id = ${id}`;
  expect(row).toEqual({ owner_id: other.userId, budget: "5000000" });
});
