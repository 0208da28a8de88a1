import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { keptDays } from "./status";

const A_PAGE = 5_000;

/** Deletes rows older than `keptDays`, a page of each kind at a time, in every workspace. Returns how many there were. */
export async function forgetOldRows(): Promise<number> {
  let all = 0;
  for (let gone = 1; gone > 0; all += gone)
    gone = await withTransaction({ workspaceId: null }, async (tx) => {
      const [row] = await tx.execute<{ gone: number }>(
        sql`select forget_old_rows(${JSON.stringify(keptDays)}::jsonb, ${A_PAGE}) as gone`,
      );
      return row?.gone ?? 0;
    });
  return all;
}
