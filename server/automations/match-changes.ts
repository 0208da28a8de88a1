import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { changeCandidates, isChange, readCandidates } from "./candidates";
import { enter } from "./enter";
import { listeningToChanges } from "./listening";
import { LATEST_HOURS } from "./status";
import { wakeSender } from "./wake-sender";

/**
 * Lets in whom a crossed score or a change of a segment lets in, of the last day: of these customers, or of all, which picks
 * up what no touch told of (scores that decay, segments that roll over midnight). Safe to repeat. Returns how many entered.
 */
export async function matchChanges(ctx: Context, customerIds: readonly string[] | null): Promise<number> {
  const entered = await withTransaction(ctx, (tx) => match(tx, ctx, customerIds));
  if (entered > 0) wakeSender();
  return entered;
}

async function match(tx: Transaction, ctx: Context, customerIds: readonly string[] | null): Promise<number> {
  let entered = 0;
  for (const automation of await listeningToChanges(tx, ctx)) {
    const whose: SQL = customerIds
      ? sql`h.customer_id = any(${sql.param([...customerIds])}::uuid[])`
      : sql`true`;
    const recent = sql`${whose} and h.at > clock_now() - ${LATEST_HOURS} * interval '1 hour' and h.at > (
      select listens_since from automations where campaign_id = ${automation.campaignId})`;
    const candidates = await readCandidates(
      tx,
      automation.triggers.filter(isChange).map((placed) => changeCandidates(ctx, placed, recent)),
    );
    entered += await enter(tx, ctx, { automation, candidates });
  }
  return entered;
}
