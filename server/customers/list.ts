import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { AttributeValues } from "@/server/attributes/schemas";
import { scoresBefore } from "@/server/engagement";
import { type Context, requireRole } from "@/server/platform/context";
import { cursorOf, placeOf, placeValue } from "./cursor";
import { matching } from "./filter";
import { maskerFor, masksFor } from "./masking";
import {
  type CustomerSort,
  type ListCustomersInput,
  listCustomersInput,
  type StopState,
  type Tier,
} from "./schemas";
import { customerReaders } from "./status";

export const CUSTOMERS_A_PAGE = 50;

export type CustomerLine = {
  id: string;
  externalId: string | null;
  name: string;
  /** Masked for roles that read addresses so. */
  phone: string | null;
  email: string | null;
  language: string;
  city: string | null;
  tier: Tier;
  engagementScore: number;
  /** The score less what it was seven days ago. */
  engagementChange: number;
  stopState: StopState | null;
  tags: string[];
  attributes: AttributeValues;
  advisorName: string | null;
  /** True once erasure was asked for. */
  erasing: boolean;
  policies: number;
  /** The earliest coming due date, `YYYY-MM-DD`. */
  nextRenewal: string | null;
  /** ISO instants. */
  createdAt: string;
  updatedAt: string;
};

export type CustomerPage = {
  rows: CustomerLine[];
  /** Cursors, null at the ends. */
  previous: string | null;
  next: string | null;
  /** Customers that match the filters, on all pages. */
  total: number;
};

/**
 * Customers in the order asked for, 50 a page unless told, an advisor's own book only.
 * @throws AppError FORBIDDEN (call-centre agents see the customer of a callback only), BAD_INPUT (a cursor that is none)
 */
export async function listCustomers(
  ctx: Context,
  input: Partial<ListCustomersInput>,
  size: number = CUSTOMERS_A_PAGE,
): Promise<CustomerPage> {
  requireRole(ctx, ...customerReaders);
  const { sort, after, before, ...filters } = listCustomersInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const masker = await maskerFor(tx, ctx);
    const where = await matching(tx, ctx, { filters, masked: masker.masks });
    const backwards = before !== undefined;
    const place = placeOf(sort, { cursor: before ?? after, backwards });
    const found = await readLines(tx, {
      where: sql`${where} and ${place.where}`,
      order: place.order,
      sort,
      limit: size + 1,
    });
    const more = found.length > size;
    const rows = found.slice(0, size);
    if (backwards) rows.reverse();
    const first = rows[0];
    const last = rows.at(-1);
    const weekAgo = await scoresBefore(tx, ctx, { customerIds: rows.map(({ id }) => id), days: 7 });
    const [hasPrevious, hasNext] = backwards ? [more, true] : [after !== undefined, more];
    return {
      rows: rows.map(({ place: _, ...line }) => ({
        ...line,
        phone: masker.phone(line.phone),
        email: masker.email(line.email),
        engagementChange: line.engagementScore - (weekAgo.get(line.id) ?? 0),
      })),
      previous: hasPrevious && first ? cursorOf(first) : null,
      next: hasNext && last ? cursorOf(last) : null,
      total: await count(tx, where),
    };
  });
}

export type PlacedLine = Omit<CustomerLine, "engagementChange"> & { place: string | null };
type Reading = { where: SQL; order: SQL; sort: CustomerSort; limit: number };

const iso = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);

/** Lines in order, unmasked, each with its place in it. */
export async function readLines(tx: Transaction, reading: Reading): Promise<PlacedLine[]> {
  const { where, order, sort, limit } = reading;
  const lines = await tx.execute<PlacedLine>(sql`
    select c.id, c.external_id as "externalId", c.name, c.phone, c.email, c.language, c.city, c.tier,
      c.engagement_score as "engagementScore", c.stop_state as "stopState", c.tags, c.attributes,
      u.name as "advisorName", c.erase_after is not null as erasing, p.policies, p."nextRenewal",
      ${iso("c.created_at")} as "createdAt", ${iso("c.updated_at")} as "updatedAt", ${placeValue(sort)} as place
    from (select * from customers c where ${where} order by ${order} limit ${limit}) c
    join workspaces w on w.id = c.workspace_id
    left join memberships m on m.id = c.advisor_id left join users u on u.id = m.user_id
    cross join lateral (
      select count(*)::int as policies,
        min(x.renewal_date) filter (where x.renewal_date >= (clock_now() at time zone w.time_zone)::date)::text as "nextRenewal"
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

/** How many customers match the filters, within what the person may see. @throws AppError FORBIDDEN */
export async function countCustomers(ctx: Context, input: Partial<ListCustomersInput>): Promise<number> {
  requireRole(ctx, ...customerReaders);
  const filters = listCustomersInput.parse(input);
  return withTransaction(ctx, async (tx) =>
    count(tx, await matching(tx, ctx, { filters, masked: await masksFor(tx, ctx) })),
  );
}
