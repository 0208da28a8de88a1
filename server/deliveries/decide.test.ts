import { describe, expect, test } from "vitest";
import { decide, type Facts, rules } from "./decide";
import { openFacts } from "./testing/facts";

const asked = (given: Partial<Facts>) => decide(openFacts(given));
const reason = (given: Partial<Facts>) => asked(given)?.verdict.reason ?? null;

test("the rules stand in the order of delivery.md, and each reason has one rule", () => {
  expect(rules.map(({ name }) => name)).toEqual([
    "sending",
    "customer_exists",
    "stop_state",
    "address",
    "suppression",
    "consent",
    "audience",
    "frequency",
    "quiet_hours",
    "budget",
    "tags",
    "payments",
    "channel_rules",
  ]);
  const reasons = rules.flatMap((rule) => rule.reasons);
  expect(new Set(reasons).size).toBe(reasons.length);
});

test("nothing says no when nothing stands in the way", () => {
  expect(asked({})).toBeNull();
});

/** Facts that one rule refuses, in the order of the rules. */
const refused: [string, Partial<Facts>][] = [
  ["account_paused", { sending: { stopped: false, account: { name: "SMTP", active: false } } }],
  ["customer_erased", { customerExists: false }],
  ["stop_state", { purpose: "promotional", stopState: "death_claim" }],
  ["invalid_address", { channel: "sms", address: "+911600123456" }],
  ["suppressed", { suppressed: "hard_bounce" }],
  ["no_consent", { consent: false }],
  ["left_audience", { inAudience: false }],
  ["capped", { cap: { most: 2, days: 7, had: 2 } }],
  ["quiet_hours", { hours: { closed: true, opensAt: new Date(0), words: "10:00 to 21:00 in IN" } }],
  ["over_budget", { budget: { left: 114_999n, price: 115_000n, currency: "INR" } }],
  ["missing_tag", { missingTag: "premium_amount" }],
  ["payments_stale", { payments: { ageHours: 24.1, most: 24, lookAgainAt: new Date(0) } }],
  ["no_one_click", { content: { channel: "email", promotional: true, oneClick: false } }],
];

test.each(refused)("%s is given by its own rule, whatever the later ones would say", (expected, facts) => {
  const at = refused.findIndex(([name]) => name === expected);
  const later = Object.assign({}, ...refused.slice(at + 1).map(([, given]) => given));
  expect(reason({ ...later, ...facts })).toBe(expected);
});

describe("a service message", () => {
  test("goes to somebody whom promotion may not reach, and after an opt-out from promotion", () => {
    expect(reason({ stopState: "open_complaint" })).toBeNull();
    expect(reason({ suppressed: "unsubscribed" })).toBeNull();
    expect(reason({ consent: null, hasPolicy: true })).toBeNull();
    expect(reason({ consent: null, hasPolicy: false })).toBe("no_consent");
  });

  test("goes once for a policy and day", () => {
    expect(reason({ sameDay: { most: 1, had: 0 } })).toBeNull();
    expect(reason({ sameDay: { most: 1, had: 1 } })).toBe("same_day");
  });
});

test("a cap, a budget and the payments' age count to the last unit", () => {
  expect(reason({ cap: { most: 2, days: 7, had: 1 } })).toBeNull();
  expect(reason({ budget: { left: 115_000n, price: 115_000n, currency: "INR" } })).toBeNull();
  expect(reason({ payments: { ageHours: 24, most: 24, lookAgainAt: new Date(0) } })).toBeNull();
});

test("quiet hours hold until they end; a stop holds until a person lets go", () => {
  const opensAt = new Date("2026-11-26T04:30:00Z");
  expect(asked({ hours: { closed: true, opensAt, words: "" } })?.verdict).toMatchObject({
    answer: "hold",
    until: opensAt,
  });
  expect(
    asked({ sending: { stopped: true, account: { name: "SMTP", active: true } } })?.verdict,
  ).toMatchObject({ answer: "hold", reason: "sending_stopped", until: null });
});

test("a fall-back rests when the message before it was received after all", () => {
  expect([reason({ received: true }), reason({ received: false })]).toEqual(["received", null]);
});

describe("the rules of the channels", () => {
  const template = (approval: string) => ({ name: "renewal", approval });
  const whatsapp = (given: {
    template?: ReturnType<typeof template> | null;
    lastReplyHours?: number | null;
  }) =>
    reason({
      channel: "whatsapp",
      address: "+919876543210",
      content: { channel: "whatsapp", template: null, lastReplyHours: null, ...given },
    });

  test("WhatsApp takes an approved template at any time, and free text for 24 hours after a reply", () => {
    expect(whatsapp({ template: template("approved") })).toBeNull();
    expect(whatsapp({ template: template("paused"), lastReplyHours: 1 })).toBe("no_template");
    expect(whatsapp({ lastReplyHours: 23.99 })).toBeNull();
    expect([whatsapp({ lastReplyHours: 24 }), whatsapp({})]).toEqual(["no_template", "no_template"]);
  });

  test("an Indian number gets registered texts only", () => {
    const sms = (country: string | null, registered: boolean) =>
      reason({ channel: "sms", address: "+919876543210", content: { channel: "sms", country, registered } });
    expect([sms("IN", true), sms("IN", false), sms("US", false)]).toEqual([null, "no_registration", null]);
  });

  test("promotion by e-mail needs its one-click way out, service mail does not", () => {
    const mail = (promotional: boolean, oneClick: boolean) =>
      reason({ content: { channel: "email", promotional, oneClick } });
    expect([mail(true, true), mail(true, false), mail(false, false)]).toEqual([null, "no_one_click", null]);
  });
});
