import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { freePort } from "@/db/ports";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { automated } from "@/server/automations/testing/arrange";
import { launchCampaign } from "@/server/campaigns/launch";
import { makeCampaign } from "@/server/campaigns/testing/arrange";
import { type ChannelAdapter, closeAdapters } from "@/server/channels";
import { addAccount } from "@/server/channels/accounts/add-account";
import { smtpAccount } from "@/server/channels/testing/accounts";
import { freezeRun } from "@/server/deliveries/freeze-run";
import {
  grantConsent,
  type LaunchedCampaign,
  makeLaunchedCampaign,
} from "@/server/deliveries/testing/campaign";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { expectFigures } from "@/server/deliveries/testing/expect-figures";
import { startSink } from "@/server/deliveries/testing/sink";
import { ingestEvents } from "@/server/events/ingest";
import type { Context } from "@/server/platform/context";
import { Lanes } from "./lanes";

temporaryDataDir();
const db = await testDatabase();
const running: Lanes[] = [];
const letGo: (() => void)[] = [];

beforeEach(async () => {
  await db.moveClock("0");
  // What an earlier test left behind is nobody's here.
  await db.owner`update campaigns set status = 'paused'`;
  Object.assign(env, { SMTP_URL: undefined, ALLOW_PRIVATE_HOSTS: "1" });
});
afterEach(async () => {
  for (const open of letGo.splice(0)) open();
  await Promise.all(running.splice(0).map((lanes) => lanes.stop()));
  await closeAdapters();
  Object.assign(env, { ALLOW_PRIVATE_HOSTS: "0" });
});

/** A workspace with customers; with a port, its mails go by a server of its own there. */
async function arrive(size: number, port?: number): Promise<Context> {
  const ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  await makeCustomers(
    db.owner,
    ctx.workspaceId,
    Array.from({ length: size }, (_, nth) => ({ email: `person${nth}.${ctx.workspaceId}@example.test` })),
  );
  await grantConsent(db.owner, ctx.workspaceId);
  if (port !== undefined) await addAccount(ctx, smtpAccount(port));
  return ctx;
}

async function launch(ctx: Context): Promise<LaunchedCampaign> {
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId);
  await freezeRun(ctx, campaign);
  return campaign;
}

function start(lanes: number, through = (adapter: ChannelAdapter) => adapter): Lanes {
  const one = new Lanes({ lanes, microBatch: 100, leaseMs: 30_000, through });
  running.push(one);
  one.start();
  return one;
}

/** A server that answers only with its absence; while it is shut, each try waits for `answer`. */
function absent() {
  const calls = { tries: 0, away: true, shut: false };
  const waiting: (() => void)[] = [];
  const through = (adapter: ChannelAdapter): ChannelAdapter =>
    adapter.name !== "smtp"
      ? adapter
      : {
          ...adapter,
          idempotent: false,
          send: async (_workspaceId, messages, hooks) => {
            calls.tries++;
            if (calls.shut) await new Promise<void>((resolve) => waiting.push(resolve));
            return messages.map((_, index) => {
              if (calls.away)
                return { kind: "unreachable", detail: "away", sentence: "It cannot be reached." };
              if (!hooks.start(index)) return { kind: "not_started" };
              const outcome = { kind: "accepted", delivered: true, providerMessageId: null } as const;
              hooks.finish(index, outcome);
              return outcome;
            });
          },
        };
  letGo.push(() => {
    calls.shut = false;
    for (const resolve of waiting.splice(0)) resolve();
  });
  return { calls, through, answer: () => waiting.shift()?.() };
}

const soon = (what: () => Promise<void>) => vi.waitFor(what, { timeout: 20_000, interval: 50 });
const bucketOf = async (ctx: Context) => {
  const [row] = await db.owner`
    select throttles, unreachable_until is not null as unreachable from channel_buckets
    where workspace_id = ${ctx.workspaceId}`;
  return row as { throttles: number; unreachable: boolean } | undefined;
};
/** Batches that somebody has. */
const heldOf = async (ctx: Context) => {
  const [row] = await db.owner`
    select count(lease_owner)::int as n from execution_batches where workspace_id = ${ctx.workspaceId}`;
  return row?.n as number;
};
const failureOf = async ({ campaignId }: LaunchedCampaign) => {
  const [row] = await db.owner`select failure from campaigns where id = ${campaignId}`;
  return row?.failure as string | null;
};
const sentTo = async (ctx: Context) => {
  const [row] = await db.owner`
    select count(distinct customer_id)::int as n from sandbox_messages where workspace_id = ${ctx.workspaceId}`;
  return row?.n as number;
};

test("a mail server that is away holds up its own workspace only, and gets each message once when it comes back", async () => {
  const port = await freePort();
  const near = await startSink();
  const [away, well] = [await arrive(20, port), await arrive(250, Number(new URL(near.url).port))];
  // The first in the database's order, for the only lane.
  const waiting = await launch(away);
  start(1);
  await soon(async () => expect(await bucketOf(away)).toMatchObject({ unreachable: true }));
  const campaign = await launch(well);
  await soon(async () =>
    expect(await expectFigures(db.owner, well, campaign)).toEqual({ targeted: 250, delivered: 250 }),
  );
  expect([near.taken.size, Math.max(...near.taken.values())]).toEqual([250, 1]);
  await soon(async () =>
    expect(await expectFigures(db.owner, away, waiting)).toEqual({ targeted: 20, pending: 20 }),
  );
  await soon(async () => expect(await failureOf(waiting)).toMatch(/cannot be reached/));
  expect(await failureOf(campaign)).toBeNull();
  const back = await startSink({ port });
  await db.moveClock("1 minute");
  await soon(async () =>
    expect(await expectFigures(db.owner, away, waiting)).toEqual({ targeted: 20, delivered: 20 }),
  );
  expect([back.taken.size, Math.max(...back.taken.values())]).toEqual([20, 1]);
  expect(await bucketOf(away)).toEqual({ throttles: 0, unreachable: false });
  await soon(async () => expect(await failureOf(waiting)).toBeNull());
  await closeAdapters();
  await Promise.all([near.close(), back.close()]);
});

test("while it is away one lane at a time tries it, however many campaigns wait for it", async () => {
  const away = await arrive(1, await freePort());
  const well = await arrive(3);
  const server = absent();
  server.calls.shut = true;
  for (let nth = 0; nth < 5; nth++) await launch(away);
  start(3, server.through);
  // Nobody knows yet: every lane finds it out, and that is one failure.
  await soon(async () => expect(server.calls.tries).toBe(3));
  server.answer();
  await soon(async () => expect(await bucketOf(away)).toEqual({ throttles: 1, unreachable: true }));
  // However long the others take to say the same, its rest is not over.
  await db.moveClock("-1 hour");
  server.answer();
  server.answer();
  await soon(async () => expect(await heldOf(away)).toBe(0));
  expect(await bucketOf(away)).toEqual({ throttles: 1, unreachable: true });
  await db.moveClock("1 minute");
  await soon(async () => expect(server.calls.tries).toBe(4));
  await launch(well);
  await soon(async () => expect(await sentTo(well)).toBe(3));
  expect(server.calls.tries).toBe(4);
});

test("what comes about while it is away waits without trying it, and goes when it answers", async () => {
  const away = await arrive(2, await freePort());
  const id = await makeCampaign(db.owner, away, { schedule: automated([{ on: "event", name: "inquiry" }]) });
  const { runNumber } = await launchCampaign(away, { id, version: 1 });
  const people = await db.owner<{ id: string }[]>`
    select id from customers where workspace_id = ${away.workspaceId}`;
  const happens = (nth: number) =>
    ingestEvents(away, { events: [{ name: "inquiry", customer: { id: people[nth]?.id ?? "" } }] });
  const server = absent();
  await db.owner`
    insert into channel_buckets (account_id, workspace_id, throttles, unreachable_until)
    select id, workspace_id, 1, clock_now() + interval '1 hour' from channel_accounts
    where workspace_id = ${away.workspaceId} and provider = 'smtp' and is_default`;
  const lanes = start(1, server.through);
  await happens(0);
  const batches = async () => [
    ...(await db.owner`
      select lease_owner, cursor from execution_batches where run_number = ${runNumber} order by batch_number`),
  ];
  const free = { lease_owner: null, cursor: 0 };
  await soon(async () => expect(await batches()).toEqual([free]));
  await happens(1);
  lanes.wake();
  await soon(async () => expect(await batches()).toEqual([free, free]));
  expect(server.calls.tries).toBe(0);
  server.calls.away = false;
  await db.moveClock("2 hours");
  await soon(async () =>
    expect(await expectFigures(db.owner, away, { campaignId: id, runNumber })).toEqual({
      targeted: 2,
      delivered: 2,
    }),
  );
  expect(await bucketOf(away)).toEqual({ throttles: 0, unreachable: false });
});
