import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { createKey } from "@/server/api-keys";
import { getCampaign } from "@/server/campaigns";
import type { Context } from "@/server/platform/context";
import { failureSchema } from "./envelope";
import { call } from "./testing/call";
import { expectDocumented } from "./testing/expect-documented";
import { tokenOf } from "./testing/world";

const db = await testDatabase();
let admin: Context & { userId: string };
let key: string;

beforeEach(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
  key = (await createKey(admin, { name: "CRM", scopes: ["*"] })).key;
  const customers = await makeCustomers(db.owner, admin.workspaceId, [
    { name: "Asha Rao" },
    { name: "Ravi" },
  ]);
  // A contract gives service messages.
  for (const [nth, id] of customers.entries())
    await call("POST", `/customers/${id}/policies`, { key, body: { ...policy, policy_number: `P${nth}` } });
});

const policy = { policy_type: "term", product_name: "Term", premium: 1_000, payment_mode: "yearly" };
const words = {
  campaign_name: "Renewals in December",
  campaign_type: "retention",
  campaign_goal: "renewal_rate",
  category: "renewal_reminder",
  subject: "Your policy renews soon",
  message: 'Dear {{customer_name | default: "customer"}}, please renew in time.',
};
const create = async (more: object = {}, as = key) =>
  call("POST", "/campaigns", { key: as, body: { ...words, ...more } });
const made = async (more: object = {}): Promise<string> => (await create(more)).body.data.campaign_id;
const act = (id: string, what: string, sent: object = {}) =>
  call("POST", `/campaigns/${id}/${what}`, { key, ...sent });

describe("a campaign", () => {
  test("begins as a draft with everything that was said, owned by whoever made the key", async () => {
    const answer = await create({
      description: "Before the year ends",
      channels: ["email", "sms"],
      primary_channel: "sms",
      target_audience: "active",
      schedule_type: "scheduled",
      scheduled_at: "2031-12-01T10:30:00+05:30",
      start_date: "2031-11-01",
      end_date: "2031-12-31T00:00:00Z",
      budget: 25_000.5,
      estimated_reach: 9,
      personalization_tags: ["customer_name"],
    });
    expectDocumented("createCampaign", answer);
    expect(answer.status).toBe(201);
    expect(answer.body.data).toMatchObject({
      campaign_name: words.campaign_name,
      status: "draft",
      purpose: "service",
      subject: words.subject,
      message: words.message,
      personalization_tags: ["customer_name"],
      primary_channel: "sms",
      channels: ["sms", "email"],
      schedule_type: "scheduled",
      scheduled_at: "2031-12-01T05:00:00Z",
      start_date: "2031-11-01",
      end_date: "2031-12-31",
      budget: 25_000.5,
      currency: "INR",
      owner_id: admin.userId,
    });
    expect(answer.body.data.selected_segments).toHaveLength(1);
    const row = await getCampaign(admin, { id: answer.body.data.campaign_id });
    expect(row.bodies).toMatchObject({
      email: { en: { subject: words.subject } },
      sms: { en: { text: words.message } },
    });
    expect(row.budget).toBe(25_000_500_000n);
  });

  test("is promotion unless somebody says what it is about", async () => {
    const { category: _, ...bare } = words;
    const { body } = await call("POST", "/campaigns", { key, body: bare });
    expect(body.data).toMatchObject({ category: "newsletter", purpose: "promotional" });
  });

  test("listens to every trigger that it may be given, and says them back", async () => {
    const triggers = [
      { trigger_type: "policy_renewal", trigger_value: 30 },
      { trigger_type: "birthday" },
      { trigger_type: "payment_overdue", trigger_value: "5" },
      { trigger_type: "inactive_days", trigger_value: 60 },
      { trigger_type: "engagement_score", trigger_value: 25, additional_conditions: { direction: "rises" } },
      {
        trigger_type: "event_type",
        trigger_value: "quote_viewed",
        additional_conditions: { properties: [{ key: "amount", op: "at_least", value: "50000" }] },
      },
    ];
    const answer = await create({ is_automated: true, triggers });
    expectDocumented("createCampaign", answer);
    expect(answer.body.data).toMatchObject({ schedule_type: "automated", is_automated: true });
    expect(answer.body.data.triggers).toMatchObject([
      triggers[0],
      triggers[1],
      { trigger_type: "payment_overdue", trigger_value: 5 },
      ...triggers.slice(3),
    ]);
    const wrong = await create({ triggers: [{ trigger_type: "engagement_score", trigger_value: 7 }] });
    expect(wrong.status).toBe(422);
  });

  test("tries variants against each other", async () => {
    const answer = await create({
      ab_testing_enabled: true,
      ab_test_variants: [{ subject: words.subject }, { subject: "Renew today" }],
    });
    expect(answer.body.data).toMatchObject({
      ab_testing_enabled: true,
      ab_test_variants: [
        { share: 50, subject: words.subject },
        { share: 50, subject: "Renew today" },
      ],
    });
    const one = await create({ ab_test_variants: [{ subject: "x" }] });
    expect([one.status, one.body.error.details.field]).toEqual([422, "ab_test_variants"]);
  });

  test("changes while it is a draft; an edit of a state that stands no more is refused with the way out", async () => {
    const id = await made();
    const read = await call("GET", `/campaigns/${id}`, { key });
    expectDocumented("getCampaign", read);
    expect(read.body.data.estimated_reach).toBe(2);
    const etag = read.headers.get("etag") ?? "";
    const put = (body: object, headers: Record<string, string> = {}) =>
      call("PUT", `/campaigns/${id}`, { key, body, headers });
    const changed = await put({ campaign_name: "Second" }, { "if-match": etag });
    expect([changed.status, changed.body.data.campaign_name, changed.body.data.subject]).toEqual([
      200,
      "Second",
      words.subject,
    ]);
    const stale = await put({ campaign_name: "Third" }, { "if-match": etag });
    expect([stale.status, failureSchema.parse(stale.body).error.code]).toEqual([412, "precondition_failed"]);
    const again = await put(
      { message: "Other words" },
      { "if-match": stale.body.error.details.current_etag },
    );
    expect([again.status, again.body.data.message]).toEqual([200, "Other words"]);
    expect((await put({ campaign_name: "Without" })).status).toBe(200);
  });

  test("is listed by status and type, a page at a time", async () => {
    for (let nth = 0; nth < 3; nth++) await made({ campaign_name: `Campaign ${nth}` });
    const names = async (query: string) => {
      const answer = await call("GET", `/campaigns${query}`, { key });
      expectDocumented("listCampaigns", answer);
      return answer.body;
    };
    const first = await names("?limit=2&status=draft");
    expect([first.total, first.data.length]).toEqual([3, 2]);
    expect(first.data[0]).toMatchObject({ total_revenue: 0, currency: "INR" });
    const second = await names(`?limit=2&cursor=${first.next_cursor}`);
    expect([second.data[0].campaign_name, second.next_cursor]).toEqual(["Campaign 0", null]);
    const offset = await names("?limit=2&offset=2");
    expect(offset.data).toEqual(second.data);
    expect((await names("?status=active")).total).toBe(0);
    for (const wrong of ["?limit=0", "?limit=101", "?status=running", "?nonsense=1"])
      expect((await call("GET", `/campaigns${wrong}`, { key })).status).toBe(422);
  });

  test("goes through its life by its verbs, and refuses what its state does not allow", async () => {
    const id = await made();
    expect((await act(id, "pause")).body.error.code).toBe("wrong_status");
    const launched = await act(id, "launch");
    expectDocumented("launchCampaign", launched);
    expect(launched.body.data).toMatchObject({ status: "active" });
    expect((await act(id, "pause")).body.data.status).toBe("paused");
    expect((await act(id, "resume")).body.data.status).toBe("active");
    const cloned = await act(id, "clone");
    expect([cloned.status, cloned.body.data.campaign_name]).toEqual([201, `Copy of ${words.campaign_name}`]);
    expect((await act(id, "cancel")).body.data.status).toBe("cancelled");
    const gone = await call("DELETE", `/campaigns/${id}`, { key });
    expect([gone.status, gone.body.error.code]).toEqual([409, "wrong_status"]);
    const draft = cloned.body.data.campaign_id;
    expect((await call("DELETE", `/campaigns/${draft}`, { key })).status).toBe(200);
    expect((await call("GET", `/campaigns/${draft}`, { key })).status).toBe(404);
  });

  test("waits for its time when it is scheduled", async () => {
    const id = await made({ schedule_type: "scheduled", scheduled_at: "2031-12-01T10:30:00+05:30" });
    const { body } = await act(id, "launch");
    expect(body.data).toMatchObject({ status: "scheduled", scheduled_at: "2031-12-01T05:00:00.000Z" });
  });

  test("needs an approver’s word where the workspace asks for one", async () => {
    const id = await made();
    const settings = await call("PATCH", "/settings", { key, body: { approval_required: true } });
    expect(settings.body.data).toMatchObject({ approval_required: true });
    const { status, body } = await act(id, "launch");
    expect([status, failureSchema.parse(body).error.code]).toEqual([409, "approval_required"]);
  });

  test("has figures from the start, each null where it is undefined", async () => {
    const id = await made();
    await act(id, "launch");
    const answer = await call("GET", `/campaigns/${id}/analytics`, { key });
    expectDocumented("getCampaignAnalytics", answer);
    expect(answer.body.data).toMatchObject({
      campaign_id: id,
      status: "active",
      total_sent: 0,
      delivery_rate: null,
      roi: null,
      channel_breakdown: [],
      customer_responses: [],
    });
    const recipients = await call("GET", `/campaigns/${id}/recipients`, { key });
    expectDocumented("listCampaignRecipients", recipients);
  });

  test("is tested to an address of one’s own", async () => {
    const id = await made();
    const nowhere = await act(id, "test");
    expect([nowhere.status, nowhere.body.error.details.field]).toEqual([422, "to"]);
    const sent = await act(id, "test", { body: { to: "me@example.test" } });
    expectDocumented("testCampaign", sent);
    expect(sent.status).toBe(202);
  });

  test("is made once for an Idempotency-Key, however often and at once it is sent", async () => {
    const headers = { "idempotency-key": "begin-1" };
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => call("POST", "/campaigns", { key, headers, body: words })),
    );
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.data?.campaign_id}`)).size).toBe(1);
    const [row] =
      await db.owner`select count(*)::int as count from campaigns where workspace_id = ${admin.workspaceId}`;
    expect(row?.count).toBe(1);
  });
});

describe("who signs in", () => {
  test("makes campaigns as themselves, and an agent makes none", async () => {
    const token = await tokenOf(db.owner, admin.workspaceId, "marketer");
    const { body } = await create({}, token);
    expect(body.data.owner_name).toBe("A marketer");
    const agent = await tokenOf(db.owner, admin.workspaceId, "agent");
    expect((await create({}, agent)).status).toBe(403);
    expect((await call("GET", "/campaigns", { key: agent })).status).toBe(403);
    const test = await act(body.data.campaign_id, "test", { key: token });
    expect([test.status, test.body.data?.channel]).toEqual([202, "email"]);
  });
});
