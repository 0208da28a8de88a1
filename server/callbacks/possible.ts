import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import { lookUpCustomers, parseEmail } from "@/server/customers";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { type CallbackTier, callbackReaders } from "./status";
import { heldByMe, inReach } from "./visible";

/** A customer who may be the one who asked: the number, or the e-mail that was given, is theirs. */
export type PossibleCustomer = { id: string; name: string; city: string | null; tier: CallbackTier };

/** The first of them, and how many there are. */
export type PossibleCustomers = { customers: PossibleCustomer[]; total: number };

type Asked = { phone: string; email: string | null; customerName: string };

/** A family and some neighbours; a company's switchboard has more, who are found by name. */
const MOST = 20;

/** Who may have asked, those of the name that was given first; an advisor reads the own book only. */
export async function listPossible(
  tx: Transaction,
  ctx: Context,
  asked: Asked,
  search = "",
): Promise<PossibleCustomers> {
  const rows = await tx.execute<PossibleCustomer & { total: number }>(sql`
    select id, name, city, tier, count(*) over ()::int as total from customers
    where ${await sharing(tx, ctx, asked)} ${inBook(ctx)} and position(lower(${search}) in lower(concat_ws(' ', name, city))) > 0
    order by lower(btrim(name)) = lower(btrim(${asked.customerName})) desc, name, id limit ${MOST}`);
  return { customers: rows.map(({ total: _, ...customer }) => customer), total: rows[0]?.total ?? 0 };
}

/** One of those whom `listPossible` counts, shown or not, or whose the request was once. @throws AppError NOT_FOUND for anybody else */
export async function findPossible(
  tx: Transaction,
  ctx: Context,
  asked: Asked & { callbackId: string },
  customerId: string,
): Promise<PossibleCustomer> {
  const [customer] = await tx.execute<PossibleCustomer>(sql`
    select id, name, city, tier from customers
    where workspace_id = ${ctx.workspaceId} and id = ${customerId} and erased_at is null ${inBook(ctx)}
      and ((${await sharing(tx, ctx, asked)}) or exists (select from callback_activities a
        where a.workspace_id = ${ctx.workspaceId} and a.callback_id = ${asked.callbackId}
          and a.changes ->> 'customer_id' = ${customerId}))`);
  return required(customer, "customer");
}

async function sharing(tx: Transaction, ctx: Context, { phone, email }: Asked): Promise<SQL> {
  const parsed = email ? parseEmail(email) : null;
  const wanted = { id: null, externalId: null, phone, email: parsed?.ok ? parsed.value : null, name: "" };
  const ids = (await lookUpCustomers(tx, ctx, [wanted])).map(({ id }) => id);
  return sql`workspace_id = ${ctx.workspaceId} and id = any(${sql.param(ids)}::uuid[])`;
}

const inBook = (ctx: Context): SQL =>
  ctx.role === "advisor" ? sql`and advisor_id = ${ctx.membershipId}` : sql``;

export const searchPossibleInput = z.object({ callbackId: z.string(), search: z.string().trim().max(100) });

/**
 * Who of those who share a request's number goes by a name, or lives in a city, with these letters.
 * @throws AppError FORBIDDEN; NOT_FOUND for a request whose number the caller does not see
 */
export function searchPossible(
  ctx: Context,
  { callbackId, search }: z.infer<typeof searchPossibleInput>,
): Promise<PossibleCustomers> {
  requireRole(ctx, ...callbackReaders);
  return withTransaction(ctx, async (tx) => {
    const [asked] = await tx.execute<Asked>(sql`
      select r.phone, r.email, r.customer_name as "customerName" from callback_requests r
      where ${inReach(ctx)} and r.id = ${parseId(callbackId)} and r.closed_at is null
        and ${ctx.role === "agent" ? heldByMe(ctx) : sql`true`}`);
    return listPossible(tx, ctx, required(asked, "callback request"), search);
  });
}
