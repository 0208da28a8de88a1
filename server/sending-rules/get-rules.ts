import { sql } from "drizzle-orm";
import { withHotTransaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { countryOfLocale } from "@/server/platform/country";
import { required } from "@/server/platform/errors";
import { type HoursRow, readHours } from "./hours-table";
import { loadRules } from "./load-rules";
import type { SendingRules } from "./schemas";

export type SendingRulesDetail = {
  rules: SendingRules;
  /** The hours that count: the workspace's own where it has any, else those of the product. */
  hours: HoursRow[];
  /** Country whose hours are those of recipients from countries without any. */
  country: string;
  zone: string;
  /** `YYYY-MM-DD` in the workspace's zone. */
  today: string;
  /** Since when nothing at all is sent; null while sending goes on. */
  stoppedAt: string | null;
};

/** Everything that decides when and how often customers may be written to. */
export async function getSendingRules(ctx: Context): Promise<SendingRulesDetail> {
  const [row] = await withTransaction(ctx, (tx) =>
    tx.execute<{ locale: string; zone: string; today: string; stoppedAt: string | null }>(sql`
      select locale, time_zone as zone, ((select clock_now()) at time zone time_zone)::date::text as today,
        to_json(sending_stopped_at) #>> '{}' as "stoppedAt"
      from workspaces where id = ${ctx.workspaceId}`),
  );
  const { locale, zone, today, stoppedAt } = required(row, "workspace");
  return withHotTransaction(ctx.workspaceId, async (hot) => ({
    rules: await loadRules(hot, ctx.workspaceId),
    hours: await readHours(hot, ctx.workspaceId),
    country: countryOfLocale(locale),
    ...{ zone, today, stoppedAt },
  }));
}
