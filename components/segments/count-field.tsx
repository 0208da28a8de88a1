"use client";

import { Select } from "@/components/ui/select";
import type { Condition } from "@/server/segments/status";
import { NumberInput } from "./value-input";

type Count = Extract<Condition, { on: "event" }>["count"];

const words = {
  policy: {
    some: "Has a policy",
    none: "Has no policy",
    at_least: "Has at least … policies",
    at_most: "Has at most … policies",
    exactly: "Has exactly … policies",
  },
  payment: {
    some: "Has a payment",
    none: "Has no payment",
    at_least: "Has at least … payments",
    at_most: "Has at most … payments",
    exactly: "Has exactly … payments",
  },
  event: {
    some: "Did",
    none: "Never did",
    at_least: "Did at least … times",
    at_most: "Did at most … times",
    exactly: "Did exactly … times",
  },
} as const;

type CountFieldProps = {
  of: keyof typeof words;
  count: Count;
  onChange: (count: Count) => void;
  invalid: boolean;
};

/** "Has at least … policies": how many, with the number where one is needed. */
export function CountField({ of, count, onChange, invalid }: CountFieldProps) {
  const options = Object.entries(words[of]).map(([value, label]) => ({ value: value as Count["op"], label }));
  const counted = count.op !== "some" && count.op !== "none";
  const choose = (op: Count["op"]) =>
    onChange(op === "some" || op === "none" ? { op } : { op, n: count.n ?? (op === "at_least" ? 2 : 1) });
  return (
    <>
      <Select label="How many" options={options} value={count.op} onValueChange={choose} className="w-auto" />
      {counted && (
        <NumberInput
          label="How many"
          value={count.n}
          onChange={(n) => onChange({ op: count.op, ...(typeof n === "number" ? { n } : {}) })}
          invalid={invalid}
          narrow
        />
      )}
    </>
  );
}
