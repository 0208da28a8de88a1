import { type SQL, sql } from "drizzle-orm";
import { type EngagementPartKey, engagementPartKeys, engagementParts } from "./formula";

/** Sums are counted from here, so that time does not change them. Any day would do. */
const ORIGIN = "2020-01-01";

const columns: Record<EngagementPartKey, string> = {
  payments: "payments",
  replies: "replies",
  clicks: "clicks",
  opens: "opens",
  interest: "interest",
  activity: "activity",
  complaints: "complaints",
  optOuts: "opt_outs",
};

/** The columns of `customer_scores` that hold sums, in the order of `sumsOfDays`. */
export const sumColumns: SQL = sql.raw(engagementPartKeys.map((key) => columns[key]).join(", "));

/** `"payments" = excluded."payments", …` */
export const sumsExcluded: SQL = sql.raw(
  engagementPartKeys.map((key) => `${columns[key]} = excluded.${columns[key]}`).join(", "),
);

/** The sums of a row `s` that may be missing. */
export const sumsOrZero: SQL = sql.raw(
  engagementPartKeys.map((key) => `coalesce(s.${columns[key]}, 0)::float8 as ${columns[key]}`).join(", "),
);

/** The sums of a customer's days, as aggregates over rows with `part` and `day` (none: zeroes), each under its column. */
export const sumsOfDays: SQL = sql.raw(
  engagementPartKeys
    .map((key) => {
      const { points, halfLifeDays } = engagementParts[key];
      const worth = `${points} * power(2::float8, (day - date '${ORIGIN}')::float8 / ${halfLifeDays})`;
      return `coalesce(sum(${worth}) filter (where part = '${key}'), 0)::float8 as ${columns[key]}`;
    })
    .join(", "),
);

/** The score that sums (columns of `over`) come to on a day. The same number as `engagementScore` of formula.ts. */
export function scoreOn(day: SQL, over: string): SQL {
  const worth = engagementPartKeys.map((key) => {
    const { points, halfLifeDays, limit } = engagementParts[key];
    const left = sql`${sql.raw(`${over}.${columns[key]}`)} * power(2::float8, (date ${sql.raw(`'${ORIGIN}'`)} - ${day})::float8 / ${sql.raw(String(halfLifeDays))})`;
    return sql`${sql.raw(points > 0 ? "least" : "greatest")}(${left}, ${sql.raw(String(limit))})`;
  });
  return sql`greatest(0, least(100, floor(round((${sql.join(worth, sql` + `)})::numeric, 6) + 0.5)))::smallint`;
}
