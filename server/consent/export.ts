import { type SQL, sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { maskerFor } from "@/server/customers";
import { recordAudit } from "@/server/platform/audit";
import { readToday } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { CSV_MARK, csvLine } from "@/server/platform/csv";
import { addressKey } from "./address-key";
import { conditionsOf } from "./list-changes";
import { matching } from "./list-suppressions";
import {
  type ListChangesInput,
  type ListSuppressionsInput,
  listChangesInput,
  listSuppressionsInput,
} from "./schemas";
import { consentKeepers } from "./status";

const ROWS_A_PAGE = 1_000;

export type Export = { name: string; content: AsyncGenerator<string> };

type Entry = {
  id: string;
  customer_id: string;
  phone: string | null;
  email: string | null;
  channel: string;
  purpose: string;
  action: string;
  source: string;
  text: string | null;
  evidence: Record<string, unknown>;
  time: string;
};

const consentColumns = "customer_id,phone,email,channel,purpose,action,source,text,evidence,time".split(",");

/**
 * The ledger as CSV, newest first, as far as the filters leave it; it can be brought in again elsewhere. Addresses are
 * masked for whom reads them so. The audit log says who took it away.
 * @throws AppError FORBIDDEN, before the first piece
 */
export async function exportConsents(ctx: Context, given: Partial<ListChangesInput>): Promise<Export> {
  requireRole(ctx, ...consentKeepers);
  const { after: _, before: __, ...filters } = listChangesInput.parse(given);
  const where = sql.join(conditionsOf(ctx, filters), sql` and `);
  const { masker, day } = await begin(ctx, "consents.exported", filters);
  const lineOf = (row: Entry) => {
    const { reference, ...proof } = row.evidence;
    const evidence = typeof reference === "string" ? reference : JSON.stringify(proof);
    return csvLine([
      row.customer_id,
      masker.phone(row.phone) ?? "",
      masker.email(row.email) ?? "",
      row.channel,
      row.purpose,
      row.action,
      row.source,
      row.text ?? "",
      evidence === "{}" ? "" : evidence,
      row.time,
    ]);
  };
  const read = (place: SQL) => sql`
    select x.id, coalesce(c.external_id, x.customer_id::text) as customer_id, c.phone, c.email, x.channel, x.purpose,
      x.action, x.source, x.text_shown as text, x.evidence,
      to_char(x.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as time
    from (select * from consents x where ${where} and ${place} order by x.id desc limit ${ROWS_A_PAGE}) x
    left join customers c on c.id = x.customer_id order by x.id desc`;
  return { name: `consents-${day}.csv`, content: pages(ctx, { header: consentColumns, read, lineOf }) };
}

type Suppressed = {
  id: string;
  hint: string;
  hash: string;
  channel: string;
  reason: string;
  origin: string;
  added: string;
};

/**
 * The suppression list as CSV, as far as the filters leave it. It holds hints and no addresses, because the list itself
 * holds none; the key of each lets the same installation take the file in again.
 * @throws AppError FORBIDDEN, before the first piece
 */
export async function exportSuppressions(
  ctx: Context,
  given: Partial<ListSuppressionsInput>,
): Promise<Export> {
  requireRole(ctx, ...consentKeepers);
  const { after: _, before: __, ...filters } = listSuppressionsInput.parse(given);
  const where = matching(ctx, filters);
  const { search, ...named } = filters;
  const { day } = await begin(ctx, "suppressions.exported", { ...named, searched: search !== "" });
  const read = (place: SQL) => sql`
    select x.id, x.address_hint as hint, x.address_hash as hash, x.channel, x.reason, x.origin,
      to_char(x.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as added
    from suppressions x where ${where} and ${place} order by x.id desc limit ${ROWS_A_PAGE}`;
  const lineOf = (row: Suppressed) =>
    csvLine([row.hint, row.channel, row.reason, row.origin, row.added, addressKey(row.hash)]);
  const header = ["address_hint", "channel", "reason", "origin", "added", "address_key"];
  return { name: `suppressions-${day}.csv`, content: pages(ctx, { header, read, lineOf }) };
}

function begin(ctx: Context, action: string, after: Record<string, unknown>) {
  return withTransaction(ctx, async (tx) => {
    const masker = await maskerFor(tx, ctx);
    await recordAudit(tx, ctx, { action, subjectType: "consent", subjectId: ctx.workspaceId, after });
    return { masker, day: await readToday(tx, ctx) };
  });
}

type Pages<Row> = { header: string[]; read: (place: SQL) => SQL; lineOf: (row: Row) => string };

async function* pages<Row extends { id: string }>(
  ctx: Context,
  { header, read, lineOf }: Pages<Row>,
): AsyncGenerator<string> {
  yield CSV_MARK + csvLine(header);
  for (let last: string | undefined; ; ) {
    const place = last ? sql`x.id < ${last}::uuid` : sql`true`;
    const rows = await withTransaction(
      ctx,
      async (tx) => [...(await tx.execute(read(place)))] as unknown as Row[],
    );
    yield rows.map(lineOf).join("");
    last = rows.at(-1)?.id;
    if (rows.length < ROWS_A_PAGE || !last) return;
  }
}
