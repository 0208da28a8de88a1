import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type Actor, type Context, requireRole } from "@/server/platform/context";
import { type KeysetPage, keysetPage } from "@/server/platform/keyset";
import { type ListChangesInput, listChangesInput } from "./schemas";
import { type ContactChannel, consentReaders, type Purpose } from "./status";

/** One entry of the ledger, as people read it. */
export type ConsentEntry = {
  id: string;
  customerId: string;
  /** Null once the customer was erased. */
  customerName: string | null;
  channel: ContactChannel;
  purpose: Purpose;
  action: "granted" | "withdrawn";
  source: string;
  textShown: string | null;
  evidence: Record<string, unknown>;
  actorKind: Actor["kind"];
  actorName: string | null;
  /** ISO instant. */
  at: string;
};

const CHANGES_A_PAGE = 50;

/** The ledger, newest first, a page at a time. @throws AppError FORBIDDEN */
export async function listChanges(
  ctx: Context,
  given: Partial<ListChangesInput>,
  size: number = CHANGES_A_PAGE,
): Promise<KeysetPage<ConsentEntry> & { sources: string[] }> {
  requireRole(ctx, ...consentReaders);
  const { after, before, ...filters } = listChangesInput.parse(given);
  const conditions = conditionsOf(ctx, filters);
  return withTransaction(ctx, async (tx) => {
    const page = await readEntries(tx, { conditions, after, before, size });
    const sources = await tx.execute<{ source: string }>(
      sql`select distinct source from (select source from consents
        where workspace_id = ${ctx.workspaceId} order by id desc limit 10000) latest order by 1`,
    );
    return { ...page, sources: sources.map((row) => row.source) };
  });
}

/** The condition on entries (`x`) that the filters make. */
export const conditionsOf = (
  ctx: Context,
  { channel, purpose, action, source, days }: Omit<ListChangesInput, "after" | "before">,
): SQL[] => [
  sql`x.workspace_id = ${ctx.workspaceId}`,
  ...among("channel", channel),
  ...among("purpose", purpose),
  ...among("action", action),
  ...among("source", source),
  ...(days ? [sql`x.at > clock_now() - make_interval(days => ${Number(days)})`] : []),
];

const among = (column: string, values: readonly string[]): SQL[] =>
  values.length > 0 ? [sql`x.${sql.identifier(column)} = any(${sql.param([...values])}::text[])`] : [];

/** Entries (`x`) that meet the conditions, by keyset. */
export async function readEntries(
  tx: Transaction,
  asked: { conditions: SQL[]; after?: string | null; before?: string | null; size: number },
): Promise<KeysetPage<ConsentEntry>> {
  const { conditions, after, before, size } = asked;
  const at = [
    ...(after ? [sql`x.id < ${after}::uuid`] : []),
    ...(before ? [sql`x.id > ${before}::uuid`] : []),
  ];
  const direction = before ? sql`asc` : sql`desc`;
  const rows = await tx.execute<ConsentEntry>(sql`
    select x.id, x.customer_id as "customerId", case when c.erased_at is null then c.name end as "customerName",
      x.channel, x.purpose, x.action, x.source, x.text_shown as "textShown", x.evidence,
      x.actor_kind as "actorKind", u.name as "actorName",
      to_char(x.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from (select * from consents x where ${sql.join([...conditions, ...at], sql` and `)}
      order by x.id ${direction} limit ${size + 1}) x
    left join customers c on c.id = x.customer_id
    left join users u on x.actor_kind = 'user' and u.id = x.actor_id
    order by x.id ${direction}`);
  return keysetPage([...rows], { size, after, before });
}
