import type { Sql } from "postgres";
import type { Random } from "@/db/seed/random";
import { newId } from "@/server/platform/ids";
import type { StoredCampaign } from "@/server/segments/testing/store";
import { type EngagementPartKey, engagementPartKeys, engagementScore } from "../formula";

/** Something that happened to a customer, written down as a row of the table where the product keeps it. */
export type Happening = {
  table: "customer_events" | "premium_payments" | "delivery_events" | "responses" | "consents";
  /** The event's name, the payment's status, the report's kind, the reply's class, the consent's action. */
  what: string;
  at: string;
  /** The machine's open; a service consent; an import that was taken back: things that must not count. */
  discounted: boolean;
};
export type Life = { id: string; happenings: Happening[] };

const kinds: Record<Happening["table"], readonly string[]> = {
  customer_events: [
    "payment_received",
    "policy_purchased",
    "inquiry",
    "quote_requested",
    "website_visit",
    "app_login",
    "document_uploaded",
    "complaint",
    "claim_filed",
    "address_changed",
  ],
  premium_payments: ["paid", "paid", "failed"],
  delivery_events: ["opened", "read", "clicked", "complained", "delivered", "replied", "bounced"],
  responses: [
    "interested",
    "question",
    "complaint",
    "unsubscribe",
    "callback_request",
    "other",
    "auto_reply",
  ],
  consents: ["withdrawn", "withdrawn", "granted"],
};

/** The calendar day on which an instant falls in a zone. */
const localDay = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
    new Date(instant),
  );

const HOUR = 3_600_000;

/** Something that happened to a customer at or before `now`. */
export function randomHappening(random: Random, now: string): Happening {
  const table = random.pick(Object.keys(kinds) as Happening["table"][]);
  // Mostly lately, now and then years ago; often around midnight.
  const hours = random.chance(0.8) ? random.int(0, 24 * 90) : random.int(0, 24 * 4_200);
  return {
    table,
    what: random.pick(kinds[table]),
    at: new Date(Date.parse(now) - hours * HOUR - random.int(0, 1) * 1_000).toISOString(),
    discounted: random.chance(0.25),
  };
}

/** What a reader of the written formula says, table by table; null where it does not count. */
function partOf({ table, what, discounted }: Happening): EngagementPartKey | null {
  if (table === "customer_events") {
    if (what === "payment_received" || what === "policy_purchased") return "payments";
    if (what === "inquiry" || what === "quote_requested") return "interest";
    if (["website_visit", "app_login", "document_uploaded"].includes(what)) return "activity";
    return what === "complaint" ? "complaints" : null;
  }
  if (table === "premium_payments") return what === "paid" ? "payments" : null;
  if (table === "responses") {
    if (what === "unsubscribe" || what === "auto_reply") return null;
    return what === "complaint" ? "complaints" : "replies";
  }
  if (discounted) return null;
  if (table === "consents") return what === "withdrawn" ? "optOuts" : null;
  if (what === "opened" || what === "read") return "opens";
  if (what === "clicked") return "clicks";
  return what === "complained" ? "complaints" : null;
}

/** The score by plain reading. */
export function plainScore({ happenings }: Life, on: string, zone: string): number {
  const days = Object.fromEntries(
    engagementPartKeys.map((key) => {
      const mine = happenings.filter((one) => partOf(one) === key);
      return [key, [...new Set(mine.map(({ at }) => localDay(at, zone)))]];
    }),
  );
  return engagementScore(days, on);
}

/** Writes one happening as the row that the product would keep. */
export async function store(
  owner: Sql,
  scope: { workspaceId: string; customerId: string; ledger: StoredCampaign },
  { table, what, at, discounted }: Happening,
): Promise<void> {
  const { workspaceId, customerId, ledger } = scope;
  const id = newId();
  if (table === "customer_events")
    await owner`insert into customer_events (id, workspace_id, customer_id, name, occurred_at)
      values (${id}, ${workspaceId}, ${customerId}, ${what}, ${at})`;
  if (table === "premium_payments") {
    await owner`insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status,
        premium_micros, currency, payment_mode)
      values (${id}, ${workspaceId}, ${customerId}, ${id}, 'term', 'Term', 'in_force', 1, 'INR', 'yearly')`;
    await owner`insert into premium_payments (id, workspace_id, policy_id, customer_id, due_date, amount_micros, currency,
        status, paid_at)
      values (${newId()}, ${workspaceId}, ${id}, ${customerId}, ${at.slice(0, 10)}, 1, 'INR', ${what}, ${at})`;
  }
  if (table === "responses")
    await owner`insert into responses (id, workspace_id, customer_id, channel, text, class, classified_by, source_id,
        received_at)
      values (${id}, ${workspaceId}, ${customerId}, 'email', '', ${what}, 'test', ${id}, ${at})`;
  if (table === "consents")
    await owner`insert into consents (id, workspace_id, customer_id, channel, purpose, action, source, at)
      values (${id}, ${workspaceId}, ${customerId}, 'email', 'promotional', ${what},
        ${discounted ? "import undone" : "staff"}, ${at})`;
  if (table === "delivery_events") {
    const key = { part: ledger.part, run_number: ledger.runNumber, seq: ++ledger.sent };
    await owner`insert into executions ${owner({ ...key, workspace_id: workspaceId, customer_id: customerId, occurrence: id, channel: "email" })}`;
    await owner`insert into delivery_events ${owner({ ...key, workspace_id: workspaceId, dedupe_key: id, kind: what, machine: discounted, occurred_at: at })}`;
  }
}
