"use client";

import { Select } from "@/components/ui/select";
import { type Operator, whenOperators } from "@/server/segments/status";
import { ValueInput } from "./value-input";

type When = { op: string; value?: unknown } | null;

const EVER = "ever";
const windowWords = ({ label, unit }: Operator): string =>
  `${label.replace(/^(is|was) /, "")}${unit ? ` … ${unit}` : ""}`;
const options = [
  { value: EVER, label: "at any time" },
  ...Object.entries(whenOperators).map(([value, operator]) => ({ value, label: windowWords(operator) })),
];

/** When something happened: at any time, or inside a window. */
export function WhenField({
  when,
  onChange,
  invalid,
}: {
  when: When;
  onChange: (when: When) => void;
  invalid: boolean;
}) {
  const operator = when ? whenOperators[when.op] : undefined;
  const choose = (op: string) => {
    const next = whenOperators[op];
    if (!next) return onChange(null);
    const keeps = operator && next.takes === operator.takes;
    onChange({ op, value: keeps ? when?.value : next.takes === "count" ? 30 : undefined });
  };
  return (
    <>
      <Select
        label="When"
        options={options}
        value={when?.op ?? EVER}
        onValueChange={choose}
        className="w-auto max-w-64"
      />
      {when && operator && (
        <ValueInput
          takes={operator.takes}
          value={when.value}
          onChange={(value) => onChange({ op: when.op, value })}
          label="When"
          unit={operator.unit}
          choices={[]}
          open={false}
          invalid={invalid}
        />
      )}
    </>
  );
}
