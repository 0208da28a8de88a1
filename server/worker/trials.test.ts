import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { type ChannelAdapter, closeAdapters } from "@/server/channels";
import { addAccount } from "@/server/channels/accounts/add-account";
import { smtpAccount } from "@/server/channels/testing/accounts";
import { freezeRun } from "@/server/deliveries/freeze-run";
import {
  type CampaignSeed,
  grantConsent,
  type LaunchedCampaign,
  makeLaunchedCampaign,
} from "@/server/deliveries/testing/campaign";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { expectFigures } from "@/server/deliveries/testing/expect-figures";
import { type Sink, startSink } from "@/server/deliveries/testing/sink";
import { uploadFile } from "@/server/files";
import { chunks } from "@/server/files/testing/samples";
import type { Context } from "@/server/platform/context";
import { Lanes } from "./lanes";

temporaryDataDir();
const db = await testDatabase();
const running: Lanes[] = [];
let ctx: Context;
let sink: Sink;

beforeEach(async () => {
  Object.assign(env, { SMTP_URL: undefined, ALLOW_PRIVATE_HOSTS: "1" });
  await db.owner`update campaigns set status = 'paused'`;
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner), "marketer");
  await makeCustomers(
    db.owner,
    ctx.workspaceId,
    Array.from({ length: 3 }, (_, nth) => ({ email: `person${nth}.${ctx.workspaceId}@example.test` })),
  );
  await grantConsent(db.owner, ctx.workspaceId);
  sink = await startSink();
  const admin = await makeMember(db.owner, ctx.workspaceId);
  await addAccount(admin, smtpAccount(Number(new URL(sink.url).port)));
  // It did not answer, and has rested.
  await db.owner`
    insert into channel_buckets (account_id, workspace_id, throttles, unreachable_until)
    select id, workspace_id, 1, clock_now() - interval '1 second' from channel_accounts
    where workspace_id = ${ctx.workspaceId} and provider = 'smtp' and is_default`;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((lanes) => lanes.stop()));
  await closeAdapters();
  await sink.close();
  Object.assign(env, { ALLOW_PRIVATE_HOSTS: "0" });
});

async function launch(seed: CampaignSeed = {}): Promise<LaunchedCampaign> {
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId, seed);
  await freezeRun(ctx, campaign);
  return campaign;
}

/** The first in the database's order wins each trial of the only lane. A lease here outlasts the test. */
function start(through = (adapter: ChannelAdapter) => adapter): void {
  const one = new Lanes({ lanes: 1, microBatch: 100, leaseMs: 600_000, through });
  running.push(one);
  one.start();
}

const soon = (what: () => Promise<void>) => vi.waitFor(what, { timeout: 20_000, interval: 50 });
const isUnreachable = async () => {
  const [row] = await db.owner`
    select unreachable_until is not null as unreachable from channel_buckets where workspace_id = ${ctx.workspaceId}`;
  return row?.unreachable as boolean;
};
const failureOf = async ({ campaignId }: LaunchedCampaign) => {
  const [row] = await db.owner`select failure from campaigns where id = ${campaignId}`;
  return row?.failure as string | null;
};
const gone = { targeted: 3, delivered: 3 };

test("a file that cannot be had holds up its own campaign, which says so until it is there again", async () => {
  const { id } = await uploadFile(ctx, {
    name: "policy.pdf",
    kinds: ["document"],
    content: chunks(Buffer.from("%PDF-1.7 policy")),
  });
  const file = path.join(env.RINGBACK_DATA_DIR, "files", ctx.workspaceId, id);
  // Nobody can read a directory.
  await rename(file, `${file}.away`);
  await mkdir(file);
  const ill = await launch({
    attachments: [{ fileId: id, name: "policy.pdf", mediaType: "application/pdf", bytes: 15 }],
  });
  const well = await launch();
  start();
  await soon(async () => expect(await expectFigures(db.owner, ctx, well)).toEqual(gone));
  expect(await isUnreachable()).toBe(false);
  await soon(async () =>
    expect(await failureOf(ill)).toMatch(
      new RegExp(`cannot be prepared \\(a file .*\\), so they wait.*under run ${ill.runNumber}\\.$`),
    ),
  );
  expect(await isUnreachable()).toBe(false);
  expect(await failureOf(well)).toBeNull();
  await rm(file, { recursive: true });
  await rename(`${file}.away`, file);
  await soon(async () => expect(await expectFigures(db.owner, ctx, ill)).toEqual(gone));
  await soon(async () => expect(await failureOf(ill)).toBeNull());
  expect([sink.taken.size, Math.max(...sink.taken.values())]).toEqual([6, 1]);
});

test("where one campaign's trial fails, another campaign has the next", async () => {
  const [ill, well] = [await launch(), await launch()];
  start((adapter) => ({
    ...adapter,
    send: async (workspaceId, messages, hooks) =>
      messages[0]?.campaignId === ill.campaignId
        ? messages.map(() => ({ kind: "unreachable", detail: "away", sentence: "It cannot be reached." }))
        : adapter.send(workspaceId, messages, hooks),
  }));
  await soon(async () => expect(await expectFigures(db.owner, ctx, well)).toEqual(gone));
});

test("a trial that breaks off is nobody's any more", async () => {
  const [ill, well] = [await launch(), await launch()];
  start((adapter) => ({
    ...adapter,
    send: (workspaceId, messages, hooks) => {
      if (messages[0]?.campaignId === ill.campaignId) throw new Error("cannot be written");
      return adapter.send(workspaceId, messages, hooks);
    },
  }));
  await soon(async () => expect(await expectFigures(db.owner, ctx, well)).toEqual(gone));
  expect(await isUnreachable()).toBe(false);
});
