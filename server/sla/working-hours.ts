import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { businessBetween } from "./calendar";
import { loadCalendars } from "./calendar-versions";
import { choosePolicy, type PolicyFacts } from "./choose-policy";

/** Whether the whole of a stretch (epoch ms) lies in the working hours that a request like this counts by. */
export async function workingHours(
  tx: Transaction,
  ctx: Context,
  facts: PolicyFacts,
): Promise<(start: number, end: number) => boolean> {
  const policy = await choosePolicy(tx, ctx, facts);
  const calendar = (await loadCalendars(tx, [policy]))(policy);
  return (start, end) => businessBetween(calendar, start, end) === end - start;
}
