import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { readAttributes } from "@/server/attributes";
import { addressHash } from "@/server/consent";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import type { PaymentStatus, PolicyStatus } from "@/server/policies/status";
import { readMessages } from "./messages";
import type { StopState, Tier } from "./schemas";
import { inScope } from "./scope";
import { customerReaders } from "./status";

type Profile = {
  id: string;
  externalId: string | null;
  name: string;
  phone: string | null;
  email: string | null;
  language: string;
  timeZone: string | null;
  city: string | null;
  tier: Tier;
  engagementScore: number;
  birthDate: string | null;
  stopState: StopState | null;
  advisorName: string | null;
  attributes: Record<string, string | number | boolean | null>;
  createdAt: string;
  updatedAt: string;
};

type Policy = {
  id: string;
  policyNumber: string;
  policyType: string;
  productName: string;
  status: PolicyStatus;
  /** Micro-units as text: exact however large. */
  premium: string;
  currency: string;
  paymentMode: string;
  renewalDate: string | null;
};

type Payment = {
  id: string;
  policyNumber: string;
  dueDate: string;
  amount: string;
  currency: string;
  status: PaymentStatus;
};

type Happening = {
  id: string;
  name: string;
  properties: Record<string, string | number | boolean | null>;
  occurredAt: string;
};

type Consent = { channel: string; purpose: string; granted: boolean; source: string | null; at: string };

const iso = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);

/**
 * One customer on one screen: profile, policies, payments, the latest events, consents and messages. Instants are ISO text.
 * @throws AppError FORBIDDEN, NOT_FOUND (also for an advisor, outside of the own book)
 */
export async function getCustomer(ctx: Context, input: { customerId: string }) {
  requireRole(ctx, ...customerReaders);
  const id = parseId(input.customerId);
  return withTransaction(ctx, async (tx) => {
    const [profile] = await tx.execute<Profile>(sql`
      select c.id, c.external_id as "externalId", c.name, c.phone, c.email, c.language, c.time_zone as "timeZone",
        c.city, c.tier, c.engagement_score as "engagementScore", c.birth_date::text as "birthDate",
        c.stop_state as "stopState", u.name as "advisorName", c.attributes,
        ${iso("c.created_at")} as "createdAt", ${iso("c.updated_at")} as "updatedAt"
      from customers c left join memberships m on m.id = c.advisor_id left join users u on u.id = m.user_id
      where ${inScope(ctx)} and c.id = ${id}`);
    const customer = required(profile, "customer");
    const own = sql`x.workspace_id = ${ctx.workspaceId} and x.customer_id = ${id}`;
    const policies = await tx.execute<Policy>(sql`
      select x.id, policy_number as "policyNumber", policy_type as "policyType", product_name as "productName",
        status, premium_micros::text as premium, currency, payment_mode as "paymentMode",
        renewal_date::text as "renewalDate"
      from policies x where ${own} order by renewal_date nulls last, x.id limit 20`);
    const payments = await tx.execute<Payment>(sql`
      select x.id, p.policy_number as "policyNumber", x.due_date::text as "dueDate", x.amount_micros::text as amount,
        x.currency, x.status
      from premium_payments x join policies p on p.id = x.policy_id where ${own} order by x.due_date desc limit 12`);
    const events = await tx.execute<Happening>(sql`
      select x.id, name, properties, ${iso("occurred_at")} as "occurredAt"
      from customer_events x where ${own} order by x.occurred_at desc limit 20`);
    return {
      ...customer,
      definitions: await readAttributes(tx, ctx),
      policies: [...policies],
      payments: [...payments],
      events: [...events],
      consents: await readConsents(tx, ctx, id),
      suppression: await readSuppression(tx, ctx, customer.email),
      messages: await readMessages(tx, ctx, id),
    };
  });
}

export type CustomerDetail = Awaited<ReturnType<typeof getCustomer>>;

/** What stands for each channel and purpose, with the source of the latest word. */
async function readConsents(tx: Transaction, ctx: Context, customerId: string): Promise<Consent[]> {
  const rows = await tx.execute<Consent>(sql`
    select s.channel, s.purpose, s.granted, last.source, ${iso("s.at")} as at
    from consent_states s left join lateral (
      select source from consents x where x.workspace_id = s.workspace_id and x.customer_id = s.customer_id
      and x.channel = s.channel and x.purpose = s.purpose order by x.id desc limit 1) last on true
    where s.workspace_id = ${ctx.workspaceId} and s.customer_id = ${customerId} order by s.purpose, s.channel`);
  return [...rows];
}

/** Why mail to the address is refused; null when it is not. */
async function readSuppression(
  tx: Transaction,
  ctx: Context,
  email: string | null,
): Promise<{ reason: string; at: string } | null> {
  if (!email) return null;
  const [row] = await tx.execute<{ reason: string; at: string }>(sql`
    select reason, ${iso("created_at")} as at from suppressions
    where workspace_id = ${ctx.workspaceId} and channel = 'email' and address_hash = ${addressHash("email", email)}`);
  return row ?? null;
}
