import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { type CustomerSeed, makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { freezeRun } from "./freeze-run";
import { grantConsent, makeLaunchedCampaign } from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context & { membershipId: string };

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner), "advisor");
});

const customers = (wanted: CustomerSeed[] | number) => makeCustomers(db.owner, ctx.workspaceId, wanted);

const launch = (seed: Parameters<typeof makeLaunchedCampaign>[2] = {}) =>
  makeLaunchedCampaign(db.owner, ctx.workspaceId, seed);

describe("a campaign in several languages", () => {
  const bodies = {
    email: {
      en: {
        subject: "Renew, {{first_name}}",
        preheader: "",
        body: "By {{renewal_date}}. [Go](https://a.test/en)",
      },
      hi: {
        subject: "{{first_name}}, नवीनीकरण",
        preheader: "",
        body: "{{renewal_date}} तक। [देखें](https://a.test/hi)",
      },
    },
  };

  test("speaks to each customer in the own language, else in its first, with dates as that language writes them", async () => {
    const ids = await customers([{ language: "en" }, { language: "hi" }, { language: "ta" }]);
    await grantConsent(db.owner, ctx.workspaceId);
    const fallbacks = { first_name: "you", renewal_date: "soon", "hi/renewal_date": "जल्द" };
    const campaign = await launch({ bodies, languages: ["en", "hi"], fallbacks });
    await freezeRun(ctx, campaign);
    await drain();
    const inbox = await db.owner<{ customer: string; subject: string; text: string }[]>`
      select customer_id as customer, subject, text from sandbox_messages where campaign_id = ${campaign.campaignId}`;
    const of = (index: number) => inbox.find(({ customer }) => customer === ids[index]);
    expect(of(0)).toMatchObject({ subject: "Renew, Customer", text: expect.stringContaining("By soon.") });
    expect(of(1)).toMatchObject({
      subject: "Customer, नवीनीकरण",
      text: expect.stringContaining("जल्द तक।"),
    });
    expect(of(2)?.subject).toBe("Renew, Customer");
    // Links are numbered through all bodies: the Hindi one is the second.
    expect([of(0)?.text, of(1)?.text].map((text) => /\/t\/c\/[\w-]+\/(\d+)/.exec(text ?? "")?.[1])).toEqual([
      "0",
      "1",
    ]);
  });

  test("of the first release goes on: its run's content had one subject and one body", async () => {
    await customers(2);
    await grantConsent(db.owner, ctx.workspaceId);
    const campaign = await launch();
    const former = {
      channel: "email",
      category: "a_category_of_then",
      purpose: "service",
      subject: "As it was",
      body: "Hello {{customer_name}}",
      fallbacks: {},
      companyName: "Suraksha",
      fromName: "Suraksha",
    };
    await db.owner`update campaign_runs set content = ${db.owner.json(former)} where number = ${campaign.runNumber}`;
    await freezeRun(ctx, campaign);
    await drain();
    const rows =
      await db.owner`select subject from sandbox_messages where campaign_id = ${campaign.campaignId}`;
    expect(rows.map((row) => row.subject)).toEqual(["As it was", "As it was"]);
  });
});

describe("the tags of a campaign", () => {
  const body = [
    "{{customer_name}} {{first_name}} {{customer_number}} {{city}} {{tier}}",
    "{{customer_phone}} {{customer_email}}",
    "{{policy_number}} {{policy_type}} {{product_name}} {{premium_amount}} {{renewal_date}}",
    "{{due_date}} {{next_due_date}}",
    "{{agent_name}} {{company_name}}",
    "{{attribute.smoker}} {{attribute.income}} {{attribute.since}} {{attribute.plan}}",
  ].join("\n");
  const attributes = { smoker: "boolean", income: "number", since: "date", plan: "text" };

  async function policyholder(language: string): Promise<void> {
    const [id = ""] = await customers([
      {
        name: "Asha Rao",
        externalId: "C-1",
        email: "asha@example.test",
        phone: "+919820012345",
        tier: "gold",
        language,
      },
    ]);
    await db.owner`update customers set city = 'Pune', advisor_id = ${ctx.membershipId},
      attributes = ${db.owner.json({ smoker: false, income: 1_250_000, since: "2019-04-01", plan: "Family & co" })} where id = ${id}`;
    const policyId = newId();
    await db.owner`insert into policies ${db.owner({
      id: policyId,
      workspace_id: ctx.workspaceId,
      customer_id: id,
      policy_number: `P-${id}`,
      policy_type: "two_wheeler",
      product_name: "Ride Safe",
      status: "in_force",
      premium_micros: "1250050000",
      currency: "INR",
      payment_mode: "quarterly",
      start_date: "2025-12-14",
      renewal_date: "2026-12-14",
    })}`;
    const days = [
      ["2026-06-14", "paid"],
      ["2026-09-14", "overdue"],
      ["2026-12-14", "due"],
    ] as const;
    for (const [due, status] of days)
      await db.owner`insert into premium_payments ${db.owner({
        id: newId(),
        workspace_id: ctx.workspaceId,
        policy_id: policyId,
        customer_id: id,
        due_date: due,
        amount_micros: "312512500",
        currency: "INR",
        status,
      })}`;
  }

  async function received(seed: Parameters<typeof makeLaunchedCampaign>[2]): Promise<string> {
    const campaign = await launch(seed);
    await freezeRun(ctx, campaign);
    await drain();
    const [row] = await db.owner<{ text: string }[]>`
      select text from sandbox_messages where campaign_id = ${campaign.campaignId}`;
    return (row?.text ?? "nothing arrived").split("\n\n-- ")[0] ?? "";
  }

  test("say what is known of the customer, the policy, its payments, the advisor and the workspace's own attributes", async () => {
    await policyholder("en");
    const said = await received({ body, attributes });
    expect(said.replace(/P-[\w-]+/, "P-1").split("\n")).toEqual([
      "Asha Rao Asha C-1 Pune Gold",
      "+919820012345 asha@example.test",
      "P-1 Two wheeler Ride Safe ₹1,250.05 14 December 2026",
      // The overdue one is the earliest that is not paid.
      "14 September 2026 14 December 2026",
      "A advisor Suraksha Insurance",
      "No 1,250,000 1 April 2019 Family & co".replace("1,250,000", "12,50,000"),
    ]);
  });

  test("are written as the language of the body writes them", async () => {
    await policyholder("hi");
    const mail = {
      subject: "x",
      preheader: "",
      body: "{{premium_amount}} {{due_date}} {{attribute.smoker}}",
    };
    const said = await received({ bodies: { email: { hi: mail } }, languages: ["hi"], attributes });
    expect(said).toBe("₹1,250.05 14 सितंबर 2026 नहीं");
  });

  test("without a record of a later payment follow the payment mode", async () => {
    await policyholder("en");
    await db.owner`delete from premium_payments where workspace_id = ${ctx.workspaceId}`;
    expect(await received({ body: "{{due_date}}, {{next_due_date}}" })).toBe(
      "14 December 2026, 14 March 2027",
    );
  });
});
