import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { beginAttempt, recordOutcome } from "@/server/callbacks/attempt";
import { claimNextCallback } from "@/server/callbacks/claim-next";
import { cancelCallback, completeCallback, reopenCallback } from "@/server/callbacks/close";
import { scheduleCallback } from "@/server/callbacks/schedule";
import { tellOfClock } from "@/server/callbacks/tell";
import { ask, BEGIN, fixedDay } from "@/server/callbacks/testing/fixed-day";
import { listDispositions } from "@/server/dispositions/list";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { sweepWorkspace } from "@/server/sla";
import { reassign, reprioritise } from "./act";
import { type Board, countBoard } from "./board";
import { listFloorRows } from "./rows";
import { readScope } from "./scope";
import { sharedBoard } from "./shared-board";
import { floorSets } from "./status";
import { recount } from "./testing/recount";

const db = await testDatabase();
const day = fixedDay(db);
type Member = Awaited<ReturnType<typeof makeMember>>;

/** A workspace with two agents, of whom one is in a team with a supervisor. */
async function arrange() {
  await day.begin();
  const workspaceId = await makeWorkspace(db.owner);
  const admin = await makeMember(db.owner, workspaceId, "admin");
  const lead = await makeMember(db.owner, workspaceId, "supervisor");
  const agents = [
    await makeMember(db.owner, workspaceId, "agent"),
    await makeMember(db.owner, workspaceId, "agent"),
  ] as const;
  const team = { id: newId(), members: [lead.membershipId, agents[0].membershipId] };
  await db.owner`insert into teams (id, workspace_id, name) values (${team.id}, ${workspaceId}, 'North')`;
  for (const [place, membershipId] of team.members.entries())
    await db.owner`
      insert into team_members (workspace_id, team_id, membership_id, is_supervisor)
      values (${workspaceId}, ${team.id}, ${membershipId}, ${place === 0})`;
  await listDispositions(admin);
  return { workspaceId, admin, lead, agents, team };
}
type Floor = Awaited<ReturnType<typeof arrange>>;

async function presence({ workspaceId, membershipId }: Member, state: string): Promise<void> {
  await db.owner`
    insert into agents (workspace_id, membership_id, presence, presence_since)
    values (${workspaceId}, ${membershipId}, ${state}, clock_now())
    on conflict (workspace_id, membership_id) do update set presence = excluded.presence, presence_since = clock_now()`;
  await db.owner`
    insert into presence_changes (id, workspace_id, membership_id, presence)
    values (${newId()}, ${workspaceId}, ${membershipId}, ${state})`;
}

type Step = { act: string; pick: number; seconds: number };
const acts = [
  ...["ask", "ask", "ask", "talk", "talk", "miss", "claim", "done", "done", "withdraw", "cancel"],
  ...["slot", "slotted", "assign", "urgent", "reopen", "presence", "presence", "team"],
];
const step = fc.record({
  act: fc.constantFrom(...acts),
  pick: fc.nat(1_000),
  seconds: fc.constantFrom(20, 90, 400, 1_500, 4_000, 15_000),
});

async function play(floor: Floor, { act, pick }: Step): Promise<void> {
  const { admin, agents, workspaceId, team } = floor;
  const agent = agents[pick % 2] ?? agents[0];
  const slot = () => {
    const start = new Date(BEGIN + (day.seconds() + 1_800) * 1_000);
    return { start, end: new Date(start.getTime() + 1_800_000) };
  };
  const requestType = ["policy_issue", "feedback", "general_inquiry"][pick % 3];
  const phone = `98200 ${String(10_000 + (pick % 7))}`;
  if (act === "ask") return void (await ask(admin, { phone, requestType, urgency: "medium" }));
  if (act === "slotted") return void (await ask(admin, { phone, requestType, slot: slot() }));
  if (act === "presence")
    return presence(agent, ["available", "break", "on_call", "offline"][pick % 4] ?? "offline");
  const rows = await db.owner<{ id: string }[]>`
    select id from callback_requests where workspace_id = ${workspaceId} order by id`;
  const callbackId = rows[pick % Math.max(1, rows.length)]?.id;
  if (!callbackId) return;
  if (act === "team") {
    await db.owner`update callback_requests set team_id = ${pick % 2 ? team.id : newId()} where id = ${callbackId}`;
    return;
  }
  if (act === "withdraw") return cancelCallback(admin, { callbackId, reason: "customer_withdrew" });
  if (act === "cancel") return cancelCallback(admin, { callbackId, reason: "duplicate" });
  if (act === "slot") return scheduleCallback(admin, { callbackId, slot: slot() });
  if (act === "assign") return reassign(admin, { callbackId, membershipId: agent.membershipId });
  if (act === "urgent") return reprioritise(admin, { callbackId, urgency: pick % 2 ? "critical" : "low" });
  if (act === "reopen") return reopenCallback(admin, { callbackId });
  const claim = await claimNextCallback(agent);
  if (!claim || act === "claim") return;
  const hold = { callbackId: claim.callbackId, generation: claim.generation };
  const { attemptId } = await beginAttempt(agent, { ...hold, via: "tel" });
  await day.go(1 + (pick % 50));
  const outcome = act === "miss" ? "no_answer" : "connected";
  await recordOutcome(agent, { ...hold, attemptId, outcome, talkSeconds: pick % 300 });
  if (act !== "done") return;
  const disposition = pick % 3 ? "resolved" : "not_interested";
  await completeCallback(agent, { ...hold, disposition, satisfaction: pick % 2 ? (pick % 5) + 1 : null });
}

/** The board in the shape of the recount; rates to nine digits, because sums are taken in another order. */
function shown({ counts, longestSince, lastHour, today, availableSeconds, occupancy }: Board) {
  const { of: _, ...figures } = today;
  const since = longestSince === null ? null : Date.parse(longestSince);
  const rest = rounded({ counts, longestSince: since, lastHour, today: figures });
  return { ...rest, availableSeconds, occupancy };
}

/** What the recount expects; whoever is available goes on being so between the two looks. */
function expected({ availableSeconds, occupancy, ...rest }: Awaited<ReturnType<typeof recount>>) {
  return {
    ...rounded(rest),
    availableSeconds: expect.closeTo(availableSeconds, 0),
    occupancy: occupancy === null ? null : expect.closeTo(occupancy, 3),
  };
}
const rounded = (value: object): object =>
  JSON.parse(JSON.stringify(value), (_, each) =>
    typeof each === "number" && !Number.isInteger(each) ? Number(each.toPrecision(9)) : each,
  );

describe("the board", () => {
  test("equals a slow recount from the logs after any history, for everybody and for a team, and each number has its rows", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 60 }), async (steps) => {
        const floor = await arrange();
        for (const one of steps) {
          await day.go(one.seconds);
          await play(floor, one).catch((error: unknown) => {
            // What the state does not allow is refused, and leaves nothing behind.
            if (!(error instanceof AppError)) throw error;
          });
        }
        await day.go(61);
        await sweepWorkspace(floor.admin, tellOfClock);
        const midnight =
          Math.floor((BEGIN + day.seconds() * 1_000 + 19_800_000) / 86_400_000) * 86_400_000 - 19_800_000;
        for (const [viewer, team] of [
          [floor.admin, null],
          [floor.lead, floor.team],
        ] as const) {
          const board = await withTransaction(viewer, async (tx) =>
            countBoard(tx, viewer, await readScope(tx, viewer)),
          );
          expect(shown(board)).toEqual(expected(await recount(db.owner, floor.workspaceId, team, midnight)));
          for (const set of floorSets)
            expect((await listFloorRows(viewer, { set })).rows).toHaveLength(board.counts[set]);
          for (const [name, value] of [...Object.entries(board.today), ...Object.entries(board.counts)])
            if (typeof value === "number" && value > 0) seen.add(name);
        }
      }),
      { numRuns: 8, seed: 26_11_2026 },
    );
    // The histories were rich enough to make most figures something else than nothing.
    expect(seen.size).toBeGreaterThan(14);
  }, 120_000);

  test("is counted once for many viewers, and anew once a topic of it has moved", async () => {
    const { admin, lead } = await arrange();
    const [one, other] = await Promise.all([sharedBoard(admin), sharedBoard({ ...admin, requestId: "x" })]);
    expect(other).toBe(one);
    await ask(admin);
    expect((await sharedBoard(admin)).counts.waiting).toBe(1);
    expect((await sharedBoard(lead)).counts.waiting).toBe(1);
  });

  test("lets a supervisor move the work of the own team only", async () => {
    const { admin, lead, agents } = await arrange();
    const [mine, theirs] = agents;
    const callbackId = await ask(admin);
    await reassign(lead, { callbackId, membershipId: mine.membershipId });
    await reprioritise(lead, { callbackId, urgency: "critical" });
    await expect(reassign(lead, { callbackId, membershipId: theirs.membershipId })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await reassign(admin, { callbackId, membershipId: theirs.membershipId });
    await expect(reassign(lead, { callbackId, membershipId: null })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(reassign(mine, { callbackId, membershipId: null })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect((await listFloorRows(lead, { set: "waiting" })).rows).toEqual([]);
  });
});
