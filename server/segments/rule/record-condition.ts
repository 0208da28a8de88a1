import { columnOf } from "./columns";
import { type ConditionKind, isRelative, sayer, testProblems, testSql, testWords } from "./condition";
import { countedSql, countProblems, countWords } from "./counted";
import { type Field, paymentFields, policyFields } from "./fields";
import { joined, q } from "./fragment";
import { type FieldTest, most, type RecordCondition } from "./model";

/** A customer's policies and payments are counted, each with tests that one and the same record must pass. */
const records = {
  policy: { fields: policyFields, from: q`policies p`, alias: "p", one: "a policy", many: "policies" },
  payment: {
    fields: paymentFields,
    from: q`premium_payments y`,
    alias: "y",
    one: "a payment",
    many: "payments",
  },
} as const;

const fieldOf = (fields: Readonly<Record<string, Field>>, name: string): Field | undefined =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

export const recordCondition: ConditionKind<RecordCondition> = {
  problems: ({ on, count, where }) => [
    ...countProblems(count),
    ...(where.length > most.tests ? [{ at: "where", message: `Use at most ${most.tests} tests.` }] : []),
    ...where.flatMap((test, index) => {
      const field = fieldOf(records[on].fields, test.field);
      const at = `where.${index}`;
      return field ? testProblems(field.type, test, at) : [{ at, message: "Choose what to look at." }];
    }),
  ],
  toSql: ({ on, count, where }, world, negated) => {
    const { fields, from, alias } = records[on];
    const tests = where.map((test) => {
      const field = fieldOf(fields, test.field);
      if (!field) throw new Error(`no field “${test.field}” of a ${on}`);
      return testSql(field.type, test, { column: columnOf(alias, field, world.zone), world });
    });
    return countedSql({ from, alias, where: joined(tests, "and", q`true`) }, count, { world, negated });
  },
  explain: ({ on, count, where }, names) => {
    const { fields, one, many } = records[on];
    const words = (test: FieldTest): string => {
      const field = fieldOf(fields, test.field);
      return field ? `${field.label.toLowerCase()} ${testWords(field.type, test, sayer(names, field))}` : "…";
    };
    const tests = where.map(words).join(" and ");
    return `who ${countWords(count, one, many)}${tests && ` whose ${tests}`}`;
  },
  relative: ({ where }) => where.some(isRelative),
};
