import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { findCustomer } from "@/server/customers";
import { customerReaders } from "@/server/customers/status";
import { type Context, requireRole } from "@/server/platform/context";
import { customerPreferencesUrl } from "@/server/preferences";
import { addressHash } from "./address-hash";
import { type ConsentEntry, readEntries } from "./list-changes";
import {
  type ContactChannel,
  contactChannels,
  type Purpose,
  purposes,
  type SuppressionReason,
} from "./status";

/** What stands for one purpose on one channel. `contract`: nothing was said, and the customer's contract allows it. */
export type Standing = {
  channel: ContactChannel;
  purpose: Purpose;
  state: "granted" | "withdrawn" | "contract" | "none";
  /** Of the latest entry; null where there is none. */
  source: string | null;
  at: string | null;
};

export type CustomerConsent = {
  standings: Standing[];
  /** Addresses of the customer that are on the suppression list. */
  suppressed: {
    id: string;
    channel: ContactChannel;
    reason: SuppressionReason;
    origin: string;
    at: string;
  }[];
  /** The customer's preference centre, to hand out. */
  preferencesUrl: string;
  history: ConsentEntry[];
  /** The cursor of older entries; null when these are all. */
  older: string | null;
};

const HISTORY = 20;

/** A customer's consents: what stands, what was said, and which addresses are suppressed. @throws AppError FORBIDDEN, NOT_FOUND */
export async function getCustomerConsent(
  ctx: Context,
  input: { customerId: string; after?: string | null },
): Promise<CustomerConsent> {
  requireRole(ctx, ...customerReaders);
  return withTransaction(ctx, async (tx) => {
    const customerId = await findCustomer(tx, ctx, input.customerId);
    const history = await readEntries(tx, {
      conditions: [sql`x.workspace_id = ${ctx.workspaceId} and x.customer_id = ${customerId}`],
      after: input.after,
      size: HISTORY,
    });
    return {
      standings: await readStandings(tx, ctx, customerId),
      suppressed: await readSuppressed(tx, ctx, customerId),
      preferencesUrl: customerPreferencesUrl({ workspaceId: ctx.workspaceId, customerId }),
      history: history.rows,
      older: history.next,
    };
  });
}

type State = {
  channel: ContactChannel;
  purpose: Purpose;
  granted: boolean;
  source: string | null;
  at: string;
};

async function readStandings(tx: Transaction, ctx: Context, customerId: string): Promise<Standing[]> {
  const states = await tx.execute<State>(sql`
    select s.channel, s.purpose, s.granted, last.source,
      to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from consent_states s left join lateral (
      select source from consents x where x.workspace_id = s.workspace_id and x.customer_id = s.customer_id
      and x.channel = s.channel and x.purpose = s.purpose order by x.id desc limit 1) last on true
    where s.workspace_id = ${ctx.workspaceId} and s.customer_id = ${customerId}`);
  const [insured] = await tx.execute(sql`
    select 1 from policies where workspace_id = ${ctx.workspaceId} and customer_id = ${customerId} limit 1`);
  return purposes.flatMap((purpose) =>
    contactChannels.map((channel): Standing => {
      const said = states.find((state) => state.channel === channel && state.purpose === purpose);
      const silent = purpose === "service" && insured ? "contract" : "none";
      if (!said) return { channel, purpose, state: silent, source: null, at: null };
      return {
        channel,
        purpose,
        state: said.granted ? "granted" : "withdrawn",
        source: said.source,
        at: said.at,
      };
    }),
  );
}

async function readSuppressed(
  tx: Transaction,
  ctx: Context,
  customerId: string,
): Promise<CustomerConsent["suppressed"]> {
  const [customer] = await tx.execute<{ email: string | null; phone: string | null }>(
    sql`select email, phone from customers where id = ${customerId}`,
  );
  const hashes = contactChannels.flatMap((channel) => {
    const address = channel === "email" ? customer?.email : customer?.phone;
    return address ? [addressHash(channel, address)] : [];
  });
  const rows = await tx.execute<CustomerConsent["suppressed"][number]>(sql`
    select id, channel, reason, origin, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from suppressions where workspace_id = ${ctx.workspaceId} and address_hash = any(${sql.param(hashes)}::text[])
    order by channel`);
  return [...rows];
}
