import type { Day } from "./days";
import { type Fragment, q } from "./fragment";
import { type ValueKind, type ValueOf, valueProblems } from "./values";

export type FieldType =
  | "text"
  | "choice"
  | "number"
  | "money"
  | "boolean"
  | "date"
  | "birthday"
  | "instant"
  | "tags";

/** A field as SQL: how its value is read, and how a value is written to be compared with it. */
export type Column = {
  /** Null where there is no value, or one that is not of the field's type. */
  value: Fragment;
  /** A number, or a day (for an instant: its first moment in the workspace's zone), as the column's own type. */
  literal: (value: number | Day) => Fragment;
  /** Month and day of a date as one number. */
  monthDay: Fragment;
};

/** The day that relative dates count from: today in the workspace's zone. */
export type Today = { today: Day };

/** How values read in a sentence; choices by their labels. */
export type Say = {
  text: (value: string) => string;
  number: (value: number) => string;
  day: (value: Day) => string;
};

/**
 * An operator as data: the builder shows `label` and asks for `takes`, the API checks with `validate`, the engine compiles
 * with `toSql`, and the sentence comes from `explain`. `toSql` may give null for false: the compiler negates with
 * "is not true". A `negative` operator compiles as its positive one and is turned round by the compiler.
 */
export type Operator = {
  label: string;
  /** Stands after the value: "days ago". */
  unit: string | null;
  takes: ValueKind;
  negative: boolean;
  validate: (value: unknown) => string | null;
  toSql: (column: Column, value: unknown, today: Today) => Fragment;
  /** "is in the next 30 days" */
  explain: (value: unknown, say: Say) => string;
};

type Definition<Kind extends ValueKind> = {
  label: string;
  unit?: string | null;
  takes: Kind;
  negative?: boolean;
  toSql: (column: Column, value: ValueOf[Kind], today: Today) => Fragment;
  /** Left out: the label alone. */
  explain?: (value: ValueOf[Kind], say: Say) => string;
};

/** Makes an operator whose value was checked before it is compiled or explained. */
export function operator<Kind extends ValueKind>({
  label,
  unit = null,
  takes,
  negative = false,
  toSql,
  explain,
}: Definition<Kind>): Operator {
  const validate = valueProblems[takes];
  const checked = (value: unknown): ValueOf[Kind] => {
    if (validate(value) !== null) throw new Error(`an unchecked value came to the operator “${label}”`);
    return value as ValueOf[Kind];
  };
  return {
    label,
    unit,
    takes,
    negative,
    validate,
    toSql: (column, value, today) => toSql(column, checked(value), today),
    explain: (value, say) =>
      validate(value) === null ? (explain?.(checked(value), say) ?? label) : `${label} …`,
  };
}

/** "a, b or c" */
export function listed(words: readonly string[], by: "or" | "and"): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${by} ${last}`;
}

/** Whether a column has a value; for every type that can be without. */
export const presence = {
  known: operator({ label: "is known", takes: "none", toSql: ({ value }) => q`${value} is not null` }),
  blank: operator({ label: "is not known", takes: "none", toSql: ({ value }) => q`${value} is null` }),
};
