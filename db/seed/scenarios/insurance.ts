import postgres, { type Sql } from "postgres";
import { hashPassword } from "@/server/auth/password";
import { usualScript } from "@/server/channels/sandbox/schemas";
import { instantOn } from "../days";
import { seedId } from "../ids";
import { insertRows, type SeedRow } from "../insert";
import { createRandom, type Random } from "../random";
import { makeAttributeRows } from "./insurance/attributes";
import { makeCallbackRows } from "./insurance/callbacks";
import { makeCampaignRows } from "./insurance/campaign";
import { makeConsentRows } from "./insurance/consents";
import { makeCustomerRows, type SeedCustomer } from "./insurance/customers";
import { makeEventRows, makeEventStatRows, scoreEngagement } from "./insurance/events";
import { makeMemberRows } from "./insurance/members";
import { makeNoteRows } from "./insurance/notes";
import { makePaymentRows } from "./insurance/payments";
import { makePolicyRows } from "./insurance/policies";
import { makeReplyRows } from "./insurance/replies";
import { makeSegmentRows } from "./insurance/segments";
import { addTags } from "./insurance/tags";
import { makeTemplateLinkRows } from "./insurance/template-links";
import { makeDltRows, makeWhatsAppTemplateRows } from "./insurance/templates";

export type SeedOptions = {
  /** Address of the database as its owner. */
  url: string;
  /** How many customers; 5,000 unless given. */
  customers?: number;
  /** The day that dates are relative to, `YYYY-MM-DD`; today in India by the database's clock unless given. */
  today?: string;
};

export type SeedSummary = {
  workspaceId: string;
  /** False when the workspace was there already; then nothing was written. */
  created: boolean;
  /** Table → rows written. */
  rows: Record<string, number>;
};

export const INSURANCE_SLUG = "demo";
const SEED = 20_261_101;
/** One customer in this many is in an advisor's book. */
const BOOK_EVERY = 9;

/**
 * Writes the demo workspace "Suraksha Insurance Advisors": people, customers, policies, payments, a year of events,
 * consents, suppressed addresses, notes, replies, a live callback queue, WhatsApp templates, a DLT registry and two drafts of campaigns. One transaction: all of it or nothing.
 * Deterministic for a given day and size (password hashes apart). Does nothing when the workspace exists.
 */
export async function seedInsurance(options: SeedOptions): Promise<SeedSummary> {
  const owner = postgres(options.url, { max: 1, onnotice: () => {} });
  try {
    const summary = await owner.begin((tx) => seedOnce(tx as unknown as Sql, options));
    // Without statistics, the first look at the segments would be planned as if all tables were empty.
    if (summary.created) await owner`analyze`;
    return summary;
  } finally {
    await owner.end({ timeout: 5 });
  }
}

async function seedOnce(sql: Sql, options: SeedOptions): Promise<SeedSummary> {
  // Two starts at once: the second waits, then finds the workspace.
  await sql`select pg_advisory_xact_lock(hashtext('ringback.seed'))`;
  const [existing] = await sql<{ id: string }[]>`select id from workspaces where slug = ${INSURANCE_SLUG}`;
  if (existing) return { workspaceId: existing.id, created: false, rows: {} };
  const [clock] = await sql<{ today: string; now: Date }[]>`
    select coalesce(${options.today ?? null}::date, (clock_now() at time zone 'Asia/Kolkata')::date)::text as today,
      coalesce((${options.today ?? null}::date + time '15:00') at time zone 'Asia/Kolkata', clock_now()) as now`;
  if (!clock) throw new Error("the database gave no date");
  const workspaceId = seedId("insurance/workspaces", 0);
  const tables = await makeTables(
    { workspaceId, now: clock.now.getTime() },
    clock.today,
    options.customers ?? 5_000,
  );
  const rows: Record<string, number> = {};
  for (const [table, content] of tables) rows[table] = await insertRows(sql, table, content);
  // The demo's customers read, click and answer by themselves, so that the first campaign shows what campaigns are for.
  await sql`
    update channel_accounts set config = ${sql.json(usualScript)}
    where workspace_id = ${workspaceId} and provider = 'sandbox'`;
  return { workspaceId, created: true, rows };
}

async function makeTables(
  { workspaceId, now }: { workspaceId: string; now: number },
  today: string,
  count: number,
): Promise<[table: string, rows: SeedRow[]][]> {
  const random = createRandom(SEED);
  const context = { workspaceId, today };
  const members = await makeMemberRows(hashPassword, context);
  const customers = makeCustomerRows(random, count, context);
  const policies = makePolicyRows(random, customers, today);
  const payments = makePaymentRows(random, policies, today);
  const events = makeEventRows(random, { customers, policies, payments, today, now });
  fillBooks(random, customers, members.advisorIds);
  addTags(createRandom(SEED + 1), { customers, policies, today });
  const { agents, advisors } = members;
  const staff = [...agents, ...advisors.values()];
  const told = createRandom(SEED + 2);
  const consent = makeConsentRows({ random, told }, { customers, policies, today, staff });
  const replies = makeReplyRows(createRandom(SEED + 3), { customers, consents: consent.consents, today });
  const notes = makeNoteRows(createRandom(SEED + 4), {
    customers,
    policies,
    payments,
    today,
    agents,
    advisors,
  });
  const callbacks = makeCallbackRows({
    random: createRandom(SEED + 5),
    customers,
    agentIds: members.memberships.filter(({ role }) => role === "agent").map(({ id }) => String(id)),
    workspaceId,
    now,
  });
  scoreEngagement(customers, { events, consents: consent.consents, replies, today });
  const workspace = {
    id: workspaceId,
    name: "Suraksha Insurance Advisors",
    slug: INSURANCE_SLUG,
    time_zone: "Asia/Kolkata",
    locale: "en-IN",
    currency: "INR",
    is_demo: true,
    approval_required: false,
    created_at: instantOn(today, -5 * 365 * 1_440),
  };
  return [
    ["workspaces", [workspace]],
    ["users", members.users],
    ["memberships", members.memberships],
    ["teams", members.teams],
    ["team_members", members.teamMembers],
    ["attribute_definitions", makeAttributeRows(context)],
    ["customers", customers],
    ["policies", policies],
    ["premium_payments", payments],
    ["customer_events", events],
    ["customer_event_stats", makeEventStatRows(events)],
    ["consents", consent.consents],
    ["consent_states", consent.states],
    ["suppressions", consent.suppressions],
    ["customer_notes", notes],
    ["responses", replies],
    ["segments", makeSegmentRows({ ...context, ownerId: members.ownerUserId })],
    ["whatsapp_templates", makeWhatsAppTemplateRows(context)],
    ["dlt_templates", makeDltRows(context)],
    ["campaigns", makeCampaignRows({ ...context, ownerId: members.ownerUserId })],
    ["template_links", makeTemplateLinkRows(context)],
    ...callbacks,
  ];
}

/** Half of the books' customers go to the first advisor, who can sign in. */
function fillBooks(random: Random, customers: SeedCustomer[], advisorIds: string[]): void {
  const [first] = advisorIds;
  if (!first) return;
  for (const [index, customer] of customers.entries())
    if (index % BOOK_EVERY === 0)
      customer.advisor_id = random.chance(0.5) ? first : random.pick(advisorIds.slice(1));
}
