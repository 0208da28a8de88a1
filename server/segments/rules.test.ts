import { describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { problemsOf } from "./rule/check";
import type { Condition, FieldTest, Group, Rule, RuleNode, Test } from "./rule/model";
import type { Names } from "./rule/world";
import { ruleSchema } from "./schemas";
import { attributes, expected, makeTwin, selected } from "./testing/memory";

const db = await testDatabase();
// A quarter past midnight in India on 1 March 2026, still 28 February in UTC: the local day must decide.
const [clock] = await db.owner<{ offset: string }[]>`
  select (timestamptz '2026-02-28T18:45:00Z' - statement_timestamp())::text as offset`;
await db.moveClock(clock?.offset ?? "0");
const twin = await makeTwin(db.owner, {
  seed: 11,
  count: 400,
  today: "2026-03-01",
  zone: "Asia/Kolkata",
  offset: 330,
});
const [first = "", second = ""] = twin.campaigns.keys();
const [advisor = ""] = twin.advisors;

const all = (...of: RuleNode[]): Group => ({ match: "all", of });
const any = (...of: RuleNode[]): Group => ({ match: "any", of });
const none = (...of: RuleNode[]): Group => ({ match: "none", of });
const customer = (field: string, op: string, value?: unknown): Condition => ({
  on: "customer",
  field,
  op,
  value,
});
const t = (field: string, op: string, value?: unknown): FieldTest => ({ field, op, value });
const has = (on: "policy" | "payment", ...where: FieldTest[]): Condition => ({
  on,
  count: { op: "some" },
  where,
});
const did = (name: string, extra: Partial<Extract<Condition, { on: "event" }>> = {}): Condition => ({
  on: "event",
  name,
  count: { op: "some" },
  when: null,
  where: [],
  ...extra,
});
const last = (days: number): Test => ({ op: "last_days", value: days });
const campaign = (
  interaction: "sent" | "delivered" | "opened" | "clicked" | "replied" | "converted",
  extra = {},
): Condition => ({
  on: "campaign",
  interaction,
  did: true,
  campaign: null,
  when: null,
  ...extra,
});
const consent = (state: "granted" | "not_granted" | "withdrawn" | "not_asked"): Condition => ({
  on: "consent",
  channel: "whatsapp",
  purpose: "promotional",
  state,
});

const gold = await twin.addSegment(all(customer("tier", "one_of", ["gold"])));
const active = await twin.addSegment(all(has("policy", t("status", "one_of", ["in_force", "in_grace"]))));
const activeNotGold = await twin.addSegment(
  all({ on: "segment", segment: active, in: true }, { on: "segment", segment: gold, in: false }),
);

const rules: Record<string, Rule> = {
  everybody: all(),
  "tier is gold or platinum": all(customer("tier", "one_of", ["gold", "platinum"])),
  "tier is not bronze": all(customer("tier", "none_of", ["bronze"])),
  "score at least 50": all(customer("engagement_score", "gte", 50)),
  "score above 50.5": all(customer("engagement_score", "gt", 50.5)),
  "score between 1 and 50": all(customer("engagement_score", "between", [1, 50])),
  "score is not 0": all(customer("engagement_score", "ne", 0)),
  "city is pune, whatever the capitals": all(customer("city", "is", "PUNE")),
  "city is not Pune, also unknown ones": all(customer("city", "is_not", "Pune")),
  "city is one of": all(customer("city", "one_of", ["pune", "दिल्ली", "it's"])),
  "city contains a percent sign": all(customer("city", "contains", "%")),
  "city contains an underscore": all(customer("city", "contains", "_")),
  "city does not contain u": all(customer("city", "not_contains", "u")),
  "city is not known": all(customer("city", "blank")),
  "city is known": all(customer("city", "known")),
  "name begins with a quote": all(customer("name", "starts_with", 'Quote "')),
  "name ends with a backslash part": all(customer("name", "ends_with", "\\slash")),
  "name is a parameter of SQL": all(customer("name", "is", "$1::text")),
  "language is Hindi or Marathi": all(customer("language", "one_of", ["hi", "mr"])),
  "tags include any": all(customer("tags", "has_any", ["vip", "x,y"])),
  "tags include all": all(customer("tags", "has_all", ["vip", "नया"])),
  "tags include none": all(customer("tags", "has_none", ["vip", "{}"])),
  "no tags": all(customer("tags", "blank")),
  "some tag": all(customer("tags", "known")),
  "of an advisor": all(customer("advisor", "one_of", [advisor])),
  "of no advisor": all(customer("advisor", "blank")),
  stopped: all(customer("stop_state", "known")),
  "not stopped by a complaint": all(customer("stop_state", "none_of", ["open_complaint"])),
  "added in the last 7 days": all(customer("created_at", "last_days", 7)),
  "added more than 30 days ago": all(customer("created_at", "before_days", 30)),
  "added on a day": all(customer("created_at", "on", "2026-02-28")),
  "birthday today": all(customer("birth_date", "birthday_today")),
  "birthday in exactly 0 days": all(customer("birth_date", "birthday_in", 0)),
  "birthday in the next 30 days": all(customer("birth_date", "birthday_next", 30)),
  "birthday in the next year": all(customer("birth_date", "birthday_next", 365)),
  "birthday this month": all(customer("birth_date", "birthday_month")),
  "birthday in February or December": all(customer("birth_date", "birthday_months", [2, 12])),
  "born before 1990": all(customer("birth_date", "before", "1990-01-01")),
  "attribute number at least": all(customer("attribute:amount", "gte", 1.5)),
  "attribute number not equal": all(customer("attribute:amount", "ne", 12)),
  "attribute choice": all(customer("attribute:product", "one_of", ["Term Shield", "term"])),
  "attribute yes": all(customer("attribute:ok", "yes")),
  "attribute no": all(customer("attribute:ok", "no")),
  "attribute date in the next 30 days": all(customer("attribute:day", "next_days", 30)),
  "attribute date longer ago": all(customer("attribute:day", "before_days", 30)),
  "attribute anniversary in February": all(customer("attribute:day", "birthday_months", [2])),
  "attribute with an odd key": all(customer("attribute:odd key'\"\\", "contains", "O'N")),
  "attribute not known": all(customer("attribute:amount", "blank")),
  "has a policy": all(has("policy")),
  "has no policy": all({ on: "policy", count: { op: "none" }, where: [] }),
  "policy renews in 30 days": all(has("policy", t("renewal_date", "next_days", 30))),
  "policy renews in exactly 7 days": all(has("policy", t("renewal_date", "in_days", 7))),
  "policy renewed 30 days ago": all(has("policy", t("renewal_date", "days_ago", 30))),
  "policy renews this month": all(has("policy", t("renewal_date", "this_month"))),
  "policy renews next month": all(has("policy", t("renewal_date", "next_month"))),
  "one policy that is both": all(
    has(
      "policy",
      t("policy_type", "one_of", ["term"]),
      t("auto_debit", "yes"),
      t("payment_mode", "none_of", ["single"]),
    ),
  ),
  "premium of at least 12,000.50": all(has("policy", t("premium", "gte", 12_000.5))),
  "premium just under": all(has("policy", t("premium", "between", [499.98, 499.99]))),
  "sum assured not known": all(has("policy", t("sum_assured", "blank"))),
  "product contains": all(has("policy", t("product_name", "contains", "SENIOR"))),
  "policy anniversary in the next 7 days": all(has("policy", t("start_date", "birthday_next", 7))),
  "at least 2 policies": all({ on: "policy", count: { op: "at_least", n: 2 }, where: [] }),
  "at most 1 policy in force": all({
    on: "policy",
    count: { op: "at_most", n: 1 },
    where: [t("status", "one_of", ["in_force"])],
  }),
  "exactly 1 policy": all({ on: "policy", count: { op: "exactly", n: 1 }, where: [] }),
  "exactly 0 policies": all({ on: "policy", count: { op: "exactly", n: 0 }, where: [] }),
  "payment overdue": all(has("payment", t("status", "one_of", ["overdue"]))),
  "payment due in the next 7 days": all(
    has("payment", t("status", "one_of", ["due"]), t("due_date", "next_days", 7)),
  ),
  "payment failed in the last 30 days": all(
    has("payment", t("status", "one_of", ["failed"]), t("due_date", "last_days", 30)),
  ),
  "payment paid yesterday": all(has("payment", t("paid_at", "days_ago", 1))),
  did: all(did("inquiry")),
  "never did": all(did("payment_failed", { count: { op: "none" } })),
  "did twice or more": all(did("app_login", { count: { op: "at_least", n: 2 } })),
  "did at most once": all(did("app_login", { count: { op: "at_most", n: 1 } })),
  "did exactly once": all(did("app_login", { count: { op: "exactly", n: 1 } })),
  "did in the last 30 days": all(did("inquiry", { when: last(30) })),
  "did not in the last 30 days": all(did("inquiry", { count: { op: "none" }, when: last(30) })),
  "did on one day": all(did("inquiry", { when: { op: "days_ago", value: 1 } })),
  "did between two days": all(
    did("inquiry", { when: { op: "between_days", value: ["2026-01-01", "2026-02-28"] } }),
  ),
  "did before a day": all(did("inquiry", { when: { op: "before", value: "2026-02-01" } })),
  "did twice in the last 31 days": all(did("inquiry", { count: { op: "at_least", n: 2 }, when: last(31) })),
  "did with a property": all(
    did("inquiry", { where: [{ property: "product", type: "text", op: "is", value: "term shield" }] }),
  ),
  "did with two properties, in time": all(
    did("inquiry", {
      when: last(90),
      where: [
        { property: "amount", type: "number", op: "gte", value: 12 },
        { property: "odd key'\"\\", type: "text", op: "known" },
      ],
    }),
  ),
  "did something whose name looks like SQL": all(did("name'; drop")),
  "was sent a campaign": all(campaign("sent", { campaign: first })),
  "was not sent a campaign": all(campaign("sent", { campaign: first, did: false })),
  "was sent any in the last 7 days": all(campaign("sent", { when: last(7) })),
  "received but did not open": all(
    campaign("delivered", { campaign: first }),
    campaign("opened", { campaign: first, did: false }),
  ),
  "clicked in any": all(campaign("clicked")),
  "replied to the second": all(campaign("replied", { campaign: second })),
  "did not reply": all(campaign("replied", { did: false })),
  "converted after any": all(campaign("converted")),
  "converted after the first in the last 30 days": all(
    campaign("converted", { campaign: first, when: last(30) }),
  ),
  "was sent the first and did not convert after it": all(
    campaign("sent", { campaign: first }),
    campaign("converted", { campaign: first, did: false }),
  ),
  "consent granted": all(consent("granted")),
  "consent not granted": all(consent("not_granted")),
  "consent withdrawn": all(consent("withdrawn")),
  "never asked": all(consent("not_asked")),
  "reachable by mail": all({ on: "reach", channel: "email", can: true }),
  "not reachable by mail": all({ on: "reach", channel: "email", can: false }),
  "reachable by SMS": all({ on: "reach", channel: "sms", can: true }),
  "reachable by WhatsApp, where the number is not suppressed": all({
    on: "reach",
    channel: "whatsapp",
    can: true,
  }),
  "in a segment": all({ on: "segment", segment: gold, in: true }),
  "not in a segment of segments": all({ on: "segment", segment: activeNotGold, in: false }),
  "any of": any(
    customer("tier", "one_of", ["gold"]),
    has("policy", t("status", "one_of", ["lapsed"])),
    did("inquiry"),
  ),
  "none of": none(
    customer("city", "is", "pune"),
    did("inquiry"),
    has("payment", t("status", "one_of", ["overdue"])),
  ),
  "nested three deep": all(
    customer("tier", "none_of", ["bronze"]),
    any(
      has("policy", t("renewal_date", "next_days", 30)),
      none(customer("stop_state", "known"), all(did("app_login"), customer("engagement_score", "lt", 50))),
    ),
    none({ on: "segment", segment: active, in: false }),
  ),
};

const names: Names = {
  attributes,
  segments: new Map([...twin.memory.segments.keys()].map((id) => [id, id])),
  campaigns: new Map([...twin.campaigns.keys()].map((id) => [id, id])),
  advisors: new Map(twin.advisors.map((id) => [id, id])),
  currency: "INR",
  locale: "en-IN",
};

describe("a rule selects the customers that plain reading selects, in one pass and one by one", () => {
  test.each(Object.entries(rules))("%s", async (_, rule) => {
    expect(problemsOf(rule, names)).toEqual([]);
    const parsed = ruleSchema.parse(JSON.parse(JSON.stringify(rule)));
    const plain = expected(twin, rule);
    expect(await selected(twin, parsed, "many")).toEqual(plain);
    expect(await selected(twin, parsed, "few")).toEqual(plain);
  });
});

test("the table can tell: most rules select some and leave out some", () => {
  const telling = Object.values(rules).filter((rule) => {
    const size = expected(twin, rule).length;
    return size > 0 && size < twin.people.length;
  });
  expect(Object.keys(rules).length).toBeGreaterThanOrEqual(100);
  expect(telling.length / Object.keys(rules).length).toBeGreaterThan(0.95);
});
