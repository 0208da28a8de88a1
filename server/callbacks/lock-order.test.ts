import { beforeEach, expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { claimNextCallback } from "./claim-next";
import { completeCallback } from "./close";
import { keepClaim, releaseClaim } from "./hold";
import { letGoEverywhere } from "./let-go-ended";
import { makeRequests } from "./testing/requests";

const db = await testDatabase();
type Member = Awaited<ReturnType<typeof makeMember>>;
let agent: Member;
let lead: Member;
let hold: { callbackId: string; generation: number };

beforeEach(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  await db.moveClock("0 seconds");
  agent = await makeMember(db.owner, workspaceId, "agent");
  lead = await makeMember(db.owner, workspaceId, "supervisor");
  await makeRequests(db.owner, workspaceId, 1);
  const claim = await claimNextCallback(agent);
  if (!claim) throw new Error("nothing was claimed");
  hold = { callbackId: claim.callbackId, generation: claim.generation };
});

const waiting = (count: number) =>
  vi.waitFor(async () => {
    const [row] = await db.owner`
      select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    expect(row?.n).toBe(count);
  }, 20_000);

const complete = () => completeCallback(lead, { callbackId: hold.callbackId, resolution: "Explained." });

/** Both meet: the first stands before the claim, which somebody else has locked, when the second comes. */
async function meet(first: () => Promise<unknown>): Promise<PromiseSettledResult<unknown>[]> {
  const both = await db.owner.begin(async (tx) => {
    await tx`select 1 from callback_holds where callback_id = ${hold.callbackId} for update`;
    const sent = [first()];
    await waiting(1);
    sent.push(complete());
    await waiting(2);
    return [Promise.allSettled(sent)] as const;
  });
  return both[0];
}

test.each([
  ["gives it back", () => releaseClaim(agent, hold)],
  ["says that the screen is open", () => keepClaim(agent, hold)],
])("a lead completes a request while its agent %s: both are done, one after the other", async (_, act) => {
  const ended = await meet(act);
  expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
});

test("a lead completes a request while its claim ends by itself: both are done", async () => {
  await db.moveClock("2 minutes");
  const ended = await meet(letGoEverywhere);
  expect(ended).toMatchObject([{ value: 1 }, { status: "fulfilled" }]);
});
