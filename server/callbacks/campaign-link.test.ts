import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { grantConsent, makeLaunchedCampaign } from "@/server/deliveries/testing/campaign";
import { drain } from "@/server/deliveries/testing/drain";
import type { Context } from "@/server/platform/context";
import { recordClick } from "@/server/tracking/record-click";
import { rollups, visit } from "@/server/tracking/testing/ledger";
import { askByLink, getAskPage } from "./campaign-link";
import { readCustomerToken } from "./links";

const db = await testDatabase();
let workspaceId: string;
let admin: Context;
beforeAll(async () => {
  workspaceId = await makeWorkspace(db.owner);
  admin = await makeMember(db.owner, workspaceId, "admin");
});

/** A campaign whose mail asks for a call, sent to two customers who share a number. */
async function sent(body: string) {
  const customers = await makeCustomers(db.owner, workspaceId, [
    { name: "Asha", phone: "+919820000001" },
    { name: "Ravi", phone: "+919820000001" },
  ]);
  await grantConsent(db.owner, workspaceId);
  const campaign = await makeLaunchedCampaign(db.owner, workspaceId, { body, category: "premium_due" });
  await freezeRun(admin, campaign);
  await drain();
  const mails = await db.owner<{ id: string; html: string; customerId: string }[]>`
    select public_id as id, html, customer_id as "customerId" from sandbox_messages
    where campaign_id = ${campaign.campaignId} and customer_id = any(${customers}::uuid[])`;
  const idOf = (nth: number) => mails.find(({ customerId }) => customerId === customers[nth])?.id ?? "";
  return { ...campaign, customers, mails, idOf };
}

const tokenOf = (url: string | null) => new URL(url ?? "").pathname.replace("/ask/", "");
const requests = (campaignId: string) => db.owner`
  select customer_id as "customerId", request_type as type, source, repeats, seq from callback_requests
  where campaign_id = ${campaignId} order by id`;

test("the link of a message is each customer's own, a counted click, and a call that is credited to its campaign", async () => {
  const { campaignId, runNumber, customers, mails, idOf } = await sent(
    "Hello\n\n[Call me]({{callback_link}})\n\nOr here: {{callback_link}}",
  );
  expect(mails[0]?.html).toContain(`/t/c/${mails[0]?.id}/0`);
  expect(mails[0]?.html).toContain(">Ask for a call</a>");
  expect(mails[0]?.html).not.toContain("callback_link");

  const url = await recordClick(idOf(0), "0", visit());
  expect(await rollups(db.owner, runNumber)).toMatchObject({ clicked: 1 });
  const token = tokenOf(url);
  expect(await getAskPage(token)).toEqual({
    companyName: "Test workspace",
    phoneEnd: "0001",
    topic: "payment_problem",
  });
  const input = { about: "payment_problem", words: "In the evening", key: "k1" };
  const asked = await askByLink(token, input);
  const link = readCustomerToken(new URL(asked?.page ?? "").pathname.replace("/call/", ""));
  expect(link?.workspaceId).toBe(workspaceId);
  // Pressed twice on a slow line, then asked again.
  await askByLink(token, input);
  await askByLink(token, { ...input, key: "k2" });
  expect(await requests(campaignId)).toEqual([
    {
      customerId: customers[0],
      type: "payment_problem",
      source: "campaign_link",
      repeats: 1,
      seq: expect.any(Number),
    },
  ]);

  // The other one of the family asks about the same: a request of their own, and a page of their own.
  const other = tokenOf(await recordClick(idOf(1), "1", visit()));
  expect(other).not.toBe(token);
  const theirs = await askByLink(other, { ...input, key: "k3" });
  const own = readCustomerToken(new URL(theirs?.page ?? "").pathname.replace("/call/", ""));
  expect(own?.callbackId).not.toBe(link?.callbackId);
  expect(await requests(campaignId)).toMatchObject([
    { customerId: customers[0], repeats: 1 },
    { customerId: customers[1], repeats: 0 },
  ]);
});

test("a token that we did not sign for this opens nothing", async () => {
  const { idOf } = await sent("[Call me]({{callback_link}})");
  expect(await getAskPage(idOf(0))).toBeNull();
  const token = tokenOf(await recordClick(idOf(0), "0", visit()));
  expect(await getAskPage(`${token.slice(0, -2)}AA`)).toBeNull();
  expect(await askByLink(`${token}A`, { about: "feedback", key: "k" })).toBeNull();
});
