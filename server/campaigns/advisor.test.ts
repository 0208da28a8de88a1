import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { cancelCheck } from "./cancel-check";
import { changeLimits } from "./change-limits";
import { exportCheck } from "./export-check";
import { getCampaign } from "./get";
import { sendCampaignTest } from "./send-test";
import { startCheck } from "./start-check";
import { grantConsent, makeCampaign } from "./testing/arrange";

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
