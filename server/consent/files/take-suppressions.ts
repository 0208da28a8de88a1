import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { stopsService, suppressionReasons } from "../status";
import type { SuppressionLineRead } from "./read-line";

type Line = SuppressionLineRead & { rowNumber: number };

const milder = suppressionReasons.filter((reason) => !stopsService(reason));

/**
 * Puts the addresses of a file on the list, in bulk. The first reason stays, unless the new one stops more. Without `write`
 * it only says what would change. Returns the numbers of the rows that add or change something.
 */
export async function takeSuppressions(
  tx: Transaction,
  ctx: Context,
  { fileId, lines, write }: { fileId: string; lines: readonly Line[]; write: boolean },
): Promise<Set<number>> {
  const entries = lines.flatMap(({ rowNumber, addresses, reason, origin }) =>
    addresses.map((address) => ({
      rowNumber,
      id: newId(),
      ...address,
      reason,
      stops: !milder.includes(reason),
      origin: origin || "file",
    })),
  );
  if (entries.length === 0) return new Set();
  // Of several lines about one address the one that stops most counts, else the first.
  const offered = sql`
    select distinct on (channel, hash) * from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
      as r("rowNumber" int, id uuid, channel text, hash text, hint text, reason text, stops boolean, origin text)
    order by channel, hash, stops desc, "rowNumber"`;
  const milderOnes = sql`any(${sql.param(milder)}::text[])`;
  const rows = write
    ? await tx.execute<{ rowNumber: number }>(sql`
        with offered as (${offered}),
        added as (
          insert into suppressions (id, workspace_id, channel, address_hash, address_hint, reason, origin, added_by, file_id)
          select id, ${ctx.workspaceId}, channel, hash, hint, reason, origin, ${ctx.userId}, ${fileId} from offered
          on conflict (workspace_id, channel, address_hash) do update set reason = excluded.reason, origin = excluded.origin
          where suppressions.reason = ${milderOnes} and not excluded.reason = ${milderOnes}
          returning channel, address_hash)
        select distinct o."rowNumber" from added a join offered o on o.channel = a.channel and o.hash = a.address_hash`)
    : await tx.execute<{ rowNumber: number }>(sql`
        with offered as (${offered})
        select distinct o."rowNumber" from offered o left join suppressions s on s.workspace_id = ${ctx.workspaceId}
          and s.channel = o.channel and s.address_hash = o.hash
        where s.id is null or (s.reason = ${milderOnes} and o.stops)`);
  return new Set(rows.map(({ rowNumber }) => rowNumber));
}
