import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { launchCampaign } from "@/server/campaigns";
import { launchDue } from "@/server/campaigns/launch-due";
import { resumeCampaign } from "@/server/campaigns/resume";
import { scheduleCampaign } from "@/server/campaigns/schedule";
import type { Schedule } from "@/server/campaigns/schemas";
import { grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import { type Context, systemContext } from "@/server/platform/context";
import { completeRun } from "./complete-run";
import { failRun } from "./fail-run";
import { freezeRun } from "./freeze-run";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context & { userId: string };
let system: Context;

beforeEach(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  ctx = await makeMember(db.owner, workspaceId);
  system = systemContext(workspaceId);
  await grantConsent(db.owner, workspaceId, await makeCustomers(db.owner, workspaceId, [{}, {}]));
  await db.setClock("2026-11-26T15:00:00+05:30");
});

const daily = (times: number | null): Schedule => ({
  kind: "recurring",
  every: "day",
  weekdays: [],
  monthDay: 1,
  time: "10:30",
  clock: "workspace",
  from: null,
  until: null,
  times,
});

async function scheduled(times: number | null): Promise<string> {
  const id = await makeCampaign(db.owner, ctx, { schedule: daily(times) });
  await scheduleCampaign(ctx, { id, version: 1 });
  return id;
}

/** Launches the slot of this day and returns its run. */
async function launchOn(id: string, day: string): Promise<{ runNumber: number }> {
  await db.setClock(`${day}T10:30:00+05:30`);
  expect(await launchDue(system, { id })).toBe("launched");
  const [run] = await db.owner<{ number: number }[]>`
    select number::int from campaign_runs where campaign_id = ${id} order by number desc limit 1`;
  return { runNumber: run?.number ?? 0 };
}

async function send(run: { runNumber: number }): Promise<void> {
  await freezeRun(system, run);
  await drain();
  expect(await completeRun(system, run)).toBe(true);
}

async function standing(id: string) {
  const [campaign] = await db.owner`select status, failure, due_at from campaigns where id = ${id}`;
  const runs = await db.owner`select status from campaign_runs where campaign_id = ${id} order by number`;
  const notices = await db.owner`select key from notifications where subject_id = ${id}`;
  return { ...campaign, runs: runs.map(({ status }) => status), notices: notices.length };
}

describe("a run whose audience could not be prepared", () => {
  test("is the only one that a recurring campaign loses: it is paused, its owner told, and it goes on", async () => {
    const id = await scheduled(null);
    await send(await launchOn(id, "2026-11-27"));
    const lost = await launchOn(id, "2026-11-28");
    await failRun(system, lost);
    await failRun(system, lost);
    expect(await standing(id)).toMatchObject({
      status: "paused",
      failure:
        "The audience of its run of 2026-11-28, 10:30 could not be prepared, so nothing of that run was sent. Look at the audience, then resume the campaign: it goes on at its next time.",
      due_at: new Date("2026-11-29T10:30:00+05:30"),
      runs: ["completed", "failed"],
      notices: 1,
    });
    await resumeCampaign(ctx, { id });
    await send(await launchOn(id, "2026-11-29"));
    expect(await standing(id)).toMatchObject({
      status: "active",
      failure: null,
      runs: ["completed", "failed", "completed"],
    });
  });

  test("says so on a recurring campaign that somebody paused meanwhile", async () => {
    const id = await scheduled(null);
    const lost = await launchOn(id, "2026-11-27");
    await db.owner`update campaigns set status = 'paused' where id = ${id}`;
    await failRun(system, lost);
    expect(await standing(id)).toMatchObject({
      status: "paused",
      failure: expect.stringContaining("run of 2026-11-27, 10:30"),
      runs: ["failed"],
    });
  });

  test("ends a recurring campaign that has no time left, and says nothing false of what went before", async () => {
    const id = await scheduled(2);
    await send(await launchOn(id, "2026-11-27"));
    await failRun(system, await launchOn(id, "2026-11-28"));
    expect(await standing(id)).toMatchObject({
      status: "failed",
      failure:
        "The audience of its last run, of 2026-11-28, 10:30, could not be prepared, so nothing of that run was sent.",
      runs: ["completed", "failed"],
    });
  });

  test("ends a campaign of one run; one that has been frozen meanwhile stays as it is", async () => {
    const id = await makeCampaign(db.owner, ctx);
    const run = await launchCampaign(ctx, { id, version: 1 });
    await failRun(system, run);
    expect(await standing(id)).toMatchObject({
      status: "failed",
      failure: "The audience could not be prepared. Nothing was sent; copy the campaign and launch it again.",
      runs: ["failed"],
    });
    const other = await makeCampaign(db.owner, ctx);
    const frozen = await launchCampaign(ctx, { id: other, version: 1 });
    await freezeRun(system, frozen);
    await failRun(system, frozen);
    expect(await standing(other)).toMatchObject({ status: "active", failure: null, runs: ["active"] });
  });
});
