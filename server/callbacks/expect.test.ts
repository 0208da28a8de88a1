import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { makeLaunchedCampaign } from "@/server/deliveries/testing/campaign";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { expectCallbacks } from "./expect";

const db = await testDatabase();
let ctx: Context & { membershipId: string };

beforeAll(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner), "supervisor");
});

const expected = (seconds: number, messages: Partial<Record<Channel, number>> = { email: 2_000 }) =>
  withTransaction(ctx, (tx) => expectCallbacks(tx, ctx, { messages, seconds }));

test("callbacks to expect come from this workspace's own messages, spread over the sending, beside who is there", async () => {
  // Nothing was ever sent: nothing is said.
  expect(await expected(3_600)).toMatchObject({ perHour: null, total: null, agents: 0, staffing: null });

  await makeCustomers(db.owner, ctx.workspaceId, [{}, {}, {}, {}]);
  const { campaignId, runNumber } = await makeLaunchedCampaign(db.owner, ctx.workspaceId);
  const { part } = await freezeRun(ctx, { runNumber });
  await db.owner`
    insert into run_rollups (workspace_id, run_number, campaign_id, bucket, channel, sent)
    values (${ctx.workspaceId}, ${runNumber}, ${campaignId}, now(), 'email', 200)`;
  for (const seq of [1, 2, 3, 4])
    await db.owner`insert into callback_requests ${db.owner({
      id: newId(),
      workspace_id: ctx.workspaceId,
      phone: `+9198200000${seq}0`,
      request_type: "policy_issue",
      source: "campaign_link",
      ...(seq < 4 ? { part, run_number: runNumber, seq } : {}),
      sum: 1,
      priority: "low",
      order_key: 1,
      not_before: new Date(),
    })}`;
  // Three of 200 messages led to one; the fourth request came by itself.
  const slow = await expected(3 * 3_600);
  expect(slow).toMatchObject({ basis: { sent: 200, asked: 3 }, total: 30, perHour: 10, staffing: null });
  expect((await expected(60)).perHour).toBe(30);
  // A channel that nothing was sent on has no rate, and then there is no sum either.
  expect(await expected(60, { email: 10, sms: 5 })).toMatchObject({ perHour: null });

  await db.owner`
    insert into agents (workspace_id, membership_id, presence)
    values (${ctx.workspaceId}, ${ctx.membershipId}, 'available')`;
  await db.owner`insert into callback_attempts ${db.owner({
    id: newId(),
    workspace_id: ctx.workspaceId,
    callback_id: newId(),
    membership_id: ctx.membershipId,
    via: "tel",
    outcome: "connected",
    talk_seconds: 200,
    wrap_up_seconds: 40,
  })}`;
  // 10 an hour at 4 minutes each: two thirds of one agent; 30 an hour: more than one.
  expect(await expected(3 * 3_600)).toMatchObject({
    agents: 1,
    handleSeconds: 240,
    staffing: { kind: "stable", occupancy: 2 / 3 },
  });
  expect((await expected(60)).staffing).toEqual({ kind: "queue_grows" });
  await db.owner`update agents set presence = 'offline'`;
  expect(await expected(3_600)).toMatchObject({ agents: 0, staffing: { kind: "queue_grows" } });
});
