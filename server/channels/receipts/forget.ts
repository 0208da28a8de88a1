import { hotSql } from "@/db/client";

/** They hold people's numbers and words; what they meant stands in the ledger and in the responses by then. */
const KEPT_DAYS = 30;
const PAGE = 5_000;

/** Removes what was processed or given up long ago. True when there may be more. */
export async function forgetReceipts(): Promise<boolean> {
  const [row] = await hotSql()<{ gone: number }[]>`
    select forget_webhook_receipts(${KEPT_DAYS} * interval '1 day', ${PAGE}) as gone`;
  return row?.gone === PAGE;
}
