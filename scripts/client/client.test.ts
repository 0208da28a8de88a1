import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RingbackError, ringback } from "@/clients/ringback";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { openApiDocument } from "@/server/api/v1/openapi";
import { listen } from "@/server/api/v1/testing/listen";
import { createKey } from "@/server/api-keys";
import { hashPassword } from "@/server/auth";
import { clientSource } from "./source";

const db = await testDatabase();
const PASSWORD = "correct horse battery";
let door: Awaited<ReturnType<typeof listen>>;
let token: string;
let email: string;

beforeAll(async () => {
  door = await listen();
  const admin = await makeMember(db.owner, await makeWorkspace(db.owner));
  token = (await createKey(admin, { name: "CRM", scopes: ["*"] })).key;
  const agent = await makeMember(db.owner, admin.workspaceId, "supervisor");
  email = `${agent.userId}@example.test`;
  await db.owner`update users set password_hash = ${await hashPassword(PASSWORD)} where id = ${agent.userId}`;
});
afterAll(() => door.close());

test("the client is the one that the document makes now", () => {
  const made = clientSource(openApiDocument("https://ringback.example.com"));
  expect(readFileSync("clients/ringback.ts", "utf8") === made, "run `npm run client`").toBe(true);
});

describe("the client", () => {
  test("takes a customer from the first word to a campaign and a call", async () => {
    const client = ringback({ origin: door.origin, token });
    const { data: added } = await client.upsertCustomers({
      external_id: "C1",
      name: "Asha Rao",
      phone: "+919820012345",
      email: "asha@example.test",
    });
    expect(added.created).toBe(1);
    const [first] = (await client.listCustomers({ external_id: "C1" })).data;
    const customerId = first?.customer_id ?? "";
    const read = await client.getCustomer(customerId);
    await client.updateCustomer(customerId, { tags: ["vip"] }, { ifMatch: read.etag ?? "" });
    const stale = client.updateCustomer(customerId, { city: "Pune" }, { ifMatch: read.etag ?? "" });
    await expect(stale).rejects.toMatchObject({ status: 412, code: "precondition_failed" });
    const policy = await client.createPolicy(customerId, {
      policy_number: "TRM1",
      policy_type: "term",
      product_name: "Term",
      premium: 12_345.5,
      payment_mode: "yearly",
    });
    expect(policy.data.premium).toBe(12_345.5);
    const campaign = await client.createCampaign(
      {
        campaign_name: "Renewals",
        campaign_type: "retention",
        campaign_goal: "renewal_rate",
        category: "renewal_reminder",
        subject: "It renews soon",
        message: 'Dear {{customer_name | default: "customer"}}, it renews soon.',
      },
      { idempotencyKey: "begin-1" },
    );
    expect(campaign.status).toBe(201);
    const launched = await client.launchCampaign(campaign.data.campaign_id);
    expect(launched.data.status).toBe("active");
    expect((await client.listCampaigns({ status: "active" })).total).toBe(1);
    const wish = await client.requestCallback({ customer_id: customerId, request_type: "policy_issue" });
    const work = ringback({ origin: door.origin });
    const { access_token } = await work.login({ email, password: PASSWORD });
    const own = ringback({ origin: door.origin, token: access_token });
    expect((await own.getMe()).data.role).toBe("supervisor");
    const closed = await own.completeCallback(wish.data.callback_request_id, { resolution: "Told them" });
    expect(closed.data.status).toBe("completed");
  });

  test("throws what was refused, with its code and where", async () => {
    const client = ringback({ origin: door.origin, token: "rb_nothing" });
    const refused = await client.listCampaigns().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RingbackError);
    expect(refused).toMatchObject({ status: 401, code: "unauthenticated" });
  });
});
