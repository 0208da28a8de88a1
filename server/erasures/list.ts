import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { type KeysetPage, keysetPage } from "@/server/platform/keyset";
import { type ListErasuresInput, listErasuresInput } from "./schemas";

const A_PAGE = 20;

export type ErasureLine = {
  id: string;
  customerId: string;
  /** Null once erased. */
  name: string | null;
  requestedBy: string | null;
  /** ISO instants. */
  requestedAt: string;
  dueAt: string;
  doneAt: string | null;
  cancelledAt: string | null;
  keepOut: boolean;
};

/** Erasures that wait, that were carried out and that were taken back, the newest first. @throws AppError FORBIDDEN */
export async function listErasures(ctx: Context, input: ListErasuresInput): Promise<KeysetPage<ErasureLine>> {
  requireRole(ctx, "admin");
  const { after, before } = listErasuresInput.parse(input);
  const place = before ? sql`and e.id > ${before}` : after ? sql`and e.id < ${after}` : sql``;
  const rows = await withTransaction(ctx, (tx) =>
    tx.execute<ErasureLine>(sql`
      select e.id, e.customer_id as "customerId", nullif(c.name, '') as name, u.name as "requestedBy",
        ${iso("e.requested_at")} as "requestedAt", ${iso("e.due_at")} as "dueAt", ${iso("e.done_at")} as "doneAt",
        ${iso("e.cancelled_at")} as "cancelledAt", e.suppress as "keepOut"
      from erasures e left join customers c on c.id = e.customer_id left join users u on u.id = e.requested_by
      where e.workspace_id = ${ctx.workspaceId} ${place}
      order by e.id ${before ? sql`asc` : sql`desc`} limit ${A_PAGE + 1}`),
  );
  return keysetPage([...rows], { size: A_PAGE, after, before });
}

const iso = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);
