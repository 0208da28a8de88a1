import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { type Context, systemContext } from "@/server/platform/context";
import { dueCampaigns } from "./due";
import { endPeriod } from "./end-period";
import { getCampaign } from "./get";
import { launchDue } from "./launch-due";
import { pauseCampaign } from "./pause";
import { resumeCampaign } from "./resume";
import { scheduleCampaign } from "./schedule";
import type { Schedule } from "./schemas";
import { daily, later, makeCampaign } from "./testing/arrange";
import { unscheduleCampaign } from "./unschedule";
import { updateCampaign } from "./update";

const db = await testDatabase();
let ctx: Context & { userId: string };
let system: Context;
let customerIds: string[];

beforeEach(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  ctx = await makeMember(db.owner, workspaceId);
  system = systemContext(workspaceId);
  customerIds = await makeCustomers(db.owner, workspaceId, [{}, {}]);
  await db.owner`insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    select ${workspaceId}, id, 'email', 'service', true from customers where workspace_id = ${workspaceId}`;
  await db.setClock("2026-11-26T15:00:00+05:30");
});

async function scheduled(schedule: Schedule): Promise<string> {
  const id = await makeCampaign(db.owner, ctx, { schedule });
  await scheduleCampaign(ctx, { id, version: 1 });
  return id;
}

const runsOf = async (id: string) =>
  (
    await db.owner<
      { slot: string }[]
    >`select slot from campaign_runs where campaign_id = ${id} order by number`
  ).map(({ slot }) => slot);

/** What the minute's function does, for this campaign. */
async function sweep(id: string): Promise<string[]> {
  const due = (await dueCampaigns()).filter(({ campaignId }) => campaignId === id);
  const outcomes: string[] = [];
  for (const { what } of due)
    outcomes.push(
      what === "launch" ? await launchDue(system, { id }) : String(await endPeriod(system, { id })),
    );
  return outcomes;
}

const complete = (id: string) =>
  db.owner`update campaign_runs set status = 'completed', completed_at = clock_now() where campaign_id = ${id}`;

describe("a campaign that is sent later", () => {
  test("launches at its time, once, and not a minute before", async () => {
    const id = await scheduled(later());
    expect((await getCampaign(ctx, { id })).status).toBe("scheduled");
    await db.setClock("2026-11-27T10:29:00+05:30");
    expect(await sweep(id)).toEqual([]);
    expect(await launchDue(system, { id })).toBe("not_due");
    await db.setClock("2026-11-27T10:30:00+05:30");
    const outcomes = await Promise.all([launchDue(system, { id }), launchDue(system, { id })]);
    expect(outcomes.sort()).toEqual(["launched", "not_due"]);
    expect(await runsOf(id)).toEqual(["launch"]);
    expect(await getCampaign(ctx, { id })).toMatchObject({ status: "active", dueAt: null });
  });

  test("taken off the schedule it does not go, and can be changed again", async () => {
    const id = await scheduled(later());
    await expect(updateCampaign(ctx, { id, version: 1, changes: { name: "New" } })).rejects.toMatchObject({
      details: { code: "wrong_status" },
    });
    await unscheduleCampaign(ctx, { id });
    await updateCampaign(ctx, { id, version: 1, changes: { name: "New" } });
    await db.setClock("2026-11-27T10:31:00+05:30");
    expect(await sweep(id)).toEqual([]);
    expect(await runsOf(id)).toEqual([]);
  });

  test("refuses a time that has passed, one outside its period, and no time at all", async () => {
    for (const schedule of [later({ day: "2026-11-26", time: "14:59" }), { kind: "now" } as const])
      await expect(scheduled(schedule)).rejects.toMatchObject({
        code: "BAD_INPUT",
        details: { field: "schedule" },
      });
    const id = await makeCampaign(db.owner, ctx, { schedule: later() });
    await updateCampaign(ctx, { id, version: 1, changes: { endsOn: "2026-11-26" } });
    await expect(scheduleCampaign(ctx, { id, version: 2 })).rejects.toMatchObject({ code: "BAD_INPUT" });
  });

  test("a missed time is made up for within a day; after that it is a draft again and its owner is told", async () => {
    const soon = await scheduled(later());
    await db.setClock("2026-11-28T10:00:00+05:30");
    expect(await sweep(soon)).toEqual(["launched"]);
    await db.setClock("2026-11-26T15:00:00+05:30");
    const late = await scheduled(later());
    await db.setClock("2026-11-28T10:31:00+05:30");
    expect(await sweep(late)).toEqual(["dropped"]);
    expect(await getCampaign(ctx, { id: late })).toMatchObject({
      status: "draft",
      failure: expect.stringContaining("missed"),
    });
    expect(await db.owner`select kind from notifications where subject_id = ${late}`).toEqual([
      { kind: "campaign.not_sent" },
    ]);
  });

  test("what cannot be sent any more at its time is a draft again with the reason", async () => {
    const id = await scheduled(later());
    await db.owner`update workspaces set approval_required = true where id = ${ctx.workspaceId}`;
    await db.setClock("2026-11-27T10:30:00+05:30");
    expect(await sweep(id)).toEqual(["dropped"]);
    expect((await getCampaign(ctx, { id })).failure).toContain("approv");
    expect(await runsOf(id)).toEqual([]);
  });

  test("read on each customer's own clock it begins where it is that time first", async () => {
    await db.owner`update customers set time_zone = 'Asia/Tokyo' where id = ${customerIds[0] ?? ""}`;
    const id = await scheduled(later({ clock: "recipient" }));
    expect((await getCampaign(ctx, { id })).dueAt).toEqual(new Date("2026-11-27T10:30:00+09:00"));
    await db.setClock("2026-11-27T10:30:00+09:00");
    expect(await sweep(id)).toEqual(["launched"]);
    const [run] =
      await db.owner`select content ->> 'sendAt' as at from campaign_runs where campaign_id = ${id}`;
    expect(run?.at).toBe("2026-11-27T10:30");
  });
});

describe("a recurring campaign", () => {
  test("runs once for each slot, whoever asks how often, and stops at its end", async () => {
    const id = await scheduled(daily({ until: "2026-11-28" }));
    for (const at of ["2026-11-27T10:30:00+05:30", "2026-11-28T10:30:30+05:30"]) {
      await db.setClock(at);
      expect((await Promise.all([launchDue(system, { id }), launchDue(system, { id })])).sort()).toEqual([
        "launched",
        "not_due",
      ]);
    }
    expect(await runsOf(id)).toEqual(["2026-11-27T10:30", "2026-11-28T10:30"]);
    expect(await getCampaign(ctx, { id })).toMatchObject({ status: "active", dueAt: null });
    await db.setClock("2026-11-29T10:31:00+05:30");
    expect(await sweep(id)).toEqual([]);
  });

  test("stops after so many runs", async () => {
    const id = await scheduled(daily({ times: 1 }));
    await db.setClock("2026-11-27T10:30:00+05:30");
    expect(await sweep(id)).toEqual(["launched"]);
    expect((await getCampaign(ctx, { id })).dueAt).toBeNull();
  });

  test("of several missed slots only the last goes, unless it is more than a day late", async () => {
    const id = await scheduled(daily());
    await db.setClock("2026-11-30T18:00:00+05:30");
    expect(await sweep(id)).toEqual(["launched"]);
    expect(await runsOf(id)).toEqual(["2026-11-30T10:30"]);
    const monthly = await makeCampaign(db.owner, ctx, { schedule: daily({ every: "month", monthDay: 5 }) });
    await scheduleCampaign(ctx, { id: monthly, version: 1 });
    await db.setClock("2026-12-20T12:00:00+05:30");
    expect(await sweep(monthly)).toEqual(["skipped"]);
    expect(await getCampaign(ctx, { id: monthly })).toMatchObject({
      status: "scheduled",
      dueAt: new Date("2027-01-05T10:30:00+05:30"),
    });
  });

  test("leaves out a slot that would reach nobody and waits for the next", async () => {
    const id = await scheduled(daily());
    await db.owner`update consent_states set granted = false where workspace_id = ${ctx.workspaceId}`;
    await db.setClock("2026-11-27T10:30:00+05:30");
    expect(await sweep(id)).toEqual(["skipped"]);
    await db.owner`update consent_states set granted = true where workspace_id = ${ctx.workspaceId}`;
    await db.setClock("2026-11-28T10:30:00+05:30");
    expect(await sweep(id)).toEqual(["launched"]);
    expect(await runsOf(id)).toEqual(["2026-11-28T10:30"]);
  });

  test("skips what passes while it is paused, and is complete when no time is left after it", async () => {
    const id = await scheduled(daily({ until: "2026-11-29" }));
    await db.setClock("2026-11-27T10:30:00+05:30");
    await sweep(id);
    await complete(id);
    await pauseCampaign(ctx, { id });
    await db.setClock("2026-11-28T12:00:00+05:30");
    expect(await sweep(id)).toEqual([]);
    await resumeCampaign(ctx, { id });
    expect((await getCampaign(ctx, { id })).dueAt).toEqual(new Date("2026-11-29T10:30:00+05:30"));
    await pauseCampaign(ctx, { id });
    await db.setClock("2026-11-30T12:00:00+05:30");
    await resumeCampaign(ctx, { id });
    expect(await getCampaign(ctx, { id })).toMatchObject({ status: "completed", dueAt: null });
    expect(await runsOf(id)).toEqual(["2026-11-27T10:30"]);
  });
});

test("after the last day of its period a campaign sends nothing more", async () => {
  const id = await makeCampaign(db.owner, ctx, { status: "active" });
  await db.owner`update campaigns set ends_on = '2026-11-26' where id = ${id}`;
  expect(await sweep(id)).toEqual([]);
  await db.setClock("2026-11-27T00:00:00+05:30");
  expect(await sweep(id)).toEqual(["true"]);
  expect(await getCampaign(ctx, { id })).toMatchObject({
    status: "cancelled",
    failure: expect.stringContaining("period ended"),
  });
});

test("on each customer's own clock the period ends with the day of the last of them", async () => {
  await db.owner`update customers set time_zone = 'America/New_York' where id = ${customerIds[0] ?? ""}`;
  const id = await makeCampaign(db.owner, ctx, {
    status: "active",
    schedule: later({ day: "2026-11-26", clock: "recipient" }),
  });
  await db.owner`update campaigns set ends_on = '2026-11-26' where id = ${id}`;
  await db.setClock("2026-11-26T23:59:00-05:00");
  expect(await sweep(id)).toEqual(["false"]);
  expect((await getCampaign(ctx, { id })).status).toBe("active");
  await db.setClock("2026-11-27T00:00:00-05:00");
  expect(await sweep(id)).toEqual(["true"]);
});
