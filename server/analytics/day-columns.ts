import { type SQL, sql } from "drizzle-orm";

/** What roll-ups of messages count of what a period shows; each is a column of `run_rollups` and of `campaign_days`. */
export const counted = [
  "sent",
  "delivered",
  "bounced",
  "failed",
  "skipped",
  "opened",
  "clicked",
  "replied",
  "unsubscribed",
  "complained",
] as const;
/** What roll-ups of conversions count of it. */
export const credited = ["converted", "conversions"] as const;

const ofMessages = [...counted, "cost_micros"] as const;
const ofConversions = [...credited, "revenue_micros"] as const;
/** All of them in the order of `campaign_days`. */
const columns = [...counted, ...credited, "cost_micros", "revenue_micros"] as const;

/** The columns by name. */
export const dayColumns: SQL = sql.raw(columns.join(", "));
/** The columns of several rows summed, under their own names. */
export const daySums: SQL = sql.raw(columns.map((each) => `sum(${each}) as ${each}`).join(", "));
/** What an upsert puts in place of the columns. */
export const dayReplacements: SQL = sql.raw(columns.map((each) => `${each} = excluded.${each}`).join(", "));

const only = (own: readonly string[]): SQL =>
  sql.raw(columns.map((each) => (own.includes(each) ? each : `0 as ${each}`)).join(", "));
/** All columns from a roll-up of messages, or of conversions: what the other one counts is zero. */
export const messageColumns: SQL = only(ofMessages);
export const conversionColumns: SQL = only(ofConversions);
/** The columns that a roll-up of each kind has itself. */
export const messageOwn: SQL = sql.raw(ofMessages.join(", "));
export const conversionOwn: SQL = sql.raw(ofConversions.join(", "));

/**
 * When a day begins in a zone. Midnight comes twice where clocks go back at one o'clock: the day begins at the first of them.
 * Whoever folds and whoever reads cut by this.
 */
export const beginningOf = (day: SQL, zone: SQL): SQL => sql`
  (select case when ((at - interval '1 hour') at time zone ${zone})::date = of_day then at - interval '1 hour' else at end
    from (select d as of_day, d::timestamp at time zone ${zone} as at from (select (${day})::date as d) b) b)`;
