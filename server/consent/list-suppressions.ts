import { type SQL, sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { type KeysetPage, keysetPage } from "@/server/platform/keyset";
import { addressHash } from "./address-hash";
import { readAddress } from "./read-address";
import { type ListSuppressionsInput, listSuppressionsInput } from "./schemas";
import { type ContactChannel, consentReaders, contactChannels, type SuppressionReason } from "./status";

export type SuppressionLine = {
  id: string;
  channel: ContactChannel;
  hint: string;
  reason: SuppressionReason;
  origin: string;
  /** Who added it; null where the product did. */
  addedBy: string | null;
  /** ISO instant. */
  at: string;
};

const A_PAGE = 50;

/** The suppression list, newest first, a page at a time; `total` counts what the filters leave. @throws AppError FORBIDDEN */
export async function listSuppressions(
  ctx: Context,
  given: Partial<ListSuppressionsInput>,
  size: number = A_PAGE,
): Promise<KeysetPage<SuppressionLine> & { total: number }> {
  requireRole(ctx, ...consentReaders);
  const { after, before, ...filters } = listSuppressionsInput.parse(given);
  const where = matching(ctx, filters);
  const at = [
    ...(after ? [sql`x.id < ${after}::uuid`] : []),
    ...(before ? [sql`x.id > ${before}::uuid`] : []),
  ];
  const direction = before ? sql`asc` : sql`desc`;
  return withTransaction(ctx, async (tx) => {
    const rows = await tx.execute<SuppressionLine>(sql`
      select x.id, x.channel, x.address_hint as hint, x.reason, x.origin, u.name as "addedBy",
        to_char(x.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
      from suppressions x left join users u on u.id = x.added_by
      where ${sql.join([where, ...at], sql` and `)} order by x.id ${direction} limit ${size + 1}`);
    const [count] = await tx.execute<{ total: number }>(
      sql`select count(*)::int as total from suppressions x where ${where}`,
    );
    return { ...keysetPage([...rows], { size, after, before }), total: count?.total ?? 0 };
  });
}

type Filters = Omit<ListSuppressionsInput, "after" | "before">;

/** The condition on suppressions (`x`). An address is found by its hash, on every channel that can have it. */
export function matching(ctx: Context, { search, channel, reason, days }: Filters): SQL {
  const parts = [sql`x.workspace_id = ${ctx.workspaceId}`];
  if (search !== "") {
    const hashes = contactChannels.flatMap((each) => {
      const address = readAddress(each, search);
      return address.ok ? [addressHash(each, address.value)] : [];
    });
    parts.push(sql`x.address_hash = any(${sql.param(hashes)}::text[])`);
  }
  if (channel.length > 0) parts.push(sql`x.channel = any(${sql.param(channel)}::text[])`);
  if (reason.length > 0) parts.push(sql`x.reason = any(${sql.param(reason)}::text[])`);
  if (days) parts.push(sql`x.created_at > clock_now() - make_interval(days => ${Number(days)})`);
  return sql.join(parts, sql` and `);
}
