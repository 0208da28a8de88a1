import { q } from "./fragment";
import { operator, presence } from "./operator";

/** For numbers and for money, whose values are in major units (₹). */
export const numberOperators = {
  eq: operator({
    label: "is",
    takes: "number",
    toSql: ({ value, literal }, number) => q`${value} = ${literal(number)}`,
    explain: (number, say) => `is ${say.number(number)}`,
  }),
  ne: operator({
    label: "is not",
    takes: "number",
    negative: true,
    toSql: ({ value, literal }, number) => q`${value} = ${literal(number)}`,
    explain: (number, say) => `is not ${say.number(number)}`,
  }),
  gt: operator({
    label: "is more than",
    takes: "number",
    toSql: ({ value, literal }, number) => q`${value} > ${literal(number)}`,
    explain: (number, say) => `is more than ${say.number(number)}`,
  }),
  gte: operator({
    label: "is at least",
    takes: "number",
    toSql: ({ value, literal }, number) => q`${value} >= ${literal(number)}`,
    explain: (number, say) => `is at least ${say.number(number)}`,
  }),
  lt: operator({
    label: "is less than",
    takes: "number",
    toSql: ({ value, literal }, number) => q`${value} < ${literal(number)}`,
    explain: (number, say) => `is less than ${say.number(number)}`,
  }),
  lte: operator({
    label: "is at most",
    takes: "number",
    toSql: ({ value, literal }, number) => q`${value} <= ${literal(number)}`,
    explain: (number, say) => `is at most ${say.number(number)}`,
  }),
  between: operator({
    label: "is between",
    takes: "numbers",
    toSql: ({ value, literal }, [least, most]) => q`${value} between ${literal(least)} and ${literal(most)}`,
    explain: ([least, most], say) => `is between ${say.number(least)} and ${say.number(most)}`,
  }),
  ...presence,
};
