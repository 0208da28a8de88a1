import type { Sql } from "postgres";
import { addressHash, addressHint } from "@/server/consent";
import { newId } from "@/server/platform/ids";
import type { Person } from "./people";

const micros = (amount: number): string => String(BigInt(Math.round(amount * 100)) * 10_000n);

type Rows = Record<string, unknown>[];

async function insert(owner: Sql, table: string, rows: Rows): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  for (let at = 0; at < rows.length; at += 2_000)
    await owner`insert into ${owner(table)} (${owner(columns)}) select ${owner(columns)}
      from jsonb_populate_recordset(null::${owner(table)}, ${owner.json(rows.slice(at, at + 2_000) as never)})`;
}

/** A campaign with one frozen run in the ledger; messages are written into it. */
export type StoredCampaign = { id: string; runNumber: number; part: number; sent: number };

/** Stores a campaign with an active run and no messages yet. */
export async function storeCampaign(owner: Sql, workspaceId: string): Promise<StoredCampaign> {
  const id = newId();
  await owner`insert into campaigns (id, workspace_id, name, type, goal, category, owner_id)
    values (${id}, ${workspaceId}, ${`Campaign ${id}`}, 'retention', 'engagement', 'newsletter', ${newId()})`;
  const [run] = await owner<{ part: number; number: number }[]>`
    insert into campaign_runs (id, workspace_id, campaign_id, slot, part, status, content)
    values (${newId()}, ${workspaceId}, ${id}, 'launch', shared_ledger_part(clock_now()), 'active', '{}')
    returning part, number::int as number`;
  if (!run) throw new Error("no run");
  return { id, runNumber: run.number, part: run.part, sent: 0 };
}

/** Writes people as rows, and their event stats as the intake would keep them. */
export async function storePeople(
  owner: Sql,
  workspaceId: string,
  people: readonly Person[],
  campaigns: ReadonlyMap<string, StoredCampaign>,
): Promise<void> {
  const of = (make: (person: Person) => Rows): Rows =>
    people.flatMap((person) => make(person).map((row) => ({ workspace_id: workspaceId, ...row })));
  await insert(
    owner,
    "customers",
    of(({ id, fields }) => [
      {
        id,
        external_id: fields.externalId,
        name: fields.name,
        phone: fields.phone,
        email: fields.email,
        language: fields.language,
        city: fields.city,
        tier: fields.tier,
        engagement_score: fields.score,
        birth_date: fields.birthDate,
        stop_state: fields.stopState,
        advisor_id: fields.advisorId,
        tags: fields.tags,
        attributes: fields.attributes,
        created_at: fields.createdAt,
        updated_at: fields.createdAt,
      },
    ]),
  );
  await insert(owner, "policies", of(policyRows));
  await insert(owner, "premium_payments", of(paymentRows));
  await insert(
    owner,
    "customer_events",
    of(({ id, events }) =>
      events.map(({ name, at, properties }) => ({
        id: newId(),
        customer_id: id,
        name,
        properties,
        occurred_at: at,
        received_at: at,
      })),
    ),
  );
  await insert(
    owner,
    "consent_states",
    of(({ id, consents }) =>
      consents.map((entry) => ({ customer_id: id, ...entry, at: "2026-01-01T00:00:00Z" })),
    ),
  );
  await insert(
    owner,
    "conversions",
    of(({ id, conversions }) =>
      conversions.map(({ campaign, counts, at }) => ({
        id: newId(),
        customer_id: id,
        source: "api",
        currency: "INR",
        value_micros: 0,
        auto_debit: false,
        campaign_id: campaign,
        run_number: campaign && (campaigns.get(campaign)?.runNumber ?? null),
        touches: [],
        discounted_for: counts ? null : "mistake",
        occurred_at: at,
        received_at: at,
      })),
    ),
  );
  await storeMessages(owner, workspaceId, people, campaigns);
  await countEvents(owner, workspaceId);
}

const policyRows = ({ id, policies }: Person): Rows =>
  policies.map((policy) => ({
    id: policy.id,
    customer_id: id,
    policy_number: policy.id,
    policy_type: policy.type,
    product_name: policy.product,
    status: policy.status,
    premium_micros: micros(policy.premium),
    sum_assured_micros: policy.sumAssured === null ? null : micros(policy.sumAssured),
    currency: "INR",
    payment_mode: policy.mode,
    auto_debit: policy.autoDebit,
    start_date: policy.startDate,
    renewal_date: policy.renewalDate,
    grace_days: 30,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
  }));

const paymentRows = ({ id, payments }: Person): Rows =>
  payments.map((payment) => ({
    id: newId(),
    policy_id: payment.policy,
    customer_id: id,
    due_date: payment.dueDate,
    amount_micros: micros(payment.amount),
    currency: "INR",
    status: payment.status,
    paid_at: payment.paidAt,
  }));

async function storeMessages(
  owner: Sql,
  workspaceId: string,
  people: readonly Person[],
  campaigns: ReadonlyMap<string, StoredCampaign>,
): Promise<void> {
  const tables: Record<"executions" | "execution_results" | "delivery_events", Rows> = {
    executions: [],
    execution_results: [],
    delivery_events: [],
  };
  for (const { id, messages } of people)
    for (const message of messages) {
      const campaign = campaigns.get(message.campaign);
      if (!campaign) throw new Error("no such campaign");
      campaign.sent++;
      const key = {
        workspace_id: workspaceId,
        part: campaign.part,
        run_number: campaign.runNumber,
        seq: campaign.sent,
      };
      tables.executions.push({
        ...key,
        customer_id: id,
        occurrence: "",
        step: 0,
        variant: 0,
        channel: "email",
        arm: "treated",
      });
      for (const [batch, { state, at }] of message.results.entries())
        tables.execution_results.push({ ...key, batch_number: batch + 1, state, at });
      for (const { kind, machine, at } of message.reports)
        tables.delivery_events.push({
          ...key,
          dedupe_key: `${kind} ${at}`,
          kind,
          machine,
          first: false,
          detail: {},
          occurred_at: at,
          received_at: at,
        });
    }
  for (const [table, rows] of Object.entries(tables)) await insert(owner, table, rows);
}

/** Counts every event again into the roll-up that rules read. */
export async function countEvents(owner: Sql, workspaceId: string): Promise<void> {
  await owner`delete from customer_event_stats where workspace_id = ${workspaceId}`;
  await owner`insert into customer_event_stats (workspace_id, customer_id, name, count, first_at, last_at)
    select workspace_id, customer_id, name, count(*), min(occurred_at), max(occurred_at) from customer_events
    where workspace_id = ${workspaceId} group by 1, 2, 3`;
}

/** Suppresses addresses, and marks the people who have one of them. */
export async function suppress(
  owner: Sql,
  workspaceId: string,
  people: readonly Person[],
  { channel, address }: { channel: "email" | "sms" | "whatsapp"; address: string },
): Promise<void> {
  await owner`insert into suppressions (id, workspace_id, channel, address_hash, address_hint, reason, origin)
    values (${newId()}, ${workspaceId}, ${channel}, ${addressHash(channel, address)}, ${addressHint(channel, address)},
      'complaint', 'test')`;
  const spelled = (text: string | null) => text?.trim().toLowerCase();
  for (const person of people) {
    const mine = channel === "email" ? person.fields.email : person.fields.phone;
    if (spelled(mine) === spelled(address)) person.suppressed.push(channel);
  }
}
