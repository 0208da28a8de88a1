import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { type Context, systemContext } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { getCampaign } from "./get";
import { launchDue } from "./launch-due";
import { pauseCampaign } from "./pause";
import { resumeCampaign } from "./resume";
import { scheduleCampaign } from "./schedule";
import type { Schedule } from "./schemas";
import { daily, grantConsent, later, makeCampaign } from "./testing/arrange";

const db = await testDatabase();
let ctx: Context & { userId: string; membershipId: string };
let customerIds: string[];

beforeEach(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  ctx = await makeMember(db.owner, workspaceId);
  customerIds = await makeCustomers(db.owner, workspaceId, [{}, {}]);
  await grantConsent(db.owner, workspaceId, customerIds);
  await db.setClock("2026-11-26T15:00:00+05:30");
});

async function scheduled(schedule: Schedule): Promise<string> {
  const id = await makeCampaign(db.owner, ctx, { schedule });
  await scheduleCampaign(ctx, { id, version: 1 });
  return id;
}

/** What comes of the campaign at this moment. */
async function at(moment: string, id: string) {
  await db.setClock(moment);
  return launchDue(systemContext(ctx.workspaceId), { id });
}

const runsOf = async (id: string) =>
  (await db.owner`select slot from campaign_runs where campaign_id = ${id} order by number`).map(
    ({ slot }) => slot,
  );

const dueOf = async (id: string) => (await getCampaign(ctx, { id })).dueAt;

const moveTo = (zone: string) =>
  db.owner`update customers set time_zone = ${zone} where id = ${customerIds[0] ?? ""}`;

const moveWorkspace = (zone: string) =>
  db.owner`update workspaces set time_zone = ${zone} where id = ${ctx.workspaceId}`;

test("it goes at the time that was promised when somebody further east joins meanwhile, and misses no day", async () => {
  const id = await scheduled(daily({ clock: "recipient" }));
  await moveTo("Asia/Tokyo");
  expect(await at("2026-11-27T10:30:00+05:30", id)).toBe("launched");
  expect(await dueOf(id)).toEqual(new Date("2026-11-28T10:30:00+09:00"));
  expect(await at("2026-11-28T10:30:00+09:00", id)).toBe("launched");
  expect(await runsOf(id)).toEqual(["2026-11-27T10:30", "2026-11-28T10:30"]);
});

test("it goes once a day, and as often as was asked, when the workspace's zone moves east or west", async () => {
  const id = await scheduled(daily({ times: 3 }));
  await moveWorkspace("Asia/Tokyo");
  expect(await at("2026-11-27T10:30:00+05:30", id)).toBe("launched");
  await moveWorkspace("Europe/London");
  expect(await at("2026-11-28T10:30:00+09:00", id)).toBe("launched");
  expect(await dueOf(id)).toEqual(new Date("2026-11-29T10:30:00Z"));
  expect(await at("2026-11-29T10:30:00Z", id)).toBe("launched");
  expect(await runsOf(id)).toEqual(["2026-11-27T10:30", "2026-11-28T10:30", "2026-11-29T10:30"]);
});

test("with one run left the last of several missed times goes, and not the oldest", async () => {
  const id = await scheduled(daily({ times: 2 }));
  expect(await at("2026-11-27T10:30:00+05:30", id)).toBe("launched");
  expect(await at("2026-11-30T18:00:00+05:30", id)).toBe("launched");
  expect(await runsOf(id)).toEqual(["2026-11-27T10:30", "2026-11-30T10:30"]);
  expect(await dueOf(id)).toBeNull();
});

test("resumed before its time it keeps that time, whoever has joined meanwhile", async () => {
  const id = await scheduled(daily({ clock: "recipient" }));
  await at("2026-11-27T10:30:00+05:30", id);
  await pauseCampaign(ctx, { id });
  await moveTo("Asia/Tokyo");
  await db.setClock("2026-11-28T09:00:00+05:30");
  await resumeCampaign(ctx, { id });
  expect(await dueOf(id)).toEqual(new Date("2026-11-28T10:30:00+05:30"));
});

/** A segment of everybody whose rule names an attribute that does not exist. */
async function brokenSegment(): Promise<string> {
  const id = newId();
  await db.owner`insert into segments ${db.owner({
    id,
    workspace_id: ctx.workspaceId,
    name: id,
    rule: db.owner.json({ match: "all", of: [{ on: "customer", field: "attribute:gone", op: "known" }] }),
  })}`;
  return id;
}

test.each([
  ["later", later({ clock: "recipient" }), "dropped", "draft"],
  ["recurring", daily({ clock: "recipient" }), "held_back", "paused"],
])(
  "one that is sent %s to a segment that broke is stopped with the reason",
  async (_, schedule, outcome, status) => {
    const id = await scheduled(schedule);
    if (schedule.kind === "recurring") await at("2026-11-27T10:30:00+05:30", id);
    const audience = { kind: "segments", include: [await brokenSegment()], exclude: [] };
    await db.owner`update campaigns set audience = ${db.owner.json(audience)} where id = ${id}`;
    expect(await at("2026-11-28T10:00:00+05:30", id)).toBe(schedule.kind === "later" ? outcome : "not_due");
    expect(await at("2026-11-28T10:30:00+05:30", id)).toBe(schedule.kind === "later" ? "not_due" : outcome);
    expect(await getCampaign(ctx, { id })).toMatchObject({
      status,
      failure: expect.stringContaining("attribute that does not exist any more"),
    });
  },
);

test("the administrators are told when the owner has left", async () => {
  const other = await makeMember(db.owner, ctx.workspaceId);
  await makeMember(db.owner, ctx.workspaceId, "marketer");
  const id = await scheduled(later());
  await db.owner`update memberships set status = 'removed' where id = ${ctx.membershipId}`;
  expect(await at("2026-11-28T10:31:00+05:30", id)).toBe("dropped");
  expect(await db.owner`select membership_id, text from notifications where subject_id = ${id}`).toEqual([
    { membership_id: other.membershipId, text: expect.stringContaining("its owner has left") },
  ]);
});
