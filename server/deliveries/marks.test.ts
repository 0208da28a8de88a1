import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { createSegment } from "@/server/segments/create";
import { freezeRun } from "./freeze-run";
import { makeLaunchedCampaign } from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context & { userId: string };
let reached: string[];
let unreached: string[];

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner), "marketer");
  reached = await makeCustomers(db.owner, ctx.workspaceId, [{}, {}]);
  unreached = await makeCustomers(db.owner, ctx.workspaceId, [{}, { email: null }]);
  await db.owner`insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    select ${ctx.workspaceId}, id, 'email', 'service', true from unnest(${reached}::uuid[]) as t (id)`;
});

async function track(): Promise<string> {
  const { id } = await createSegment(ctx, {
    name: "Was sent",
    rule: {
      match: "all",
      of: [{ on: "campaign", interaction: "sent", did: true, campaign: null, when: null }],
    },
  });
  await db.owner`update segments set tracked = true where id = ${id}`;
  return id;
}

async function send(): Promise<void> {
  await freezeRun(ctx, await makeLaunchedCampaign(db.owner, ctx.workspaceId));
  await drain();
}

const marked = async () => [
  ...(await db.owner`select customer_id, kinds from touched_customers
    where workspace_id = ${ctx.workspaceId} order by customer_id`),
];
const byDelivery = (ids: string[]) => [...ids].sort().map((id) => ({ customer_id: id, kinds: ["delivery"] }));

test("who was sent something is marked where a stored segment may ask for it; who was left out is not", async () => {
  await track();
  await send();
  expect(await marked()).toEqual(byDelivery(reached));
});

test("where no segment is stored nobody is marked by a sending", async () => {
  await send();
  expect(await marked()).toEqual([]);
});

test("a mark counts each time, so that what came meanwhile is looked at again", async () => {
  await track();
  await send();
  await send();
  const rows =
    await db.owner`select touch::int from touched_customers where workspace_id = ${ctx.workspaceId}`;
  expect(rows.map(({ touch }) => touch)).toEqual([2, 2]);
  expect(unreached).toHaveLength(2);
});
