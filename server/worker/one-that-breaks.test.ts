import { beforeEach, expect, test } from "vitest";
import { breakWorkspace } from "@/db/testing/break-workspace";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import {
  assignEverywhere,
  leaveDesks,
  letGoEverywhere,
  remindEverywhere,
  tellOfClock,
} from "@/server/callbacks";
import { ask, BEGIN, clockOf, fixedDay, takeNext } from "@/server/callbacks/testing/fixed-day";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { grantConsent, makeLaunchedCampaign } from "@/server/deliveries/testing/campaign";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { drain } from "@/server/deliveries/testing/drain";
import { silentProvider } from "@/server/deliveries/testing/provider";
import { launchOnWhatsApp } from "@/server/deliveries/testing/whatsapp-run";
import { arrangements } from "@/server/jobs/testing/arrange";
import { bumpTopicsSoon, flushTopics } from "@/server/platform/bump-soon";
import { sweepClocks } from "@/server/sla";
import { Upkeep } from "./upkeep";

temporaryDataDir();
const db = await testDatabase();
const day = fixedDay(db);
type Member = Awaited<ReturnType<typeof makeMember>>;
/** The first has its turn before the other, and breaks. */
let first: Member;
let other: Member;

beforeEach(async () => {
  await day.begin();
  await db.owner`update workspaces set assignment_policy = 'by_hand'`;
  await db.owner`update agents set presence = 'offline'`;
  await db.owner`delete from callback_holds`;
  await db.owner`delete from sla_clocks`;
  first = await makeMember(db.owner, await makeWorkspace(db.owner), "agent");
  other = await makeMember(db.owner, await makeWorkspace(db.owner), "agent");
});

/** In one and, a second later, in the other. */
async function inBoth<T>(arrange: (member: Member) => Promise<T>): Promise<[T, T]> {
  const one = await arrange(first);
  await day.go(1);
  return [one, await arrange(other)];
}
const statusOf = async (id: string) =>
  (await db.owner<{ status: string }[]>`select status from callback_requests where id = ${id}`)[0]?.status;
const beAvailable = ({ workspaceId, membershipId }: Member) => db.owner`
  insert into agents (workspace_id, membership_id, presence, presence_since, seen_at)
  values (${workspaceId}, ${membershipId}, 'available', clock_now(), clock_now())`;

test("a workspace whose clocks cannot be swept keeps no other from its breaches", async () => {
  const [held, free] = await inBoth((member) => ask(member));
  const mend = await breakWorkspace(db.owner, first.workspaceId, { table: "sla_clocks", on: "update" });
  await day.go(16 * 60);
  expect(await sweepClocks(tellOfClock)).toBeGreaterThan(0);
  expect((await clockOf(db.owner, free, "first_attempt")).breached_at).not.toBeNull();
  expect((await clockOf(db.owner, held, "first_attempt")).breached_at).toBeNull();
  await mend();
  await sweepClocks(tellOfClock);
  expect((await clockOf(db.owner, held, "first_attempt")).breached_at).not.toBeNull();
});

test("a workspace in which nothing can be given out keeps no other from its agents", async () => {
  await inBoth((member) => beAvailable(member));
  await db.owner`update workspaces set assignment_policy = 'round_robin'
    where id in ${db.owner([first.workspaceId, other.workspaceId])}`;
  const [held, free] = await inBoth((member) => ask(member));
  const mend = await breakWorkspace(db.owner, first.workspaceId, {
    table: "callback_requests",
    on: "update",
  });
  expect((await assignEverywhere()).given).toBe(1);
  expect([await statusOf(held), await statusOf(free)]).toEqual(["pending", "assigned"]);
  await mend();
  expect((await assignEverywhere()).given).toBe(1);
});

test("a workspace in which nobody can be reminded keeps no other from its reminders", async () => {
  const slot = { start: new Date(BEGIN + 180 * 60_000), end: new Date(BEGIN + 210 * 60_000) };
  await inBoth((member) => ask(member, { slot }));
  await day.go(125 * 60);
  const mend = await breakWorkspace(db.owner, first.workspaceId, {
    table: "callback_requests",
    on: "update",
  });
  expect(await remindEverywhere()).toBe(1);
  await mend();
  expect(await remindEverywhere()).toBe(1);
});

test("a workspace whose claims cannot end, or whose agents cannot leave, keeps no other from it", async () => {
  await inBoth((member) => beAvailable(member));
  const [, free] = await inBoth(async (member) => {
    await ask(member);
    return (await takeNext(member)).callbackId;
  });
  await day.go(24 * 3_600);
  const mend = await breakWorkspace(db.owner, first.workspaceId, { table: "callback_holds", on: "delete" });
  expect(await letGoEverywhere()).toBe(1);
  expect(await statusOf(free)).toBe("pending");
  await mend();
  expect(await letGoEverywhere()).toBe(1);
  const mendAgents = await breakWorkspace(db.owner, first.workspaceId, { table: "agents", on: "update" });
  expect(await leaveDesks()).toBe(1);
  await mendAgents();
  expect(await leaveDesks()).toBe(1);
});

test("a run without its next step keeps no other from its own, and none from its end", async () => {
  await db.setClock("2026-11-25T12:00:00+05:30");
  const bySms = { fallBack: { channel: "sms", afterHours: 4 } } as const;
  const held = await launchOnWhatsApp(db.owner, first, { size: 1, ...bySms });
  await drain({ adapter: silentProvider() });
  await db.setClock("2026-11-25T12:00:01+05:30");
  const late = await launchOnWhatsApp(db.owner, other, { size: 1, ...bySms });
  await drain({ adapter: silentProvider() });
  // Two that are at their end; the word of the first cannot be written.
  const drained = await inBoth(async ({ workspaceId, ...member }) => {
    await makeCustomers(db.owner, workspaceId, 1);
    await grantConsent(db.owner, workspaceId);
    const campaign = await makeLaunchedCampaign(db.owner, workspaceId);
    await freezeRun({ ...member, workspaceId }, campaign);
    return campaign;
  });
  await db.setClock("2026-11-25T12:00:02+05:30");
  await drain({ adapter: silentProvider() });
  await db.setClock("2026-11-25T16:00:30+05:30");
  const mendStep = await breakWorkspace(db.owner, first.workspaceId, {
    table: "fall_backs_due",
    on: "delete",
  });
  const mendWord = await breakWorkspace(db.owner, first.workspaceId, { table: "outbox", on: "insert" });
  const upkeep = new Upkeep();
  const stepsOf = async ({ runNumber }: { runNumber: number }) =>
    (await db.owner`select 1 from executions where run_number = ${runNumber} and step > 0`).length;
  const told = async () =>
    (
      await db.owner<{ run: number }[]>`
      select (data->>'runNumber')::int as run from outbox where name = 'campaign/run.drained' order by 1`
    ).map(({ run }) => run);
  await upkeep.look();
  expect([await stepsOf(held), await stepsOf(late)]).toEqual([0, 1]);
  expect(await told()).toEqual([drained[1].runNumber]);
  await mendStep();
  await mendWord();
  await upkeep.look();
  expect(await stepsOf(held)).toBe(1);
  expect(await told()).toEqual(drained.map(({ runNumber }) => runNumber));
});

test("a run whose rest waits for the winner of a test is not said to be at its end", async () => {
  const admin = await makeMember(db.owner, await makeWorkspace(db.owner));
  const { runNumber } = await arrangements(db.owner).testedHalf(admin);
  const listed = async () =>
    (await db.owner<{ run: number }[]>`select run_number::int as run from drained_runs(1000)`).map(
      ({ run }) => run,
    );
  expect(await listed()).not.toContain(runNumber);
  await db.owner`update run_tests set rest_begun_at = clock_now() where run_number = ${runNumber}`;
  expect(await listed()).toContain(runNumber);
});

test("topics that could not be raised are raised later, and keep no other from theirs", async () => {
  const mend = await breakWorkspace(db.owner, first.workspaceId, { table: "topic_versions", on: "insert" });
  const raised = async () =>
    (
      await db.owner<{ workspace: string; topic: string }[]>`
        select workspace_id as workspace, topic from topic_versions
        where workspace_id in ${db.owner([first.workspaceId, other.workspaceId])} order by 1, 2`
    ).map(({ workspace, topic }) => [workspace, topic]);
  bumpTopicsSoon(first.workspaceId, "campaigns", "deliveries");
  bumpTopicsSoon(other.workspaceId, "campaigns");
  await flushTopics();
  expect(await raised()).toEqual([[other.workspaceId, "campaigns"]]);
  await mend();
  await flushTopics();
  expect(await raised()).toEqual([
    [first.workspaceId, "campaigns"],
    [first.workspaceId, "deliveries"],
    [other.workspaceId, "campaigns"],
  ]);
});
