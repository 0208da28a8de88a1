import { operatorsOf } from "./fields";
import type { Fragment } from "./fragment";
import { q } from "./fragment";
import type { Condition, Test } from "./model";
import type { Column, FieldType, Operator, Say } from "./operator";
import { relativeOperators } from "./operators-date";
import type { Names, World } from "./world";

/** Something to mend in a condition: where in it, and what to do in words. */
export type ConditionProblem = { at: string; message: string };

/** A kind of condition as data, like an operator: checked, compiled and told from one place. */
export type ConditionKind<C extends Condition> = {
  problems: (condition: C, names: Names) => ConditionProblem[];
  /** A condition over `customers c`; with `negated` the customers for whom it does not hold. Null counts as false. */
  toSql: (condition: C, world: World, negated: boolean) => Fragment;
  /** "whose tier is gold or platinum", after "customers". */
  explain: (condition: C, names: Names) => string;
  /** Whether its answer can change at midnight. */
  relative: (condition: C) => boolean;
};

export const operatorFor = (type: FieldType, op: string): Operator | undefined =>
  Object.hasOwn(operatorsOf[type], op) ? operatorsOf[type][op] : undefined;

/** What is wrong with a test of a field of this type. */
export function testProblems(type: FieldType, test: Test, at: string): ConditionProblem[] {
  const operator = operatorFor(type, test.op);
  if (!operator) return [{ at, message: "Choose how to compare." }];
  const message = operator.validate(test.value);
  return message === null ? [] : [{ at, message }];
}

/** A test as SQL. @throws Error for an operator that the type does not have */
export function testSql(
  type: FieldType,
  test: Test,
  { column, world, negated = false }: { column: Column; world: World; negated?: boolean },
): Fragment {
  const operator = operatorFor(type, test.op);
  if (!operator) throw new Error(`no operator “${test.op}” for ${type}`);
  const positive = operator.toSql(column, test.value, world);
  return operator.negative === negated ? positive : q`(${positive}) is not true`;
}

export const testWords = (type: FieldType, test: Test, say: Say): string =>
  operatorFor(type, test.op)?.explain(test.value, say) ?? "…";

export const isRelative = ({ op }: Test): boolean => relativeOperators.has(op);

const dayFormat = (locale: string) =>
  new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** How values of a field read in a sentence. */
export function sayer(names: Names, field: { type: FieldType; choices?: Labels; suggest?: string }): Say {
  const labels = new Map(field.choices?.map(({ value, label }) => [value, label]));
  if (field.suggest === "advisors") for (const [id, name] of names.advisors) labels.set(id, name);
  const quoted = field.type === "text" || field.type === "tags";
  const money = field.type === "money" ? { style: "currency" as const, currency: names.currency } : {};
  const numbers = new Intl.NumberFormat(names.locale, { ...money, minimumFractionDigits: 0 });
  return {
    text: (value) => labels.get(value) ?? (quoted ? `“${value}”` : value),
    number: (value) => numbers.format(value),
    day: (day) => dayFormat(names.locale).format(new Date(`${day}T00:00:00Z`)),
  };
}
type Labels = readonly { value: string; label: string }[] | undefined;
