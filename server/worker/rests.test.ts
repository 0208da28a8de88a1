import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { automated } from "@/server/automations/testing/arrange";
import { launchCampaign } from "@/server/campaigns/launch";
import { makeCampaign } from "@/server/campaigns/testing/arrange";
import type { ChannelAdapter } from "@/server/channels";
import { freezeRun } from "@/server/deliveries/freeze-run";
import {
  grantConsent,
  type LaunchedCampaign,
  makeLaunchedCampaign,
} from "@/server/deliveries/testing/campaign";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { expectFigures } from "@/server/deliveries/testing/expect-figures";
import { ingestEvents } from "@/server/events/ingest";
import type { Context } from "@/server/platform/context";
import { Lanes } from "./lanes";
import { Rests } from "./rests";

temporaryDataDir();
const db = await testDatabase();
let ill: Context;
let well: Context;
const running: Lanes[] = [];

beforeEach(async () => {
  [ill, well] = [await arrive(), await arrive()];
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(running.splice(0).map((lanes) => lanes.stop()));
});

async function arrive(): Promise<Context> {
  const ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  await makeCustomers(db.owner, ctx.workspaceId, 3);
  await grantConsent(db.owner, ctx.workspaceId);
  return ctx;
}

async function launch(ctx: Context): Promise<LaunchedCampaign> {
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId);
  await freezeRun(ctx, campaign);
  return campaign;
}

/** Leaves the run's content as nobody can read it. Returns what mends it. */
async function spoil({ runNumber }: { runNumber: number }): Promise<() => Promise<unknown>> {
  await db.owner`update campaign_runs set content = jsonb_build_object('once', content) where number = ${runNumber}`;
  return () => db.owner`update campaign_runs set content = content -> 'once' where number = ${runNumber}`;
}

function start(lanes: number, through = (adapter: ChannelAdapter) => adapter): Lanes {
  const one = new Lanes({ lanes, microBatch: 100, leaseMs: 30_000, through });
  running.push(one);
  one.start();
  return one;
}

const sentTo = async (ctx: Context) => {
  const [row] = await db.owner`
    select count(*)::int as n, count(distinct customer_id)::int as people from sandbox_messages where workspace_id = ${ctx.workspaceId}`;
  return row as { n: number; people: number };
};
const soon = (what: () => Promise<void>) => vi.waitFor(what, { timeout: 20_000, interval: 50 });
const failureOf = async ({ campaignId }: LaunchedCampaign) => {
  const [row] = await db.owner`select failure from campaigns where id = ${campaignId}`;
  return row?.failure as string | null;
};

// The last is more than one look at the database finds for a single lane.
test.each([
  [1, 1],
  [2, 2],
  [1, 17],
])(
  "with %d lanes and %d runs before it that nobody can read, a good run of another workspace is sent",
  async (lanes, spoilt) => {
    for (let nth = 0; nth < spoilt; nth++) await spoil(await launch(ill));
    const good = await launch(well);
    start(lanes);
    await soon(async () => expect(await sentTo(well)).toEqual({ n: 3, people: 3 }));
    await soon(async () =>
      expect(await expectFigures(db.owner, well, good)).toEqual({ targeted: 3, delivered: 3 }),
    );
    expect(await sentTo(ill)).toEqual({ n: 0, people: 0 });
  },
);

test("a run that nobody can read says so on its campaign, and is sent once when it can be read again", async () => {
  const campaign = await launch(ill);
  const mend = await spoil(campaign);
  start(1);
  await soon(async () => expect(await failureOf(campaign)).toMatch(/cannot be prepared.*nothing was lost/));
  expect(await expectFigures(db.owner, ill, campaign)).toEqual({ targeted: 3, pending: 3 });
  await mend();
  await soon(async () => expect(await sentTo(ill)).toEqual({ n: 3, people: 3 }));
  await soon(async () =>
    expect(await expectFigures(db.owner, ill, campaign)).toEqual({ targeted: 3, delivered: 3 }),
  );
  await soon(async () => expect(await failureOf(campaign)).toBeNull());
});

test("what a worker of before had a campaign say is taken back when its messages go, whoever sends them", async () => {
  const [campaign, other] = [await launch(ill), await launch(ill)];
  const said = (runNumber: number) =>
    `Messages of this campaign cannot be prepared, so they wait; nothing was lost. Whoever runs this installation finds the reason in the worker’s log, under run ${runNumber}.`;
  for (const { campaignId, runNumber } of [campaign, { ...other, runNumber: campaign.runNumber }])
    await db.owner`update campaigns set failure = ${said(runNumber)} where id = ${campaignId}`;
  start(1);
  await soon(async () => expect(await sentTo(ill)).toEqual({ n: 6, people: 3 }));
  await soon(async () => expect(await failureOf(campaign)).toBeNull());
  // Another run of its own is the reason there.
  expect(await failureOf(other)).toBe(said(campaign.runNumber));
});

test("what goes well ends no rest of anything else", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const rests = new Rests();
  const run = { workspaceId: ill.workspaceId, runNumber: 7 };
  const sealing = { ...run, sealing: true } as const;
  await rests.begin(run, new Error("content"), 1);
  await rests.begin(sealing, new Error("sealing"));
  rests.end({ ...run, batchNumber: 2 });
  expect([rests.has(run), rests.has(sealing), rests.names()]).toEqual([true, true, ["7"]]);
  rests.end({ ...run, batchNumber: 1 });
  expect([rests.has(run), rests.has(sealing), rests.names()]).toEqual([false, true, []]);
  // It rests twice as long the second time.
  vi.advanceTimersByTime(600);
  expect(rests.has(sealing)).toBe(false);
  rests.end({ ...run, batchNumber: 1 });
  await rests.begin(sealing, new Error("sealing"));
  vi.advanceTimersByTime(600);
  expect(rests.has(sealing)).toBe(true);
  rests.end(sealing);
  expect(rests.has(sealing)).toBe(false);
});

test("what comes due in a run that nobody can read is given back, kept, and in nobody's way", async () => {
  const id = await makeCampaign(db.owner, ill, { schedule: automated([{ on: "event", name: "inquiry" }]) });
  const { runNumber } = await launchCampaign(ill, { id, version: 1 });
  const people = await db.owner<
    { id: string }[]
  >`select id from customers where workspace_id = ${ill.workspaceId}`;
  const happens = (nth: number) =>
    ingestEvents(ill, { events: [{ name: "inquiry", customer: { id: people[nth]?.id ?? "" } }] });
  await happens(0);
  const mend = await spoil({ runNumber });
  const lanes = start(1);
  const held = async () => {
    const rows = await db.owner<{ owner: string | null; cursor: number }[]>`
      select lease_owner as owner, cursor from execution_batches where run_number = ${runNumber}`;
    return [...rows];
  };
  await soon(async () => expect(await held()).toEqual([{ owner: null, cursor: 0 }]));
  await launch(well);
  lanes.wake();
  await soon(async () => expect(await sentTo(well)).toEqual({ n: 3, people: 3 }));
  await mend();
  await happens(1);
  await soon(async () => expect(await sentTo(ill)).toEqual({ n: 2, people: 2 }));
});

test("one batch that cannot be sent rests by itself, and the others of its run go", async () => {
  const [first, second] = [await launch(ill), await launch(well)];
  let broken = true;
  start(1, (adapter) => ({
    ...adapter,
    send: (workspaceId, messages, hooks) => {
      if (broken && workspaceId === ill.workspaceId) throw new Error("cannot be written");
      return adapter.send(workspaceId, messages, hooks);
    },
  }));
  await soon(async () => expect(await sentTo(well)).toEqual({ n: 3, people: 3 }));
  expect(await sentTo(ill)).toEqual({ n: 0, people: 0 });
  broken = false;
  await soon(async () => expect(await sentTo(ill)).toEqual({ n: 3, people: 3 }));
  await soon(async () =>
    expect(await expectFigures(db.owner, ill, first)).toEqual({ targeted: 3, delivered: 3 }),
  );
  await soon(async () =>
    expect(await expectFigures(db.owner, well, second)).toEqual({ targeted: 3, delivered: 3 }),
  );
});
