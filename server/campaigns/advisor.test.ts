import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { cancelCheck } from "./cancel-check";
import { changeLimits } from "./change-limits";
import { exportCheck } from "./export-check";
import { getCampaign } from "./get";
import { launchCampaign } from "./launch";
import { preflightCampaign } from "./preflight";
import { resumeCampaign } from "./resume";
import { scheduleCampaign } from "./schedule";
import { sendCampaignTest } from "./send-test";
import { startCheck } from "./start-check";
import { submitCampaign } from "./submit";
import { type CampaignSeed, farAhead, grantConsent, makeCampaign } from "./testing/arrange";
import { updateCampaign } from "./update";

const db = await testDatabase();
type Member = Context & { userId: string; membershipId: string };
let marketer: Member;
let advisor: Member;

/** Two customers, one of them in the advisor's book. */
beforeEach(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  marketer = await makeMember(db.owner, workspaceId, "marketer");
  advisor = await makeMember(db.owner, workspaceId, "advisor");
  const ids = await makeCustomers(db.owner, workspaceId, [{}, {}]);
  await grantConsent(db.owner, workspaceId, ids);
  await db.owner`update customers set advisor_id = ${advisor.membershipId} where id = ${ids[0] ?? ""}`;
});

describe("an advisor who is also an approver", () => {
  test("does to somebody else's campaign nothing but decide about it, in any state", async () => {
    const both = { ...advisor, isApprover: true };
    const draft = await makeCampaign(db.owner, marketer);
    await startCheck(marketer, { id: draft });
    const acts = [
      () => startCheck(both, { id: draft }),
      () => cancelCheck(both, { id: draft }),
      () => exportCheck(both, { id: draft, verdict: null, reason: null }),
      () => sendCampaignTest(both, { id: draft, channel: "email", language: "en", to: "me@example.test" }),
    ];
    for (const status of ["active", "paused"] as const) {
      const id = await makeCampaign(db.owner, marketer, { status });
      acts.push(async () => changeLimits(both, { id, ratePerSecond: 1, budget: null }));
      expect((await getCampaign(both, { id })).verbs, status).toEqual([]);
    }
    for (const act of acts) await expect(act()).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await getCampaign(both, { id: draft })).verbs).toEqual([]);
    const asked = await makeCampaign(db.owner, marketer, { status: "in_review" });
    expect((await getCampaign(both, { id: asked })).verbs).toEqual(["approve", "sendBack"]);
    const own = await makeCampaign(db.owner, both, { status: "active" });
    expect((await getCampaign(both, { id: own })).verbs).toEqual(["pause", "cancel"]);
    await changeLimits(both, { id: own, ratePerSecond: 1, budget: null });
  });
});

describe("a marketer who was made an advisor", () => {
  /** A campaign of theirs from the time when they were a marketer: it goes to everybody. */
  const wide = (seed: CampaignSeed = {}) => makeCampaign(db.owner, advisor, { schedule: farAhead, ...seed });
  const beyond = { code: "BAD_INPUT", details: { tab: "targeting", field: "audience" } };

  test("sends nothing beyond the own book, and takes no list of others' customers away", async () => {
    const draft = await wide();
    await startCheck(marketer, { id: draft });
    const paused = await wide({ status: "paused" });
    for (const act of [
      () => launchCampaign(advisor, { id: draft, version: 1 }),
      () => scheduleCampaign(advisor, { id: draft, version: 1 }),
      () => submitCampaign(advisor, { id: draft, version: 1 }),
      () => startCheck(advisor, { id: draft }),
      () => exportCheck(advisor, { id: draft, verdict: null, reason: null }),
      () => sendCampaignTest(advisor, { id: draft, channel: "email", language: "en", to: "me@example.test" }),
      () => resumeCampaign(advisor, { id: paused }),
    ])
      await expect(act()).rejects.toMatchObject(beyond);
    expect((await preflightCampaign(advisor, { id: draft })).problems).toMatchObject([beyond.details]);
    expect((await getCampaign(marketer, { id: draft })).status).toBe("draft");
    expect((await getCampaign(marketer, { id: paused })).status).toBe("paused");
    await resumeCampaign(marketer, { id: paused });
  });

  test("has it within the own book with the next change, and sends it then", async () => {
    const id = await wide();
    await updateCampaign(advisor, { id, version: 1, changes: { name: "My book" } });
    expect(await preflightCampaign(advisor, { id })).toMatchObject({ audience: 1, problems: [] });
    await launchCampaign(advisor, { id, version: 2 });
    expect((await getCampaign(advisor, { id })).audience).toEqual({
      kind: "all",
      book: advisor.membershipId,
    });
  });
});
