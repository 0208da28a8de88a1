import { commas, type Fragment, param, q } from "./fragment";
import { type Column, listed, operator, presence } from "./operator";

// Lowered by the database on both sides: it and JavaScript do not agree on every letter.
const lowered = ({ value }: Column) => q`lower(${value})`;
const low = (text: string) => q`lower(${param(text, "text")})`;

const is = (column: Column, text: string): Fragment => q`${lowered(column)} = ${low(text)}`;
const contains = (column: Column, text: string): Fragment =>
  q`position(${low(text)} in ${lowered(column)}) > 0`;
const oneOf = (column: Column, values: string[]): Fragment =>
  q`${lowered(column)} in (${commas(values.map(low))})`;

/** Capitals and small letters count as the same. */
export const textOperators = {
  is: operator({ label: "is", takes: "text", toSql: is, explain: (value, say) => `is ${say.text(value)}` }),
  is_not: operator({
    label: "is not",
    takes: "text",
    negative: true,
    toSql: is,
    explain: (value, say) => `is not ${say.text(value)}`,
  }),
  one_of: operator({
    label: "is any of",
    takes: "texts",
    toSql: oneOf,
    explain: (values, say) => `is ${listed(values.map(say.text), "or")}`,
  }),
  none_of: operator({
    label: "is none of",
    takes: "texts",
    negative: true,
    toSql: oneOf,
    explain: (values, say) => `is not ${listed(values.map(say.text), "or")}`,
  }),
  contains: operator({
    label: "contains",
    takes: "text",
    toSql: contains,
    explain: (value, say) => `contains ${say.text(value)}`,
  }),
  not_contains: operator({
    label: "does not contain",
    takes: "text",
    negative: true,
    toSql: contains,
    explain: (value, say) => `does not contain ${say.text(value)}`,
  }),
  starts_with: operator({
    label: "begins with",
    takes: "text",
    toSql: (column, value) => q`starts_with(${lowered(column)}, ${low(value)})`,
    explain: (value, say) => `begins with ${say.text(value)}`,
  }),
  ends_with: operator({
    label: "ends with",
    takes: "text",
    toSql: (column, value) => q`right(${lowered(column)}, length(${low(value)})) = ${low(value)}`,
    explain: (value, say) => `ends with ${say.text(value)}`,
  }),
  ...presence,
};

const chosen = ({ value }: Column, values: string[]): Fragment =>
  q`${value} = any (${param(values, "text[]")})`;

/** Choices are keys of this product or of a list, compared as they are. */
export const choiceOperators = {
  one_of: operator({
    label: "is any of",
    takes: "texts",
    toSql: chosen,
    explain: (values, say) => `is ${listed(values.map(say.text), "or")}`,
  }),
  none_of: operator({
    label: "is none of",
    takes: "texts",
    negative: true,
    toSql: chosen,
    explain: (values, say) => `is not ${listed(values.map(say.text), "or")}`,
  }),
  ...presence,
};

export const booleanOperators = {
  yes: operator({ label: "is yes", takes: "none", toSql: ({ value }) => q`${value}` }),
  no: operator({ label: "is no", takes: "none", toSql: ({ value }) => q`not ${value}` }),
  ...presence,
};

const anyTag = ({ value }: Column, tags: string[]): Fragment => q`${value} && ${param(tags, "text[]")}`;

/** A list without entries is a list that is not known. */
export const tagOperators = {
  has_any: operator({
    label: "include any of",
    takes: "texts",
    toSql: anyTag,
    explain: (tags, say) => `include ${listed(tags.map(say.text), "or")}`,
  }),
  has_all: operator({
    label: "include all of",
    takes: "texts",
    toSql: ({ value }, tags) => q`${value} @> ${param(tags, "text[]")}`,
    explain: (tags, say) => `include ${listed(tags.map(say.text), "and")}`,
  }),
  has_none: operator({
    label: "include none of",
    takes: "texts",
    negative: true,
    toSql: anyTag,
    explain: (tags, say) => `do not include ${listed(tags.map(say.text), "or")}`,
  }),
  known: operator({
    label: "are not empty",
    takes: "none",
    toSql: ({ value }) => q`cardinality(${value}) > 0`,
  }),
  blank: operator({
    label: "are empty",
    takes: "none",
    negative: true,
    toSql: ({ value }) => q`cardinality(${value}) > 0`,
  }),
};
