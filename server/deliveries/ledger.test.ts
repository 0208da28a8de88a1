import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { closeAdapters } from "@/server/channels";
import type { Context } from "@/server/platform/context";
import { cancelRemaining } from "./cancel-remaining";
import { runFigures } from "./figures";
import { freezeRun } from "./freeze-run";
import { Journal } from "./journal";
import { advanceBatch } from "./lease";
import { leaseBatch } from "./lease-batch";
import { listRecipients } from "./list-recipients";
import { thisOwner } from "./owner";
import { nothingMore, type ResultRow } from "./record-results";
import { retryDelay } from "./retries";
import { executionStates, highestState } from "./status";
import { type CampaignSeed, grantConsent, makeLaunchedCampaign } from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { expectFigures } from "./testing/expect-figures";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  await db.moveClock("0");
  // An address that nobody listens at: here only the ledger speaks, and SMTP is the channel that cannot be asked twice.
  env.SMTP_URL = "smtp://127.0.0.1:9";
  await closeAdapters();
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const [ourHost = "", ourBoot = "", ourNamespace = ""] = thisOwner.split(":");
const deadOwner = `${ourHost}:${ourBoot}:${ourNamespace}:${2 ** 30}:1`;
const strangerOwner = "other-host:other-boot:1:1:1";

async function launch(size: number, seed: CampaignSeed = {}) {
  await makeCustomers(db.owner, ctx.workspaceId, size);
  await grantConsent(db.owner, ctx.workspaceId);
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId, seed);
  await freezeRun(ctx, campaign);
  return {
    ...campaign,
    key: { workspaceId: ctx.workspaceId, runNumber: campaign.runNumber, batchNumber: 1 },
  };
}

type Launched = Awaited<ReturnType<typeof launch>>;

const lease = (campaign: Launched, owner: string) =>
  leaseBatch(campaign.key, { owner, leaseMs: 30_000, holds: () => true });

async function held(campaign: Launched, owner: string) {
  const found = await lease(campaign, owner);
  if (!found) throw new Error("the batch could not be had");
  return found;
}

const row = (seq: number, told: Partial<ResultRow> = {}): ResultRow => ({
  ...nothingMore,
  seq,
  variant: 0,
  state: "delivered",
  attempts: 1,
  ...told,
});

/** A holder that declared its intent for 10 members and then said nothing more. */
async function abandoned(campaign: Launched, owner: string) {
  const found = await held(campaign, owner);
  await advanceBatch(found, { rows: [], to: 10, recorded: 0 });
  return found;
}

describe("a lease", () => {
  test("is had by one holder, however many ask at once", async () => {
    const campaign = await launch(5);
    const leases = await Promise.all(
      Array.from({ length: 8 }, (_, index) => lease(campaign, `holder-${index}:b:1:1:1`)),
    );
    expect(leases.filter(Boolean)).toHaveLength(1);
  });

  test("that ended lets nothing of the old holder be recorded any more", async () => {
    const campaign = await launch(20);
    const old = await abandoned(campaign, strangerOwner);
    await db.moveClock("31 seconds");
    const next = await held(campaign, "next:b:1:1:1");
    const late = await advanceBatch(old, { rows: [row(1)], to: 10, recorded: 10 });
    expect(late).toBeNull();
    expect(next.generation).toBe(old.generation + 1);
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 20, pending: 10, unknown: 10 });
  });

  test("records the same results once, however often the statement is repeated", async () => {
    const campaign = await launch(20);
    const found = await held(campaign, thisOwner);
    const rows = [row(1), row(2), row(3, { state: "retrying", reason: "throttled", delayMs: 60_000 })];
    const step = () => advanceBatch(found, { rows, to: 10, recorded: 3 });
    for (let time = 0; time < 3; time++) expect(await step()).toMatchObject({ cursor: 10, go: true });
    const [sent] =
      await db.owner`select sum(sent)::int as n from run_rollups where run_number = ${campaign.runNumber}`;
    expect(sent?.n).toBe(2);
    const carried =
      await db.owner`select sent, failed from account_counts where account_id = ${found.account.accountId}`;
    expect([...carried]).toEqual([{ sent: 2, failed: 0 }]);
  });

  test("of a paused campaign moves no cursor", async () => {
    const campaign = await launch(20);
    const found = await held(campaign, thisOwner);
    await db.owner`update campaigns set status = 'paused' where id = ${campaign.campaignId}`;
    const step = await advanceBatch(found, { rows: [], to: 10, recorded: 0 });
    expect(step).toMatchObject({ cursor: 0, go: false });
  });

  test("of a running worker is left alone by a cancellation until it is given back", async () => {
    const campaign = await launch(20);
    const found = await held(campaign, thisOwner);
    await db.owner`update campaigns set status = 'cancelled' where id = ${campaign.campaignId}`;
    expect(await cancelRemaining(ctx, campaign)).toEqual({ cancelled: 0, stillSending: 1 });
    const back = { rows: [row(1)], to: 1, recorded: 1, end: "given_back" as const };
    await advanceBatch(found, back);
    expect(await cancelRemaining(ctx, campaign)).toEqual({ cancelled: 19, stillSending: 0 });
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({
      targeted: 20,
      delivered: 1,
      cancelled: 19,
    });
  });
});

describe("what a holder left without a result", () => {
  type Options = { owner: string; seed?: CampaignSeed; sandbox?: boolean; later?: "sandbox" | "smtp" };

  async function takeOver(options: Options) {
    const smtp = env.SMTP_URL;
    if (options.sandbox) env.SMTP_URL = undefined;
    const campaign = await launch(20, options.seed);
    await abandoned(campaign, options.owner);
    const journal = new Journal(options.owner);
    const attempt = (seq: number) => ({ ...campaign.key, seq });
    journal.started(attempt(1));
    journal.finished(attempt(1), "delivered", null);
    journal.started(attempt(2));
    journal.finished(attempt(2), "failed", "rejected");
    journal.started(attempt(3));
    journal.close();
    if (options.owner === strangerOwner) await db.moveClock("31 seconds");
    if (options.later) env.SMTP_URL = options.later === "smtp" ? smtp : undefined;
    const next = await held(campaign, thisOwner);
    return { again: next.again, figures: await expectFigures(db.owner, ctx, campaign) };
  }

  test("is settled by its journal when it is proven dead: what had not begun is sent, what had is unknown", async () => {
    const { again, figures } = await takeOver({ owner: deadOwner });
    expect(again).toEqual([4, 5, 6, 7, 8, 9, 10]);
    expect(figures).toEqual({ targeted: 20, pending: 10, sending: 7, delivered: 1, failed: 1, unknown: 1 });
  });

  test("is unknown when it may still live: silence of the journal proves nothing", async () => {
    const { again, figures } = await takeOver({ owner: strangerOwner });
    expect(again).toEqual([]);
    expect(figures).toEqual({ targeted: 20, pending: 10, delivered: 1, failed: 1, unknown: 8 });
  });

  test("is sent again where the campaign says that missing is worse", async () => {
    const { again } = await takeOver({ owner: strangerOwner, seed: { onUnknown: "resend" } });
    expect(again).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test("is sent again on a channel that drops repeats by itself", async () => {
    const { again } = await takeOver({ owner: strangerOwner, sandbox: true });
    expect(again).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test.each([
    ["drops repeats, for what another sent", strangerOwner, { later: "sandbox" }],
    ["keeps a journal, for what one without sent", deadOwner, { sandbox: true, later: "smtp" }],
  ] as const)(
    "is unknown when the channel has since got an account that %s",
    async (_title, owner, options) => {
      const { again, figures } = await takeOver({ owner, ...options });
      expect(again).toEqual([]);
      expect(figures).toEqual({ targeted: 20, pending: 10, delivered: 1, failed: 1, unknown: 8 });
    },
  );

  test("is sent by the new account where the journal of the old one proves that it had not begun", async () => {
    const { again } = await takeOver({ owner: deadOwner, later: "sandbox" });
    expect(again).toEqual([4, 5, 6, 7, 8, 9, 10]);
  });
});

describe("the state of an execution", () => {
  const state = fc.constantFrom(
    "held",
    "retrying",
    "cancelled",
    "skipped",
    "unknown",
    "sent",
    "failed",
    "delivered" as const,
  );
  const event = fc.constantFrom("delivered", "read", "bounced", "failed" as const);

  test("has the same ranks in the database and here", async () => {
    const ranks = await db.owner`select state, execution_state_rank(state)::int as rank
      from unnest(${executionStates as unknown as string[]}::text[]) with ordinality as s(state, place) order by place`;
    expect(ranks.map((found) => found.rank)).toEqual(executionStates.map((_, index) => index));
  });

  test("is the same for any order of arrival, and what the list shows", async () => {
    const campaign = await launch(1);
    const [run] = await db.owner`select part from campaign_runs where number = ${campaign.runNumber}`;
    const history = fc.tuple(
      fc.uniqueArray(state, { maxLength: 5 }),
      fc.uniqueArray(event, { maxLength: 4 }),
    );
    const arrivals = history.chain(([states, events]) => {
      const all = [
        ...states.map((of) => ({ of, event: false })),
        ...events.map((of) => ({ of, event: true })),
      ];
      return fc.shuffledSubarray(all, { minLength: all.length });
    });
    await fc.assert(
      fc.asyncProperty(arrivals, async (list) => {
        await db.owner`delete from execution_results where run_number = ${campaign.runNumber}`;
        await db.owner`delete from delivery_events where run_number = ${campaign.runNumber}`;
        const at = { part: run?.part, run_number: campaign.runNumber, seq: 1, workspace_id: ctx.workspaceId };
        for (const [index, { of, event: isEvent }] of list.entries())
          if (isEvent)
            await db.owner`insert into delivery_events ${db.owner({ ...at, dedupe_key: `${index}`, kind: of, occurred_at: new Date(index) })}`;
          else
            await db.owner`insert into execution_results ${db.owner({ ...at, batch_number: index + 1, state: of })}`;
        const { rows } = await listRecipients(ctx, { campaignId: campaign.campaignId });
        expect(rows[0]?.state).toBe(highestState(list.map(({ of }) => of)));
      }),
      { numRuns: 40, seed: 11 },
    );
  });
});

test("waits grow to half an hour, spread around their middle, and a server's hint goes first", () => {
  expect([1, 2, 3, 6, 20].map((attempts) => retryDelay(attempts, null, 0.5))).toEqual([
    30_000, 60_000, 120_000, 960_000, 1_800_000,
  ]);
  expect([retryDelay(1, null, 0), retryDelay(1, null, 1), retryDelay(1, 5, 0)]).toEqual([15_000, 45_000, 5]);
});

test("figures are for those who may look at campaigns", async () => {
  const campaign = await launch(1);
  const agent = await makeMember(db.owner, ctx.workspaceId, "agent");
  await expect(runFigures(agent, campaign)).rejects.toThrow(/open to marketers/);
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
  await expect(runFigures(stranger, campaign)).rejects.toThrow(/does not exist/);
});
