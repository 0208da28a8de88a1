import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { isId } from "@/server/platform/ids";

/** What is still told of a person who was erased: when, and who asked. */
export type Erased = {
  at: string;
  requestedAt: string;
  requestedBy: string | null;
  policies: number;
  messages: number;
};

/** Null unless the customer was erased. Advisors have no book of erased persons. @throws AppError FORBIDDEN */
export async function findErased(ctx: Context, input: { customerId: string }): Promise<Erased | null> {
  if (ctx.role === "advisor" || !isId(input.customerId)) return null;
  requireRole(ctx, "admin", "marketer", "supervisor");
  const [row] = await withTransaction(ctx, (tx) =>
    tx.execute<Erased>(sql`
      select ${iso("c.erased_at")} as at, ${iso("e.requested_at")} as "requestedAt", u.name as "requestedBy",
        (select count(*)::int from policies p where p.workspace_id = c.workspace_id and p.customer_id = c.id) as policies,
        (select count(*)::int from executions x where x.workspace_id = c.workspace_id and x.customer_id = c.id) as messages
      from customers c join erasures e on e.workspace_id = c.workspace_id and e.customer_id = c.id and e.cancelled_at is null
      left join users u on u.id = e.requested_by
      where c.workspace_id = ${ctx.workspaceId} and c.id = ${input.customerId} and c.erased_at is not null`),
  );
  return row ?? null;
}

const iso = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);
