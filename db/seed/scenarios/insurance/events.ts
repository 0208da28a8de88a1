import { type EngagementPartKey, engagementScore, partOfEvent } from "@/server/engagement/formula";
import { addDays, instantOn } from "../../days";
import { seedId } from "../../ids";
import type { SeedRow } from "../../insert";
import type { Random } from "../../random";
import type { SeedCustomer } from "./customers";
import type { SeedPayment } from "./payments";
import type { SeedPolicy } from "./policies";
import type { SeedReply } from "./replies";

export type SeedEvent = SeedRow & { customer_id: string; name: string; occurred_at: string };

const browsing = {
  app_login: 38,
  website_visit: 24,
  inquiry: 10,
  quote_requested: 8,
  document_uploaded: 6,
  claim_filed: 4,
  address_changed: 3,
  nominee_changed: 2,
};

const detail: Record<string, (random: Random) => Record<string, string | number>> = {
  app_login: (random) => ({ device: random.pick(["android", "ios"]) }),
  website_visit: (random) => ({ page: random.pick(["/renew", "/health", "/term", "/claims", "/contact"]) }),
  inquiry: (random) => ({ product: random.pick(["term", "health", "motor", "ulip"]), via: "website" }),
  quote_requested: (random) => ({ product: random.pick(["term", "health", "motor"]) }),
  document_uploaded: (random) => ({ document: random.pick(["pan", "aadhaar", "bank statement"]) }),
  claim_filed: (random) => ({ claim: `CLM${random.int(100_000, 999_999)}` }),
};

type Source = {
  customers: SeedCustomer[];
  policies: SeedPolicy[];
  payments: SeedPayment[];
  today: string;
  /** Milliseconds since the epoch; nothing has happened later. */
  now: number;
};

/** What happened to each customer in the year before now: purchases and payments as booked, visits and questions. */
export function makeEventRows(random: Random, source: Source): SeedEvent[] {
  const rows: SeedEvent[] = [];
  const yearAgo = addDays(source.today, -365);
  const latest = new Date(source.now).toISOString();
  const push = (customer: SeedRow, event: { name: string; at: string; properties: SeedRow }) => {
    if (event.at > latest) return;
    rows.push({
      id: seedId("insurance/events", rows.length),
      workspace_id: customer.workspace_id ?? null,
      customer_id: String(customer.customer_id ?? customer.id),
      source_id: `seed-${rows.length}`,
      name: event.name,
      properties: event.properties,
      occurred_at: event.at,
      received_at: event.at,
    });
  };
  for (const policy of source.policies)
    if (policy.start_date >= yearAgo)
      push(policy, {
        name: "policy_purchased",
        at: instantOn(policy.start_date, 30),
        properties: { policy_number: policy.policy_number ?? null, product: policy.product_name },
      });
  for (const payment of source.payments) {
    if (payment.due_date < yearAgo) continue;
    const properties = { amount: payment.amount_micros / 1_000_000, currency: "INR" };
    if (payment.status === "paid")
      push(payment, { name: "payment_received", at: String(payment.paid_at), properties });
    if (payment.status === "failed")
      push(payment, { name: "payment_failed", at: instantOn(payment.due_date, 60), properties });
  }
  for (const customer of source.customers) {
    if (customer.stop_state === "deceased") continue;
    const count = random.chance(0.22) ? 0 : random.int(1, 7);
    for (let nth = 0; nth < count; nth++) {
      const name = random.weighted(browsing);
      const at = instantOn(addDays(source.today, -random.int(0, 364)), random.int(-200, 500));
      push(customer, { name, at, properties: detail[name]?.(random) ?? {} });
    }
  }
  return rows;
}

/** The roll-up of the events, as the ingest keeps it. */
export function makeEventStatRows(events: SeedEvent[]): SeedRow[] {
  const stats = new Map<string, SeedRow & { count: number; first_at: string; last_at: string }>();
  for (const { workspace_id, customer_id, name, occurred_at } of events) {
    const key = `${customer_id} ${name}`;
    const before = stats.get(key);
    stats.set(key, {
      workspace_id: workspace_id ?? null,
      customer_id,
      name,
      count: (before?.count ?? 0) + 1,
      first_at: before && before.first_at < occurred_at ? before.first_at : occurred_at,
      last_at: before && before.last_at > occurred_at ? before.last_at : occurred_at,
    });
  }
  return [...stats.values()];
}

/** The scores that the product counts from the same rows (`server/engagement`), so that they stand there from the first minute. */
export function scoreEngagement(
  customers: SeedCustomer[],
  source: { events: SeedEvent[]; consents: SeedRow[]; replies: SeedReply[]; today: string },
): void {
  const days = new Map<string, Partial<Record<EngagementPartKey, Set<string>>>>();
  const add = (customer: unknown, part: EngagementPartKey | undefined, at: unknown) => {
    if (!part) return;
    const mine = days.get(String(customer)) ?? {};
    days.set(String(customer), { ...mine, [part]: (mine[part] ?? new Set()).add(dayInIndia(String(at))) });
  };
  // Paid premiums stand among the events, on the same days.
  for (const { customer_id, name, occurred_at } of source.events)
    add(customer_id, partOfEvent[name], occurred_at);
  for (const { customer_id, action, purpose, at } of source.consents)
    if (action === "withdrawn" && purpose === "promotional") add(customer_id, "optOuts", at);
  for (const { customer_id, class: meant, received_at } of source.replies)
    if (meant !== "auto_reply" && meant !== "unsubscribe")
      add(customer_id, meant === "complaint" ? "complaints" : "replies", received_at);
  for (const customer of customers) {
    const mine = Object.entries(days.get(customer.id) ?? {}).map(([part, set]) => [part, [...set]]);
    customer.engagement_score = engagementScore(Object.fromEntries(mine), source.today);
  }
}

const dayInIndia = (instant: string): string =>
  new Date(Date.parse(instant) + 330 * 60_000).toISOString().slice(0, 10);
