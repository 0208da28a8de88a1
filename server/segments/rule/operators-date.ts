import { addDays, birthdaysOn, birthdaysWithin, type Day, startOfMonth } from "./days";
import { type Fragment, joined, param, q } from "./fragment";
import { type Column, listed, type Operator, operator, presence, type Say } from "./operator";
import type { ValueKind, ValueOf } from "./values";

/** From a day on, and until before another; open where one is left out. */
export type Span = { from?: Day; before?: Day };

const oneDay = (day: Day): Span => ({ from: day, before: addDays(day, 1) });

function within({ value, literal }: Column, { from, before }: Span): Fragment {
  const parts = [];
  if (from) parts.push(q`${value} >= ${literal(from)}`);
  if (before) parts.push(q`${value} < ${literal(before)}`);
  return joined(parts, "and", q`${value} is not null`);
}

/** A date operator is the span of days that it means, counted from today. */
const spans = new Map<Operator, (value: unknown, today: Day) => Span>();

const dated = <Kind extends ValueKind>(definition: {
  label: string;
  unit?: string;
  takes: Kind;
  span: (value: ValueOf[Kind], today: Day) => Span;
  explain?: (value: ValueOf[Kind], say: Say) => string;
}): Operator => {
  const made = operator({
    ...definition,
    toSql: (column, value, { today }) => within(column, definition.span(value, today)),
  });
  spans.set(made, (value, today) => definition.span(value as ValueOf[Kind], today));
  return made;
};

/** The days that a date operator means with a checked value. @throws Error for one that means no span */
export function spanOf(made: Operator, value: unknown, today: Day): Span {
  const span = spans.get(made);
  if (!span || made.validate(value) !== null) throw new Error("this operator means no span of days");
  return span(value, today);
}

export const daysWord = (count: number): string => (count === 1 ? "1 day" : `${count} days`);

/** Relative days begin at midnight in the workspace's zone. Today belongs to "the next" and to "the last N days". */
export const dateOperators = {
  next_days: dated({
    label: "is in the next",
    unit: "days",
    takes: "count",
    span: (count, today) => ({ from: today, before: addDays(today, count + 1) }),
    explain: (count) => `is in the next ${daysWord(count)}`,
  }),
  last_days: dated({
    label: "was in the last",
    unit: "days",
    takes: "count",
    span: (count, today) => ({ from: addDays(today, -count), before: addDays(today, 1) }),
    explain: (count) => `was in the last ${daysWord(count)}`,
  }),
  in_days: dated({
    label: "is in exactly",
    unit: "days",
    takes: "count",
    span: (count, today) => oneDay(addDays(today, count)),
    explain: (count) => `is in exactly ${daysWord(count)}`,
  }),
  days_ago: dated({
    label: "was exactly",
    unit: "days ago",
    takes: "count",
    span: (count, today) => oneDay(addDays(today, -count)),
    explain: (count) => `was exactly ${daysWord(count)} ago`,
  }),
  after_days: dated({
    label: "is more than",
    unit: "days ahead",
    takes: "count",
    span: (count, today) => ({ from: addDays(today, count + 1) }),
    explain: (count) => `is more than ${daysWord(count)} ahead`,
  }),
  before_days: dated({
    label: "was more than",
    unit: "days ago",
    takes: "count",
    span: (count, today) => ({ before: addDays(today, -count) }),
    explain: (count) => `was more than ${daysWord(count)} ago`,
  }),
  this_month: dated({
    label: "is this month",
    takes: "none",
    span: (_, today) => ({ from: startOfMonth(today), before: startOfMonth(today, 1) }),
  }),
  next_month: dated({
    label: "is next month",
    takes: "none",
    span: (_, today) => ({ from: startOfMonth(today, 1), before: startOfMonth(today, 2) }),
  }),
  on: dated({
    label: "is on",
    takes: "day",
    span: oneDay,
    explain: (day, say) => `is on ${say.day(day)}`,
  }),
  before: dated({
    label: "is before",
    takes: "day",
    span: (day) => ({ before: day }),
    explain: (day, say) => `is before ${say.day(day)}`,
  }),
  after: dated({
    label: "is after",
    takes: "day",
    span: (day) => ({ from: addDays(day, 1) }),
    explain: (day, say) => `is after ${say.day(day)}`,
  }),
  between_days: dated({
    label: "is between",
    takes: "days",
    span: ([first, last]) => ({ from: first, before: addDays(last, 1) }),
    explain: ([first, last], say) => `is between ${say.day(first)} and ${say.day(last)}`,
  }),
  ...presence,
};

/** Operators that say when something happened: those of dates without the future, and without presence. */
export const pastOperators = [
  "last_days",
  "before_days",
  "days_ago",
  "this_month",
  "on",
  "after",
  "before",
  "between_days",
] as const;

/** Operators whose answer changes at midnight although nothing happened. */
export const relativeOperators: ReadonlySet<string> = new Set([
  ...[
    "next_days",
    "last_days",
    "in_days",
    "days_ago",
    "after_days",
    "before_days",
    "this_month",
    "next_month",
  ],
  ...["birthday_today", "birthday_next", "birthday_in", "birthday_month"],
]);

export const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

const kept = ({ monthDay }: Column, codes: number[]): Fragment =>
  q`${monthDay} = any (${param(codes, "int[]")})`;
const inMonths = ({ monthDay }: Column, chosen: number[]): Fragment =>
  q`${monthDay} / 100 = any (${param(chosen, "int[]")})`;

/** Of the day itself, and of its return each year. A birthday on 29 February is kept on 28 February in other years. */
export const birthdayOperators = {
  birthday_today: operator({
    label: "has its anniversary today",
    takes: "none",
    toSql: (column, _, { today }) => kept(column, birthdaysOn(today)),
  }),
  birthday_next: operator({
    label: "has its anniversary in the next",
    unit: "days",
    takes: "count",
    toSql: (column, count, { today }) => kept(column, birthdaysWithin(today, count + 1)),
    explain: (count) => `has its anniversary in the next ${daysWord(count)}`,
  }),
  birthday_in: operator({
    label: "has its anniversary in exactly",
    unit: "days",
    takes: "count",
    toSql: (column, count, { today }) => kept(column, birthdaysOn(addDays(today, count))),
    explain: (count) => `has its anniversary in exactly ${daysWord(count)}`,
  }),
  birthday_month: operator({
    label: "has its anniversary this month",
    takes: "none",
    toSql: (column, _, { today }) => inMonths(column, [Number(today.slice(5, 7))]),
  }),
  birthday_months: operator({
    label: "has its anniversary in",
    takes: "months",
    toSql: inMonths,
    explain: (chosen) =>
      `has its anniversary in ${listed(
        chosen.map((month) => months[month - 1] ?? ""),
        "or",
      )}`,
  }),
};
