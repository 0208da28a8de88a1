import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { AppError } from "@/server/platform/errors";
import { sweepWorkspace } from "@/server/sla";
import { refreshClocks } from "@/server/sla/refresh-clocks";
import { assignCallback } from "./assign";
import { beginAttempt, recordOutcome } from "./attempt";
import { claimNextCallback } from "./claim-next";
import { cancelCallback, completeCallback, reopenCallback } from "./close";
import { editCallback } from "./edit";
import { scheduleCallback } from "./schedule";
import { tellOfClock } from "./tell";
import { ask as askFor, BEGIN, fixedDay } from "./testing/fixed-day";
import { readRow, replayLog } from "./testing/replay";

const db = await testDatabase();
type Member = Awaited<ReturnType<typeof makeMember>>;
let lead: Member;
let agent: Member;

const day = fixedDay(db);
const { go } = day;

beforeEach(async () => {
  await day.begin();
  const workspaceId = await makeWorkspace(db.owner);
  lead = await makeMember(db.owner, workspaceId, "supervisor");
  agent = await makeMember(db.owner, workspaceId, "agent");
});

const ask = (more: object = {}) => askFor(lead, more);
const sweep = () => sweepWorkspace(lead, tellOfClock);

describe("after any history", () => {
  const step = fc.constantFrom(
    "wait",
    "hour",
    "day",
    "claim",
    "miss",
    "talk",
    "done",
    "assign",
    "slot",
    "edit",
    "cancel",
    "reopen",
    "sweep",
  );

  test("the stored clocks equal the fold, the log rebuilds the row, and a late look changes no breach", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        await day.begin();
        const workspaceId = await makeWorkspace(db.owner);
        lead = await makeMember(db.owner, workspaceId, "supervisor");
        agent = await makeMember(db.owner, workspaceId, "agent");
        const id = await ask();
        for (const each of steps) {
          await go(37);
          await play(each, id).catch((error: unknown) => {
            // What the state does not allow is refused, and leaves nothing behind.
            if (!(error instanceof AppError)) throw error;
          });
        }
        await sweep();
        const names = Object.keys(await replayLog(db.owner, id));
        expect(await replayLog(db.owner, id)).toEqual(await readRow(db.owner, id, names));
        const stored = await clocksOf(id);
        await withTransaction(lead, async (tx) => {
          const [now] = await db.owner<{ now: Date }[]>`select clock_now() as now`;
          const cycles = await db.owner<
            { cycle: number }[]
          >`select distinct cycle from sla_clocks where callback_id = ${id}`;
          for (const { cycle } of cycles)
            await refreshClocks(tx, lead, { callbackId: id, cycle, now: now?.now ?? new Date() });
        });
        expect(await clocksOf(id)).toEqual(stored);
      }),
      { numRuns: 40 },
    );
  }, 180_000);

  /** What the fold decides; elapsed time only where the clock stands still. */
  const clocksOf = (id: string) => db.owner`
    select metric, cycle, status, due_at, breached_at, stopped_at, wakes_at,
      case when status in ('paused', 'stopped') then elapsed_ms end as elapsed
    from sla_clocks where callback_id = ${id} order by metric, cycle`;

  let hold: { callbackId: string; generation: number } | null = null;
  async function play(what: string, id: string): Promise<void> {
    if (what === "wait") return go(500);
    if (what === "hour") return go(3_600);
    if (what === "day") return go(86_400);
    if (what === "sweep") {
      await sweep();
      return;
    }
    if (what === "assign") return assignCallback(lead, { callbackId: id, membershipId: agent.membershipId });
    if (what === "edit")
      return editCallback(lead, { callbackId: id, urgency: day.seconds() % 2 ? "low" : "critical" });
    if (what === "cancel") return cancelCallback(lead, { callbackId: id, reason: "other" });
    if (what === "reopen") return reopenCallback(lead, { callbackId: id });
    if (what === "slot") {
      const start = new Date(BEGIN + (day.seconds() + 5_400) * 1_000);
      return scheduleCallback(lead, {
        callbackId: id,
        slot: { start, end: new Date(start.getTime() + 1_800_000) },
      });
    }
    const claim = await claimNextCallback(agent);
    hold = claim ? { callbackId: claim.callbackId, generation: claim.generation } : null;
    if (!hold || what === "claim") return;
    if (what === "done") return completeCallback(agent, hold);
    const { attemptId } = await beginAttempt(agent, { ...hold, via: "tel" });
    await recordOutcome(agent, { ...hold, attemptId, outcome: what === "talk" ? "connected" : "no_answer" });
  }
});
