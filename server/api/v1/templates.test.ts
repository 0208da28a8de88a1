import { describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { createKey } from "@/server/api-keys";
import { allLinks, desk } from "@/server/template-library/testing/desk";
import { failureSchema } from "./envelope";
import { call } from "./testing/call";
import { expectDocumented } from "./testing/expect-documented";

const db = await testDatabase();

describe("templates and recommendations", () => {
  test("are listed with what they say and what came of them", async () => {
    const { admin: librarian, template } = await desk(db.owner);
    const own = (await createKey(librarian, { name: "CRM", scopes: ["*"] })).key;
    const answer = await call("GET", "/campaigns/templates?category=renewal_reminder&limit=2", { key: own });
    expectDocumented("listCampaignTemplates", answer);
    expect(answer.body.data[0]).toMatchObject({
      category: "renewal_reminder",
      usage_count: 0,
      average_roi: null,
    });
    expect(answer.body.data[0].message_template).not.toBe("");
    expect(answer.body.data[0].personalization_tags).toContain("customer_name");
    const id = await template("Renewal reminder, 15");
    const missing = await call("POST", `/campaigns/templates/${id}/create`, { key: own });
    expect([missing.status, missing.body.error.code]).toEqual([422, "links_missing"]);
    const begun = await call("POST", `/campaigns/templates/${id}/create`, {
      key: own,
      body: { campaign_name: "From the library", links: { renew: "https://www.suraksha.example.com/renew" } },
    });
    expectDocumented("createCampaignFromTemplate", begun);
    expect([begun.status, begun.body.data.campaign_name]).toEqual([200, "From the library"]);
    expect(begun.body.message).toContain("from template");
    const byId = await call("POST", "/campaigns", {
      key: own,
      body: { campaign_name: "By id", message_template_id: id },
    });
    expect([byId.status, byId.body.data.category]).toEqual([201, "renewal_reminder"]);
    const found = await call("GET", "/campaigns/recommendations", { key: own });
    expectDocumented("listRecommendations", found);
  });

  test("fix the purpose: what began with a promotional template is never made a service message", async () => {
    const { admin: librarian, template } = await desk(db.owner);
    const own = (await createKey(librarian, { name: "CRM", scopes: ["*"] })).key;
    const id = await template("Health cover for the family");
    const begun = await call("POST", `/campaigns/templates/${id}/create`, {
      key: own,
      body: { links: allLinks },
    });
    expect([begun.status, begun.body.data?.purpose]).toEqual([200, "promotional"]);
    const put = (category: string) =>
      call("PUT", `/campaigns/${begun.body.data.campaign_id}`, { key: own, body: { category } });
    const refused = await put("policy_service");
    expect([refused.status, failureSchema.parse(refused.body).error]).toMatchObject([
      422,
      { code: "validation_failed", details: { field: "category" } },
    ]);
    expect((await put("newsletter")).body.data).toMatchObject({ category: "newsletter" });
  });
});
