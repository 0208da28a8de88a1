import fc from "fast-check";
import {
  ATTRIBUTE,
  customerFields,
  type Field,
  operatorsOf,
  paymentFields,
  policyFields,
  propertyTypes,
} from "../rule/fields";
import {
  type Condition,
  type Count,
  consentChannels,
  consentStates,
  type Group,
  interactions,
  matches,
  purposes,
  type Rule,
  type RuleNode,
  reachChannels,
  type Test,
} from "../rule/model";
import type { FieldType } from "../rule/operator";
import type { ValueKind } from "../rule/values";
import { whenOperators } from "../rule/when";
import { customerField } from "../rule/world";
import { attributes } from "./memory";
import { pools } from "./random-people";

/** Ids that rules may name. */
export type Known = {
  campaigns: readonly string[];
  advisors: readonly string[];
  segments: readonly string[];
};

const words = [
  ...[...pools.cities, ...pools.names].filter((word) => word.trim() !== ""),
  ...pools.tags,
  ...pools.products,
  "e",
];
const day = fc.constantFrom(
  "1990-01-01",
  "1992-02-29",
  "2026-01-30",
  "2026-02-27",
  "2026-02-28",
  "2026-03-01",
  "2026-03-31",
);
const number = fc.constantFrom(-3, 0, 1, 1.5, 12, 12.5, 49, 50, 51, 100, 499.99, 500, 12_000.5, 250_000);
const ordered = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.tuple(arbitrary, arbitrary).map(([one, other]) => (one <= other ? [one, other] : [other, one]));

const values: Record<ValueKind, (choices: readonly string[]) => fc.Arbitrary<unknown>> = {
  none: () => fc.constant(undefined),
  text: () => fc.constantFrom(...words),
  texts: (choices) => fc.uniqueArray(fc.constantFrom(...choices, ...words), { minLength: 1, maxLength: 4 }),
  number: () => number,
  numbers: () => ordered(number),
  day: () => day,
  days: () => ordered(day),
  count: () => fc.constantFrom(0, 1, 7, 29, 30, 31, 90, 365, 400),
  months: () => fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }),
};

/** Any operator of a type with a value that it takes: a new operator is tested without a word here. */
const testOf = (type: FieldType, choices: readonly string[] = []): fc.Arbitrary<Test> =>
  fc
    .constantFrom(...Object.entries(operatorsOf[type]))
    .chain(([op, { takes }]) =>
      values[takes](choices).map((value) => (takes === "none" ? { op } : { op, value })),
    );

const when: fc.Arbitrary<Test | null> = fc.option(
  fc
    .constantFrom(...Object.entries(whenOperators))
    .chain(([op, { takes }]) =>
      values[takes]([]).map((value) => (takes === "none" ? { op } : { op, value })),
    ),
);

const count: fc.Arbitrary<Count> = fc.oneof(
  fc.constantFrom<Count>({ op: "some" }, { op: "none" }),
  fc.record({
    op: fc.constantFrom("at_least" as const, "at_most" as const, "exactly" as const),
    n: fc.nat(3),
  }),
);

const fieldTests = (fields: Readonly<Record<string, Field>>) =>
  fc.array(
    fc
      .constantFrom(...Object.entries(fields))
      .chain(([field, { type, choices }]) =>
        testOf(type, choicesOf(field, choices)).map((test) => ({ field, ...test })),
      ),
    { maxLength: 3 },
  );

const choicesOf = (field: string, choices: Field["choices"]): string[] =>
  choices?.map(({ value }) => value) ?? (field === "policy_type" ? [...pools.types] : [...pools.languages]);

const property = fc
  .tuple(fc.constantFrom(...pools.properties), fc.constantFrom(...propertyTypes))
  .chain(([name, type]) => testOf(type).map((test) => ({ property: name, type, ...test })));

const customer = (known: Known): fc.Arbitrary<Condition> =>
  fc
    .constantFrom(...Object.keys(customerFields), ...[...attributes.keys()].map((key) => ATTRIBUTE + key))
    .chain((name) => {
      const field = customerField(name, attributes);
      if (!field) throw new Error("no field");
      const choices = name === "advisor" ? known.advisors : choicesOf(name, field.choices);
      return testOf(field.type, choices).map((test) => ({ on: "customer" as const, field: name, ...test }));
    });

const condition = (known: Known): fc.Arbitrary<Condition> =>
  fc.oneof(
    { weight: 4, arbitrary: customer(known) },
    {
      weight: 2,
      arbitrary: fc.record({ on: fc.constant("policy" as const), count, where: fieldTests(policyFields) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ on: fc.constant("payment" as const), count, where: fieldTests(paymentFields) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        on: fc.constant("event" as const),
        name: fc.constantFrom(...pools.events),
        count,
        when,
        where: fc.array(property, { maxLength: 2 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        on: fc.constant("campaign" as const),
        interaction: fc.constantFrom(...interactions),
        did: fc.boolean(),
        campaign: fc.option(fc.constantFrom(...known.campaigns)),
        when,
      }),
    },
    fc.record({
      on: fc.constant("consent" as const),
      channel: fc.constantFrom(...consentChannels),
      purpose: fc.constantFrom(...purposes),
      state: fc.constantFrom(...consentStates),
    }),
    fc.record({
      on: fc.constant("reach" as const),
      channel: fc.constantFrom(...reachChannels),
      can: fc.boolean(),
    }),
    fc.record({
      on: fc.constant("segment" as const),
      segment: fc.constantFrom(...known.segments),
      in: fc.boolean(),
    }),
  );

const groupOf = (known: Known, depth: number): fc.Arbitrary<Group> => {
  const node: fc.Arbitrary<RuleNode> =
    depth > 1
      ? fc.oneof(
          { weight: 3, arbitrary: condition(known) },
          { weight: 1, arbitrary: groupOf(known, depth - 1) },
        )
      : condition(known);
  return fc.record({
    match: fc.constantFrom(...matches),
    of: fc.array(node, { minLength: 1, maxLength: 3 }),
  });
};

/** Any rule that can be saved. */
export const arbitraryRule = (known: Known): fc.Arbitrary<Rule> => groupOf(known, 4);
