import { expect, test } from "@playwright/test";
import postgres, { type Sql } from "postgres";
import { env } from "../env";
import { type ExecutionKey, encodePublicId } from "../server/deliveries/public-id";
import { loadSecrets } from "../server/platform/installation";
import { type MailSink, startMailSink } from "./fixtures/mail-sink";
import { type Product, startProduct } from "./fixtures/product";

const AUDIENCE = 20_000;
/** How many messages a provider has when a process is killed, and which one. */
const KILLS = [
  [2_000, "worker"],
  [6_000, "engine"],
  [9_000, "web"],
  [12_000, "postgres"],
  [16_000, "worker"],
] as const;

let sink: MailSink;
let product: Product;
let sql: Sql;

test.beforeAll(async () => {
  sink = await startMailSink();
  product = await startProduct({ SMTP_URL: sink.url }, ["--no-demo"]);
  env.RINGBACK_SECRET = loadSecrets(product.dataDir).RINGBACK_SECRET;
  sql = postgres(product.databaseUrl(), { max: 1, onnotice: () => {} });
});

test.afterAll(async () => {
  await sql?.end({ timeout: 5 });
  await product?.stop();
  await sink?.close();
});

test("a campaign reaches every customer exactly once or lists them as unknown while every process is killed in turn", async () => {
  test.setTimeout(600_000);
  const campaignId = await arrange();
  await product.ringback("campaign", "launch", campaignId);

  for (const [after, victim] of KILLS) {
    await expect
      .poll(() => sink.accepted.size, { timeout: 240_000, intervals: [20] })
      .toBeGreaterThanOrEqual(after);
    process.kill(product.pid(victim), "SIGKILL");
  }
  await expect.poll(() => runStatus(campaignId), { timeout: 300_000, intervals: [500] }).toBe("completed");

  const rows = await ledger(campaignId);
  const ids = (state: string) =>
    new Set(rows.filter((row) => row.state === state).map((row) => encodePublicId(row)));
  const [delivered, unknown] = [ids("delivered"), ids("unknown")];
  const twice = [...sink.accepted].filter(([, times]) => times > 1);
  expect(rows).toHaveLength(AUDIENCE);
  expect(twice, "nobody got it twice").toEqual([]);
  expect(delivered.size + unknown.size, "everybody is delivered or unknown").toBe(AUDIENCE);
  expect(
    [...delivered].filter((id) => !sink.accepted.has(id)),
    "what is called delivered was accepted",
  ).toEqual([]);
  expect(
    [...sink.accepted.keys()].filter((id) => !delivered.has(id) && !unknown.has(id)),
    "what was accepted is known or listed",
  ).toEqual([]);
  // At most one message for each open connection and kill is uncertain (RFC 1047); the worker was killed twice, Postgres once.
  expect(unknown.size).toBeLessThanOrEqual(3 * 10);
});

/** A workspace of its own (the demo's messages never leave the machine) with an audience and a draft. */
async function arrange(): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    with workspace as (
      insert into workspaces (id, name, slug) values (gen_random_uuid(), 'Kill test', 'kill-test') returning id),
    owner as (
      insert into users (id, name) values (gen_random_uuid(), 'Owner') returning id),
    audience as (
      insert into customers (id, workspace_id, external_id, name, email)
      select gen_random_uuid(), workspace.id, n::text, 'Customer ' || n, 'customer' || n || '@example.test'
      from workspace, generate_series(1, ${AUDIENCE}) n returning id, workspace_id),
    consents as (
      insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
      select workspace_id, id, 'email', 'service', true from audience)
    insert into campaigns (id, workspace_id, name, type, goal, category, bodies, owner_id)
    select gen_random_uuid(), workspace.id, 'Twenty thousand', 'retention', 'renewal_rate', 'renewal_reminder',
      jsonb_build_object('email', jsonb_build_object('en', jsonb_build_object('subject', 'Your renewal', 'preheader', '',
        'body', 'Dear {{customer_name}}, your policy is due. [Renew](https://example.com/renew)'))), owner.id
    from workspace, owner returning id`;
  if (!row) throw new Error("nothing was arranged");
  return row.id;
}

/** The run's status; null while the database is away. */
async function runStatus(campaignId: string): Promise<string | null> {
  const rows = await sql<
    { status: string }[]
  >`select status from campaign_runs where campaign_id = ${campaignId}`.catch(() => []);
  return rows[0]?.status ?? null;
}

/** Every execution with the state that its own results give. */
function ledger(campaignId: string): Promise<(ExecutionKey & { state: string })[]> {
  return sql<(ExecutionKey & { state: string })[]>`
    select e.part, e.run_number::int as "runNumber", e.seq,
      (select r.state from execution_results r
       where r.part = e.part and r.run_number = e.run_number and r.seq = e.seq order by r.batch_number desc limit 1) as state
    from executions e join campaign_runs c on c.number = e.run_number where c.campaign_id = ${campaignId}`;
}
