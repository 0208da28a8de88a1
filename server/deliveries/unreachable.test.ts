import type { Sql } from "postgres";
import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { freezeRun } from "./freeze-run";
import type { Lease } from "./lease";
import { notePrepared } from "./pause-for-channel";
import { grantConsent, type LaunchedCampaign, makeLaunchedCampaign } from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";
import { silentProvider } from "./testing/provider";
import { restUnreachable, speedUp } from "./unreachable";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;
let accountId: string;

const AWAY = "The mail server cannot be reached.";
const unprepared = ({ runNumber }: LaunchedCampaign) =>
  `Messages of this campaign cannot be prepared, so they wait; nothing was lost. Whoever runs this installation finds the reason in the worker’s log, under run ${runNumber}.`;

beforeEach(async () => {
  await db.owner`update campaigns set status = 'paused'`;
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  await makeCustomers(
    db.owner,
    ctx.workspaceId,
    Array.from({ length: 4 }, (_, nth) => ({ email: `person${nth}.${ctx.workspaceId}@example.test` })),
  );
  await grantConsent(db.owner, ctx.workspaceId);
  const [account] = await db.owner<{ id: string }[]>`
    select id from channel_accounts where workspace_id = ${ctx.workspaceId} and channel = 'email' and provider = 'sandbox'`;
  accountId = account?.id ?? "";
});

/** It did not answer so often in a row, and has rested. */
const rested = (throttles: number) => db.owner`
  insert into channel_buckets (account_id, workspace_id, throttles, unreachable_until)
  values (${accountId}, ${ctx.workspaceId}, ${throttles}, clock_now() - interval '1 second')`;
const bucket = async () => {
  const [row] = await db.owner`
    select throttles, unreachable_until as until from channel_buckets where account_id = ${accountId}`;
  return row as { throttles: number; until: Date | null };
};
async function launch(failure: string | null = null): Promise<LaunchedCampaign> {
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId);
  await freezeRun(ctx, campaign);
  await say(campaign, failure);
  return campaign;
}
const say = ({ campaignId }: LaunchedCampaign, failure: string | null) =>
  db.owner`update campaigns set failure = ${failure} where id = ${campaignId}`;
const failureOf = async ({ campaignId }: LaunchedCampaign) => {
  const [row] = await db.owner`select failure from campaigns where id = ${campaignId}`;
  return row?.failure as string | null;
};
const lease = () =>
  ({ workspaceId: ctx.workspaceId, channel: "email", trial: true, account: { accountId } }) as Lease;

describe("an account that takes a message", () => {
  test("answers again, though it turns others away at the same time", async () => {
    await rested(3);
    const campaign = await launch(AWAY);
    const busy = silentProvider((_publicId, address) =>
      address.startsWith("person0.")
        ? { kind: "again", reason: "throttled", detail: "later", afterMs: null }
        : { kind: "accepted", delivered: true, providerMessageId: null },
    );
    await drain({ adapter: busy });
    expect(await bucket()).toEqual({ throttles: 1, until: null });
    expect(await failureOf(campaign)).toBeNull();
  });

  test("answers again, though a worker of the version before has forgotten only that it throttles", async () => {
    await rested(0);
    await launch();
    await drain();
    expect(await bucket()).toEqual({ throttles: 0, until: null });
  });

  test("takes nothing back of what another campaign says about itself", async () => {
    await rested(3);
    const ill = await makeLaunchedCampaign(db.owner, ctx.workspaceId);
    await say(ill, unprepared(ill));
    const well = await launch(AWAY);
    await drain();
    expect([await failureOf(well), await failureOf(ill)]).toEqual([null, unprepared(ill)]);
    await say(ill, AWAY);
    await notePrepared(ctx, ill.runNumber);
    expect(await failureOf(ill)).toBe(AWAY);
    await say(ill, unprepared(well));
    await notePrepared(ctx, ill.runNumber);
    expect(await failureOf(ill)).toBe(unprepared(well));
    await say(ill, unprepared(ill));
    await notePrepared(ctx, ill.runNumber);
    expect(await failureOf(ill)).toBeNull();
  });
});

test("a trial lasts as long as its holder is at it", async () => {
  await rested(1);
  await launch();
  const accepted = silentProvider(() => ({ kind: "accepted", delivered: true, providerMessageId: null }));
  await drain({
    adapter: {
      ...accepted,
      send: async (...given) => {
        const begun = (await bucket()).until?.getTime() ?? Number.POSITIVE_INFINITY;
        await expect
          .poll(async () => (await bucket()).until?.getTime(), { timeout: 20_000 })
          .toBeGreaterThan(begun);
        return accepted.send(...given);
      },
    },
  });
  expect(await bucket()).toEqual({ throttles: 0, until: null });
});

describe("what the campaigns of an account say", () => {
  const waiting = async () => {
    const [row] = await db.owner<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return row?.n;
  };

  test.each([
    ["that it does not answer", () => restUnreachable(lease(), AWAY), null, AWAY],
    ["that it answers again", () => speedUp(lease(), { throttled: false }), AWAY, null],
  ])(
    "%s, waits for a lane that raises the same topics, and never in a circle",
    async (_what, note, before, after) => {
      await rested(5);
      const campaigns = [await launch(before), await launch(before), await launch(before)];
      const raise = (sql: Sql, topic: string) => sql`
      insert into topic_versions as t (workspace_id, topic, version) values (${ctx.workspaceId}, ${topic}, 1)
      on conflict (workspace_id, topic) do update set version = t.version + 1`;
      const told = await db.owner.begin(async (sql) => {
        await raise(sql as unknown as Sql, `campaign:${campaigns[1]?.campaignId}`);
        const noting = note();
        await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
        await raise(sql as unknown as Sql, "campaigns");
        return { noting };
      });
      await told.noting;
      for (const campaign of campaigns) expect(await failureOf(campaign)).toBe(after);
    },
  );

  test("is said in the same transaction as the account rests", async () => {
    await rested(5);
    const campaign = await launch();
    // Nobody may say it.
    await db.owner`
      create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$`;
    await db.owner`create trigger refused before insert or update on topic_versions for each row execute function refuse()`;
    await expect(restUnreachable(lease(), AWAY)).rejects.toThrow();
    await db.owner`drop trigger refused on topic_versions`;
    expect((await bucket()).throttles).toBe(5);
    await restUnreachable(lease(), AWAY);
    expect([(await bucket()).throttles, await failureOf(campaign)]).toEqual([6, AWAY]);
  });
});
