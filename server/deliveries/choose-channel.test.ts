import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { freezeRun } from "./freeze-run";
import { grantConsent, makeLaunchedCampaign } from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";
import { expectFigures } from "./testing/expect-figures";

temporaryDataDir();
const db = await testDatabase();

test("the channel of a message is the first of the campaign's order that reaches the customer and is allowed, chosen at the freeze", async () => {
  await db.setClock("2026-11-25T12:00:00+05:30");
  const ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  const phone = (last: number) => `+91987654400${last}`;
  const ids = await makeCustomers(db.owner, ctx.workspaceId, [
    { phone: phone(1) },
    { phone: phone(2) },
    { phone: phone(3) },
    { phone: null },
    { phone: "+911600123456", email: null },
  ]);
  await grantConsent(db.owner, ctx.workspaceId, "service", ["whatsapp", "sms", "email"]);
  await db.owner`update consent_states set granted = false where customer_id = ${ids[1] ?? ""} and channel = 'whatsapp'`;
  await db.owner`update consent_states set granted = false where customer_id = ${ids[2] ?? ""} and channel <> 'email'`;
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId, {
    channels: ["whatsapp", "sms", "email"],
  });
  await freezeRun(ctx, campaign);
  const chosen = await db.owner`
      select customer_id as id, channel from executions where run_number = ${campaign.runNumber}`;
  const channelOf = new Map(chosen.map(({ id, channel }) => [id, channel]));
  expect(ids.map((id) => channelOf.get(id))).toEqual(["whatsapp", "sms", "email", "email", "whatsapp"]);
  const batches = await db.owner`
      select channel, first_seq as first, size from execution_batches where run_number = ${campaign.runNumber} order by first_seq`;
  expect(batches.map(({ channel, first, size }) => `${channel} ${first} ${size}`)).toEqual([
    "email 1 2",
    "sms 3 1",
    "whatsapp 4 2",
  ]);
  await drain();
  expect((await expectFigures(db.owner, ctx, campaign)).delivered).toBe(4);
});
