import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { cursorOf, placeOf } from "./cursor";
import { matching } from "./filter";
import { type ListCustomersInput, listCustomersInput, type StopState, type Tier } from "./schemas";
import { customerReaders } from "./status";

export const CUSTOMERS_A_PAGE = 50;

export type CustomerLine = {
  id: string;
  externalId: string | null;
  name: string;
  phone: string | null;
  email: string | null;
  language: string;
  city: string | null;
  tier: Tier;
  engagementScore: number;
  stopState: StopState | null;
  policies: number;
  /** The earliest coming renewal, `YYYY-MM-DD`. */
  nextRenewal: string | null;
};

export type CustomerPage = {
  rows: CustomerLine[];
  /** Cursors, null at the ends. */
  previous: string | null;
  next: string | null;
  /** Customers that match the filters, on all pages. */
  total: number;
  /** Of all customers that the person sees: what the filters can offer. */
  languages: string[];
  cities: string[];
};

/**
 * Customers in the order asked for, 50 a page, an advisor's own book only.
 * @throws AppError FORBIDDEN (call-centre agents see the customer of a callback only)
 */
export async function listCustomers(ctx: Context, input: Partial<ListCustomersInput>): Promise<CustomerPage> {
  requireRole(ctx, ...customerReaders);
  const { sort, after, before, ...filters } = listCustomersInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const where = matching(ctx, filters);
    const backwards = before !== undefined;
    const place = placeOf(sort, { cursor: before ?? after, backwards });
    const found = await readLines(tx, sql`${where} and ${place.where}`, place.order);
    const more = found.length > CUSTOMERS_A_PAGE;
    const rows = found.slice(0, CUSTOMERS_A_PAGE);
    if (backwards) rows.reverse();
    const first = rows[0];
    const last = rows.at(-1);
    const [hasPrevious, hasNext] = backwards ? [more, true] : [after !== undefined, more];
    return {
      rows,
      previous: hasPrevious && first ? cursorOf(sort, first) : null,
      next: hasNext && last ? cursorOf(sort, last) : null,
      total: await count(tx, where),
      languages: await valuesOf(tx, ctx, sql`c.language`),
      cities: await valuesOf(tx, ctx, sql`c.city`),
    };
  });
}

async function readLines(tx: Transaction, where: SQL, order: SQL): Promise<CustomerLine[]> {
  const lines = await tx.execute<CustomerLine>(sql`
    select c.id, c.external_id as "externalId", c.name, c.phone, c.email, c.language, c.city, c.tier,
      c.engagement_score as "engagementScore", c.stop_state as "stopState", p.policies, p."nextRenewal"
    from (select * from customers c where ${where} order by ${order} limit ${CUSTOMERS_A_PAGE + 1}) c
    cross join lateral (
      select count(*)::int as policies,
        min(x.renewal_date) filter (where x.renewal_date >= clock_now()::date)::text as "nextRenewal"
      from policies x where x.workspace_id = c.workspace_id and x.customer_id = c.id) p
    order by ${order}`);
  return [...lines];
}

async function count(tx: Transaction, where: SQL): Promise<number> {
  const [row] = await tx.execute<{ total: number }>(
    sql`select count(*)::int as total from customers c where ${where}`,
  );
  return row?.total ?? 0;
}

const MOST_VALUES = 200;

async function valuesOf(tx: Transaction, ctx: Context, column: SQL): Promise<string[]> {
  const rows = await tx.execute<{ value: string }>(sql`
    select ${column} as value from customers c where ${matching(ctx, everybody)} and ${column} is not null
    group by 1 order by count(*) desc, 1 limit ${MOST_VALUES}`);
  return rows.map((row) => row.value);
}

const everybody = { search: "", tier: [], language: [], city: [], email: [], stop: [] };

/** How many customers match the filters, within what the person may see. @throws AppError FORBIDDEN */
export async function countCustomers(ctx: Context, input: Partial<ListCustomersInput>): Promise<number> {
  requireRole(ctx, ...customerReaders);
  const filters = listCustomersInput.parse(input);
  return withTransaction(ctx, (tx) => count(tx, matching(ctx, filters)));
}
