import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { launchCampaign } from "@/server/campaigns";
import type { Audience } from "@/server/campaigns/schemas";
import { grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import { ingestEvents } from "@/server/events/ingest";
import type { Context } from "@/server/platform/context";
import { explainDelivery } from "./explain";
import { freezeRun } from "./freeze-run";

const db = await testDatabase();
let ctx: Context & { userId: string; membershipId: string };
let ids: string[];

/** Customers 0 to 3: the first had an event 3 days ago, the last two are in a book, and share one address. */
beforeAll(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  const { workspaceId } = ctx;
  const family = { email: "family@example.test" };
  ids = await makeCustomers(db.owner, workspaceId, [{}, {}, family, { email: "Family@example.test" }]);
  await grantConsent(db.owner, workspaceId, ids);
  await db.owner`
    insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    select ${workspaceId}, id, 'email', 'promotional', true from customers where workspace_id = ${workspaceId}
    on conflict do nothing`;
  const occurred_at = new Date(Date.now() - 3 * 86_400_000).toISOString();
  await ingestEvents(ctx, { events: [{ name: "inquiry", customer: { id: ids[0] ?? "" }, occurred_at }] });
  await db.owner`update customers set advisor_id = ${ctx.membershipId} where id in ${db.owner(ids.slice(2))}`;
});

async function campaignTo(audience: Audience, category: string): Promise<string> {
  const id = await makeCampaign(db.owner, ctx, { audience, category });
  await freezeRun(ctx, await launchCampaign(ctx, { id, version: 1 }));
  return id;
}

const why = async (campaignId: string, nth: number): Promise<string | null> =>
  (await explainDelivery(ctx, { campaignId, customerId: ids[nth] ?? "" })).absence?.sentence ?? null;

const shared = "Another customer with the same address gets it: promotion goes once to an address.";

describe("why a customer has no message", () => {
  test.each<[string, () => Partial<Audience>, number, number, string]>([
    [
      "a silence that was broken",
      () => ({ quietDays: 7 }),
      1,
      0,
      "The campaign goes to customers not heard from for 7 days, and this one was heard from in that time.",
    ],
    [
      "a silence that lasts",
      () => ({ recentDays: 7 }),
      0,
      1,
      "The campaign goes to customers heard from in the last 7 days, and this one was not.",
    ],
    [
      "somebody else's book",
      () => ({ book: ctx.membershipId }),
      2,
      1,
      "The campaign goes to the customers of one advisor, and this customer is not one of them.",
    ],
  ])("names %s, also for promotion", async (_, narrowed, inside, outside, sentence) => {
    for (const category of ["renewal_reminder", "newsletter"]) {
      const id = await campaignTo({ kind: "all", ...narrowed() } as Audience, category);
      expect(await why(id, inside)).toBeNull();
      expect(await why(id, outside)).toBe(sentence);
    }
  });

  test("names a shared address only where somebody else stands for it", async () => {
    const id = await campaignTo({ kind: "all" }, "newsletter");
    const answers = [await why(id, 2), await why(id, 3)];
    expect(answers.filter((each) => each === null)).toHaveLength(1);
    expect(answers.filter((each) => each === shared)).toHaveLength(1);

    const left = await campaignTo({ kind: "all", recentDays: 7 }, "newsletter");
    for (const table of ["customer_events", "customer_event_stats"])
      await db.owner`
        update ${db.owner(table)} set customer_id = ${ids[1] ?? ""} where customer_id = ${ids[0] ?? ""}`;
    // In the audience now, not when it was fixed, and nobody shares the address.
    expect(await why(left, 1)).toBe("The customer was not in the audience when it was fixed.");
  });

  test("says that a customer is to be erased", async () => {
    const [gone = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{}]);
    await db.owner`update customers set erase_after = clock_now() + interval '1 day' where id = ${gone}`;
    const id = await campaignTo({ kind: "all" }, "newsletter");
    const { absence } = await explainDelivery(ctx, { campaignId: id, customerId: gone });
    expect(absence?.sentence).toBe("The customer's data is erased, or is to be: no campaign goes there.");
  });
});
