"use client";

import { Select } from "@/components/ui/select";
import { type Field, type Operator, operatorsOf } from "@/server/segments/status";
import { choicesFor, type Kit } from "./kit";
import { usualValue } from "./new-conditions";
import { ValueInput } from "./value-input";

type Test = { op: string; value?: unknown };
type TestFieldsProps = {
  kit: Kit;
  field: Field;
  test: Test;
  onChange: (test: Test) => void;
  invalid: boolean;
  /** Values seen so far, for a field that has no list of its own. */
  suggestions?: readonly string[] | undefined;
};

const optionOf = ([value, { label, unit }]: [string, Operator]) => ({
  value,
  label: unit ? `${label} … ${unit}` : label,
});

/** "is in the next [30] days": an operator of the field's type, and the value that it takes. */
export function TestFields({ kit, field, test, onChange, invalid, suggestions }: TestFieldsProps) {
  const operators = Object.entries(operatorsOf[field.type]).filter(
    ([op]) => !field.always || (op !== "known" && op !== "blank"),
  );
  const operator = operatorsOf[field.type][test.op];
  const { choices, open } = choicesFor(kit, field);
  const choose = (op: string) => {
    const next = operatorsOf[field.type][op];
    const keeps = next && operator && next.takes === operator.takes;
    onChange({ op, value: keeps ? test.value : usualValue(field.type, op) });
  };
  return (
    <>
      <Select
        label={`${field.label}: how to compare`}
        options={operators.map(optionOf)}
        value={test.op}
        onValueChange={choose}
        className="w-auto max-w-72"
      />
      {operator && (
        <ValueInput
          takes={operator.takes}
          value={test.value}
          onChange={(value) => onChange({ op: test.op, value })}
          label={field.label}
          unit={operator.unit}
          choices={suggestions?.map((value) => ({ value, label: value })) ?? choices}
          open={open}
          invalid={invalid}
          currency={field.type === "money" ? currencySign(kit) : undefined}
        />
      )}
    </>
  );
}

function currencySign({ names }: Kit): string | undefined {
  return new Intl.NumberFormat(names.locale, { style: "currency", currency: names.currency })
    .formatToParts(0)
    .find(({ type }) => type === "currency")?.value;
}
