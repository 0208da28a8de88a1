import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { launchCampaign } from "@/server/campaigns/launch";
import { preflightCampaign } from "@/server/campaigns/preflight";
import { makeCampaign } from "@/server/campaigns/testing/arrange";
import { explainDelivery } from "./explain";
import { freezeRun } from "./freeze-run";

const db = await testDatabase();

test("a family that shares a phone gets one promotion on it, one by WhatsApp or another by SMS, and each member service", async () => {
  const ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  const phone = "+919876500001";
  const ids = await makeCustomers(db.owner, ctx.workspaceId, [
    { phone },
    { phone },
    { phone: "+919876500002" },
  ]);
  // The first is reached by WhatsApp, the second by SMS; the third has a phone alone.
  await db.owner`
    insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    select ${ctx.workspaceId}, c.id, c.channel, purpose, true
    from unnest(${ids}::uuid[], array['whatsapp', 'sms', 'sms']) as c (id, channel),
      unnest(array['promotional', 'service']) as purpose`;
  const whatsapp = { templateId: null, text: "Hello", variables: [], headerFileId: null, buttonUrls: [] };
  const frozen = async (category: string) => {
    const id = await makeCampaign(db.owner, ctx, {
      category,
      channels: ["whatsapp", "sms"],
      bodies: {
        whatsapp: { en: whatsapp },
        sms: { en: { text: "Hello", dltTemplateId: null, variables: [] } },
      },
    });
    const { reachable } = await preflightCampaign(ctx, { id });
    const { runNumber } = await launchCampaign(ctx, { id, version: 1 });
    await freezeRun(ctx, { runNumber });
    const rows = await db.owner<{ id: string; channel: string }[]>`
      select customer_id as id, channel from executions where run_number = ${runNumber} order by seq`;
    expect(rows).toHaveLength(reachable);
    return { id, channels: rows.map(({ channel }) => channel), who: new Set(rows.map((row) => row.id)) };
  };
  const service = await frozen("renewal_reminder");
  expect(service.channels).toEqual(["sms", "sms", "whatsapp"]);
  const promotion = await frozen("newsletter");
  expect(promotion.channels).toHaveLength(2);
  expect(promotion.who).toContain(ids[2]);
  const left = ids.find((id) => !promotion.who.has(id)) ?? "";
  const { absence } = await explainDelivery(ctx, { campaignId: promotion.id, customerId: left });
  expect(absence?.sentence).toBe(
    "Another customer with the same address gets it: promotion goes once to an address.",
  );
});
