import { referenceFunction } from "inngest";
import { afterAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { campaignFunctions } from "@/server/campaigns/jobs";
import { scheduleCampaign } from "@/server/campaigns/schedule";
import { farAhead, grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import { startVirtualEngine } from "@/server/engine/testing/virtual-engine";
import { inngest } from "./client";

const db = await testDatabase();
const call = inngest.createFunction({ id: "call", triggers: [{ event: "test/call" }] }, ({ step }) =>
  step.invoke("it", { function: referenceFunction({ functionId: "campaigns-due" }), data: {} }),
);
const engine = await startVirtualEngine(db.url, (_client, url) => {
  inngest.setEnvVars({ INNGEST_DEV: url });
  return [...campaignFunctions, call];
});
afterAll(() => engine.stop());
// The minute's function is called by hand.
await db.owner`delete from engine.cron`;

/** A campaign of a workspace of its own that came due some minutes ago. */
async function due(minutes: number): Promise<string> {
  const workspaceId = await makeWorkspace(db.owner);
  const ctx = await makeMember(db.owner, workspaceId);
  await grantConsent(db.owner, workspaceId, await makeCustomers(db.owner, workspaceId, [{}]));
  const id = await makeCampaign(db.owner, ctx, { schedule: farAhead });
  await scheduleCampaign(ctx, { id, version: 1 });
  await db.owner`update campaigns set due_at = clock_now() - ${minutes} * interval '1 minute' where id = ${id}`;
  return id;
}

test("a due campaign that breaks does not hold up those of other workspaces, and shows as a failed run", async () => {
  const broken = await due(9);
  await db.owner`update campaigns set audience = '{"kind":"unknown"}' where id = ${broken}`;
  const others = [await due(2), await due(1)];
  await engine.client.send({ name: "test/call", data: {} });
  await engine.settle();
  const rows = await db.owner`select id from campaigns where status = 'active' order by id`;
  expect(rows.map(({ id }) => id)).toEqual([...others].sort());
  expect(await db.owner`select error from engine.run where function_id like '%campaigns-due'`).toMatchObject([
    { error: expect.stringContaining("1 of 3 due campaigns broke") },
  ]);
});
