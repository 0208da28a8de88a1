import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { type ContactChannel, consentReaders, contactChannels, type Purpose, purposes } from "./status";

/** How many customers allow a purpose on a channel. The four add up to `customers`. */
export type Coverage = {
  channel: ContactChannel;
  purpose: Purpose;
  granted: number;
  withdrawn: number;
  /** Nothing was said, and the customer's contract allows it (service only). */
  byContract: number;
  /** Nothing was said, so nothing is sent. */
  silent: number;
};

export type ConsentCoverage = {
  customers: number;
  lines: Coverage[];
  suppressed: { channel: ContactChannel; count: number }[];
};

/** What the whole ledger allows now, by channel and purpose, over customers who are there. @throws AppError FORBIDDEN */
export async function getCoverage(ctx: Context): Promise<ConsentCoverage> {
  requireRole(ctx, ...consentReaders);
  return withTransaction(ctx, async (tx) => {
    const [totals] = await tx.execute<{ customers: number; insured: number }>(sql`
      select count(*)::int as customers, (count(*) filter (where exists (
        select from policies p where p.workspace_id = c.workspace_id and p.customer_id = c.id)))::int as insured
      from customers c where c.workspace_id = ${ctx.workspaceId} and c.erased_at is null`);
    const said = await tx.execute<
      Pick<Coverage, "channel" | "purpose" | "granted" | "withdrawn"> & { insured: number }
    >(sql`
      select s.channel, s.purpose, (count(*) filter (where s.granted))::int as granted,
        (count(*) filter (where not s.granted))::int as withdrawn,
        (count(*) filter (where s.purpose = 'service' and exists (
          select from policies p where p.workspace_id = s.workspace_id and p.customer_id = s.customer_id)))::int as insured
      from consent_states s join customers c on c.id = s.customer_id and c.erased_at is null
      where s.workspace_id = ${ctx.workspaceId} group by 1, 2`);
    const suppressed = await tx.execute<{ channel: ContactChannel; count: number }>(sql`
      select channel, count(*)::int as count from suppressions where workspace_id = ${ctx.workspaceId} group by 1`);
    const { customers = 0, insured = 0 } = totals ?? {};
    const lines = purposes.flatMap((purpose) =>
      contactChannels.map((channel): Coverage => {
        const found = said.find((row) => row.channel === channel && row.purpose === purpose);
        const granted = found?.granted ?? 0;
        const withdrawn = found?.withdrawn ?? 0;
        const byContract = purpose === "service" ? insured - (found?.insured ?? 0) : 0;
        return {
          channel,
          purpose,
          granted,
          withdrawn,
          byContract,
          silent: customers - granted - withdrawn - byContract,
        };
      }),
    );
    return { customers, lines, suppressed: [...suppressed] };
  });
}
