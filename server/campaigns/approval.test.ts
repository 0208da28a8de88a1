import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { approveCampaign } from "./approve";
import { cloneCampaign } from "./clone";
import { getCampaign } from "./get";
import { launchCampaign } from "./launch";
import { scheduleCampaign } from "./schedule";
import { sendBackCampaign } from "./send-back";
import { submitCampaign } from "./submit";
import { farAhead, grantConsent, makeCampaign } from "./testing/arrange";
import { updateCampaign } from "./update";
import { withdrawCampaign } from "./withdraw";

const db = await testDatabase();
type Member = Context & { userId: string; membershipId: string };
let marketer: Member;
let approver: Member;
let id: string;

beforeEach(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  await db.owner`update workspaces set approval_required = true where id = ${workspaceId}`;
  marketer = await makeMember(db.owner, workspaceId, "marketer");
  approver = await makeApprover();
  await grantConsent(db.owner, workspaceId, await makeCustomers(db.owner, workspaceId, [{}]));
  id = await makeCampaign(db.owner, marketer, { schedule: farAhead });
});

async function makeApprover(role: "marketer" | "supervisor" = "marketer"): Promise<Member> {
  const member = await makeMember(db.owner, marketer.workspaceId, role);
  await db.owner`update memberships set is_approver = true where id = ${member.membershipId}`;
  return { ...member, isApprover: true };
}

const noticesOf = async (member: Member) =>
  (
    await db.owner<{ kind: string }[]>`
      select kind from notifications where membership_id = ${member.membershipId} order by id`
  ).map(({ kind }) => kind);

describe("where approval is asked for", () => {
  test("nothing is launched or scheduled without it, and the error says which code to look for", async () => {
    for (const act of [launchCampaign, scheduleCampaign])
      await expect(act(marketer, { id, version: 1 })).rejects.toMatchObject({
        code: "CONFLICT",
        details: { code: "approval_required" },
      });
    expect(await db.owner`select 1 from campaign_runs where campaign_id = ${id}`).toHaveLength(0);
  });

  test("what somebody else approved is launched as it stands", async () => {
    await submitCampaign(marketer, { id, version: 1, comment: "For Monday." });
    await approveCampaign(approver, { id, version: 1, comment: "Fine." });
    expect((await getCampaign(marketer, { id })).approval).toMatchObject({ required: true, approved: true });
    await launchCampaign(marketer, { id, version: 1 });
    expect(await db.owner`select 1 from campaign_runs where campaign_id = ${id}`).toHaveLength(1);
  });

  test("an edit after the approval voids it, and saving what already stands does not", async () => {
    await submitCampaign(marketer, { id, version: 1 });
    await approveCampaign(approver, { id, version: 1 });
    expect(
      await updateCampaign(marketer, { id, version: 1, changes: { name: "Renewal drive" } }),
    ).toMatchObject({
      version: 1,
    });
    expect((await getCampaign(marketer, { id })).approval.approved).toBe(true);
    await updateCampaign(marketer, { id, version: 1, changes: { name: "Another drive" } });
    expect((await getCampaign(marketer, { id })).approval.approved).toBe(false);
    await expect(launchCampaign(marketer, { id, version: 2 })).rejects.toMatchObject({
      details: { code: "approval_required" },
    });
  });

  test("a copy of an approved campaign is not approved", async () => {
    await submitCampaign(marketer, { id, version: 1 });
    await approveCampaign(approver, { id, version: 1 });
    const copy = await cloneCampaign(marketer, { id });
    await expect(launchCampaign(marketer, { id: copy.id, version: 1 })).rejects.toMatchObject({
      details: { code: "approval_required" },
    });
  });

  test("nobody decides about what they own or asked for, whatever their role", async () => {
    const own = await makeCampaign(db.owner, approver, {});
    await submitCampaign(approver, { id: own, version: 1 });
    for (const act of [approveCampaign, sendBackCampaign])
      await expect(act(approver, { id: own, version: 1, comment: "Mine." })).rejects.toMatchObject({
        code: "FORBIDDEN",
        details: { code: "own_campaign" },
      });
    await submitCampaign(approver, { id, version: 1 });
    await expect(approveCampaign(approver, { id, version: 1 })).rejects.toMatchObject({
      details: { code: "own_campaign" },
    });
    await approveCampaign(await makeApprover("supervisor"), { id, version: 1 });
    expect((await getCampaign(marketer, { id })).status).toBe("draft");
  });

  test("a return needs a comment, which the owner reads in the history", async () => {
    await submitCampaign(marketer, { id, version: 1, comment: "Please look." });
    await expect(sendBackCampaign(approver, { id, version: 1, comment: "  " })).rejects.toThrow();
    await sendBackCampaign(approver, { id, version: 1, comment: "Name the product." });
    const { status, approval } = await getCampaign(marketer, { id });
    expect(status).toBe("draft");
    expect(approval.history).toMatchObject([
      { act: "returned", comment: "Name the product.", byName: "A marketer", version: 1 },
      { act: "submitted", comment: "Please look." },
    ]);
  });

  test("a decision about another version than the one that was looked at is refused", async () => {
    await submitCampaign(marketer, { id, version: 1 });
    await withdrawCampaign(marketer, { id });
    await updateCampaign(marketer, { id, version: 1, changes: { name: "Changed meanwhile" } });
    await submitCampaign(marketer, { id, version: 2 });
    await expect(approveCampaign(approver, { id, version: 1 })).rejects.toMatchObject({
      code: "CONFLICT",
      details: { code: "stale_version" },
    });
  });

  test("approvers who may decide hear of a request once, and its owner of the decision", async () => {
    await submitCampaign(marketer, { id, version: 1 });
    expect(await noticesOf(approver)).toEqual(["campaign.submitted"]);
    expect(await noticesOf(marketer)).toEqual([]);
    await sendBackCampaign(approver, { id, version: 1, comment: "Shorter." });
    await submitCampaign(marketer, { id, version: 1 });
    await approveCampaign(approver, { id, version: 1 });
    expect(await noticesOf(approver)).toEqual(["campaign.submitted", "campaign.submitted"]);
    expect(await noticesOf(marketer)).toEqual(["campaign.returned", "campaign.approved"]);
  });

  test("a comment stands in the history and not in the audit, which cannot be erased", async () => {
    await submitCampaign(marketer, { id, version: 1, comment: "Asked for by Meera Iyer" });
    expect(await db.owner`select 1 from audit_entries where "after"::text like '%Meera%'`).toHaveLength(0);
  });
});

test("with the setting off the same campaign launches without anybody's approval", async () => {
  await db.owner`update workspaces set approval_required = false where id = ${marketer.workspaceId}`;
  await launchCampaign(marketer, { id, version: 1 });
  expect((await getCampaign(marketer, { id })).status).toBe("active");
});

describe("an advisor's campaign", () => {
  test("is within the own book, whatever is asked and whoever edits it", async () => {
    await db.owner`update workspaces set approval_required = false where id = ${marketer.workspaceId}`;
    const advisor = await makeMember(db.owner, marketer.workspaceId, "advisor");
    const [mine = ""] = await makeCustomers(db.owner, marketer.workspaceId, [{}]);
    await grantConsent(db.owner, marketer.workspaceId, [mine]);
    await db.owner`update customers set advisor_id = ${advisor.membershipId} where id = ${mine}`;
    const own = await makeCampaign(db.owner, advisor, {});
    await updateCampaign(advisor, {
      id: own,
      version: 1,
      changes: { audience: { kind: "all" }, name: "My book" },
    });
    await updateCampaign(marketer, {
      id: own,
      version: 2,
      changes: { audience: { kind: "all", minEngagement: 1, book: marketer.membershipId } },
    });
    const { audience } = await getCampaign(advisor, { id: own });
    expect(audience).toEqual({ kind: "all", minEngagement: 1, book: advisor.membershipId });
  });
});
