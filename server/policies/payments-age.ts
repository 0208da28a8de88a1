import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import type { PaymentsAge } from "./status";

/** Payment-dependent messages wait when what is known of payments is older (`delivery.md`). */
const STALE_AFTER_HOURS = 24;

/** How recent what the workspace knows of premium payments is. */
export function paymentsAge(ctx: Context): Promise<PaymentsAge> {
  return withTransaction(ctx, async (tx) => {
    const [row] = await tx.execute<{ as_of: string | null; hours: number | null }>(sql`
      select to_char(payments_as_of at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as as_of,
        (extract(epoch from clock_now() - payments_as_of) / 3600)::float8 as hours
      from workspaces where id = ${ctx.workspaceId}`);
    const { as_of: asOf, hours } = required(row, "workspace");
    if (asOf === null || hours === null) return { asOf: null, hours: null, state: "unknown" };
    return { asOf, hours, state: hours > STALE_AFTER_HOURS ? "stale" : "fresh" };
  });
}
