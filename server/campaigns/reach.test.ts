import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { suppressAddress } from "@/server/consent";
import { decide } from "@/server/deliveries/decide";
import { openFacts } from "@/server/deliveries/testing/facts";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { preflightCampaign } from "./preflight";
import type { Audience } from "./schemas";
import { type CampaignCategory, purposeOf } from "./status";
import { makeCampaign } from "./testing/arrange";

const db = await testDatabase();
let admin: Context & { userId: string };

const person = fc.record({
  name: fc.constantFrom("Asha Rao", "", "  "),
  email: fc.constantFrom(null, "", "  ", "asha", "asha@", "a b@example.test", "asha@example", "ok", "family"),
  city: fc.constantFrom(null, "Pune"),
  tier: fc.constantFrom("gold", "silver"),
  stopState: fc.constantFrom(null, null, null, "deceased", "free_look"),
  consent: fc.constantFrom(null, "granted", "granted", "granted", "withdrawn"),
  suppressed: fc.constantFrom(false, false, false, true),
  policy: fc.constantFrom(null, "2026-12-01", "undated"),
});

function addressOf(kind: string | null, index: number): string | null {
  if (kind === "family") return `Family${index % 5}@example.test`;
  return kind === "ok" ? `${index % 2 ? "Person." : "person"}${index}@Example.test` : kind;
}
const spelled = (email: string | null) => (email ?? "").trim().toLowerCase();

type Customer = (typeof people)[number];

/** 300 people drawn with a fixed seed, each combination of reasons among them. */
const people = fc.sample(person, { numRuns: 300, seed: 7 }).map((seed, index) => ({
  ...seed,
  id: newId(),
  // Some good addresses are written in capitals: the hash and the hint are of the lower case.
  email: addressOf(seed.email, index),
}));

beforeAll(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
  const workspaceId = admin.workspaceId;
  for (const { id, name, email, city, tier, stopState, consent, suppressed, policy } of people) {
    await db.owner`insert into customers ${db.owner({ id, workspace_id: workspaceId, name, email, city, tier, stop_state: stopState })}`;
    if (consent)
      for (const purpose of ["service", "promotional"])
        await db.owner`insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
          values (${workspaceId}, ${id}, 'email', ${purpose}, ${consent === "granted"})`;
    if (suppressed && email)
      await withTransaction(admin, (tx) =>
        suppressAddress(tx, admin, {
          channel: "email",
          address: email,
          reason: "unsubscribed",
          origin: "test",
        }),
      );
    if (policy)
      await db.owner`insert into policies ${db.owner({
        id: newId(),
        workspace_id: workspaceId,
        customer_id: id,
        policy_number: id,
        policy_type: "health",
        product_name: "Family Health Plus",
        status: "in_force",
        premium_micros: 1,
        currency: "INR",
        payment_mode: "yearly",
        start_date: "2025-01-01",
        renewal_date: policy === "undated" ? null : policy,
      })}`;
  }
});

/** What the sender's own decision says of one person. */
function senderRule(who: Customer, category: CampaignCategory, body: string): string | null {
  const values: Record<string, string | null> = {
    customer_name: who.name,
    city: who.city,
    policy_number: who.policy,
    renewal_date: who.policy === "undated" ? null : who.policy,
  };
  const missing = Object.keys(values).find((tag) => body.includes(`{{${tag}}}`) && !values[tag]?.trim());
  const address = spelled(who.email);
  const refusal = decide({
    ...openFacts(),
    purpose: purposeOf(category),
    stopState: who.stopState,
    address: who.email,
    suppressed: people.some((other) => other.suppressed && spelled(other.email) === address)
      ? "unsubscribed"
      : null,
    consent: who.consent && who.consent === "granted",
    hasPolicy: who.policy !== null,
    missingTag: missing ?? null,
  });
  return refusal?.verdict.reason ?? null;
}

/** True when promotion goes to another customer of the same address: one who may get it, else the one added first. */
function isBeyondFirst(who: Customer, among: Customer[], category: CampaignCategory): boolean {
  const address = spelled(who.email);
  if (address === "" || purposeOf(category) === "service") return false;
  const family = among.filter(({ email }) => spelled(email) === address);
  const place = (one: Customer) => `${one.stopState ? 1 : 0}${one.consent === "granted" ? 0 : 1}${one.id}`;
  return family.some((other) => place(other) < place(who));
}

const cases: [string, CampaignCategory, Audience, string][] = [
  ["a service message to all", "renewal_reminder", { kind: "all" }, "Hello"],
  ["a promotional message to all", "cross_sell", { kind: "all" }, "Hello {{customer_name}}"],
  [
    "a message with policy tags",
    "renewal_reminder",
    { kind: "all" },
    "{{policy_number}} on {{renewal_date}} in {{city}}",
  ],
  [
    "a fallback in the tag",
    "renewal_reminder",
    { kind: "all" },
    'Hello {{customer_name | default: "there"}}',
  ],
  ["one tier", "festival", { kind: "tier", tiers: ["gold"] }, "Hello {{city}}"],
  ["a tier that nobody has", "festival", { kind: "tier", tiers: ["platinum"] }, "Hello"],
];

test.each(cases)(
  "the pre-flight of %s equals the sender's decisions one by one",
  async (_name, category, audience, body) => {
    const id = await makeCampaign(db.owner, admin, { category, audience, body });
    const everybody = people.filter(
      (who) => audience.kind !== "tier" || audience.tiers.some((tier) => tier === who.tier),
    );
    const expected = new Map<string | null, number>();
    for (const who of everybody) {
      const beyond = isBeyondFirst(who, everybody, category);
      const rule = beyond ? "shared_address" : senderRule(who, category, body);
      expected.set(rule, (expected.get(rule) ?? 0) + 1);
    }
    const found = await preflightCampaign(admin, { id });
    expect(found.audience).toBe(everybody.length);
    expect(found.reachable).toBe(expected.get(null) ?? 0);
    expect(Object.fromEntries(found.excluded.map(({ rule, count }) => [rule, count]))).toEqual(
      Object.fromEntries([...expected].filter(([rule]) => rule !== null)),
    );
  },
);

test("the pre-flight names what is missing and which tags need a fallback", async () => {
  const body = 'Hi {{customer_name | default: "there"}}, {{city}}, {{tier}}, {{nick_name}}';
  const id = await makeCampaign(db.owner, admin, { subject: "", body, fallbacks: { tier: "valued" } });
  const found = await preflightCampaign(admin, { id });
  expect(found.problems.map(({ field }) => field)).toEqual(["subject", "body"]);
  expect(found.requiredTags).toEqual(["city"]);
});

test("another workspace's suppressions and campaigns are not read", async () => {
  const other = await makeMember(db.owner, await makeWorkspace(db.owner));
  const id = await makeCampaign(db.owner, other, { body: "Hello" });
  expect(await preflightCampaign(other, { id })).toMatchObject({ audience: 0, reachable: 0, excluded: [] });
  await expect(preflightCampaign(admin, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
