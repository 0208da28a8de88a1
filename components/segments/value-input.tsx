"use client";

import { useEffect, useId, useRef, useState } from "react";
import { Input } from "@/components/ui/input";
import { MultiCombobox } from "@/components/ui/multi-combobox";
import type { Choice, ValueKind } from "@/server/segments/status";
import { months } from "@/server/segments/status";

type ValueInputProps = {
  takes: ValueKind;
  value: unknown;
  onChange: (value: unknown) => void;
  /** What it is the value of, read aloud. */
  label: string;
  /** After the value: "days ago". */
  unit: string | null;
  /** Values to choose from; with `open` others can be typed. */
  choices: readonly Choice[];
  open: boolean;
  invalid: boolean;
  /** Before an amount: ₹ */
  currency?: string | undefined;
};

const monthChoices = months.map((label, index) => ({ value: String(index + 1), label }));
const pairOf = (value: unknown): [unknown, unknown] =>
  Array.isArray(value) ? [value[0], value[1]] : [undefined, undefined];
const words = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** The control that an operator's kind of value needs. */
export function ValueInput(props: ValueInputProps) {
  const { takes, value, onChange, label, unit, choices, open, invalid, currency } = props;
  switch (takes) {
    case "none":
      return null;
    case "text":
      return <TextInput {...props} />;
    case "texts":
      return (
        <MultiCombobox
          label={label}
          options={choices}
          values={words(value)}
          onValuesChange={onChange}
          allowOther={open}
          placeholder={choices.length > 0 ? "Choose" : "Type values"}
          searchLabel={open ? "Find or type a value" : "Find"}
          invalid={invalid}
          className="w-auto min-w-28 max-w-72"
        />
      );
    case "months":
      return (
        <MultiCombobox
          label={label}
          options={monthChoices}
          values={words(value)}
          onValuesChange={(chosen) => onChange(chosen.map(Number).sort((one, other) => one - other))}
          invalid={invalid}
          className="w-auto min-w-28 max-w-72"
        />
      );
    case "number":
      return (
        <NumberInput label={label} value={value} onChange={onChange} invalid={invalid} prefix={currency} />
      );
    case "count":
      return (
        <span className="inline-flex items-center gap-1.5">
          <NumberInput label={label} value={value} onChange={onChange} invalid={invalid} narrow />
          {unit}
        </span>
      );
    case "numbers":
    case "days": {
      const [first, last] = pairOf(value);
      const part = (each: unknown, set: (next: unknown) => void, name: string) =>
        takes === "days" ? (
          <DayInput label={`${label}, ${name}`} value={each} onChange={set} invalid={invalid} />
        ) : (
          <NumberInput
            label={`${label}, ${name}`}
            value={each}
            onChange={set}
            invalid={invalid}
            prefix={currency}
          />
        );
      return (
        <span className="inline-flex flex-wrap items-center gap-1.5">
          {part(first, (next) => onChange([next, last]), "from")}
          and
          {part(last, (next) => onChange([first, next]), "to")}
        </span>
      );
    }
    case "day":
      return <DayInput label={label} value={value} onChange={onChange} invalid={invalid} />;
  }
}

function TextInput({ value, onChange, label, choices, invalid }: ValueInputProps) {
  const list = useId();
  return (
    <>
      <Input
        aria-label={label}
        aria-invalid={invalid || undefined}
        value={typeof value === "string" ? value : ""}
        onChange={(event) => onChange(event.target.value)}
        list={choices.length > 0 ? list : undefined}
        placeholder="value"
        className="w-44"
      />
      {choices.length > 0 && (
        <datalist id={list}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} />
          ))}
        </datalist>
      )}
    </>
  );
}

type PartProps = {
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
  invalid: boolean;
};

function DayInput({ label, value, onChange, invalid }: PartProps) {
  return (
    <Input
      type="date"
      aria-label={label}
      aria-invalid={invalid || undefined}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.target.value || undefined)}
      className="w-40"
    />
  );
}

/** Keeps what is typed as it is typed ("1.", "-"); the number follows. */
export function NumberInput({
  label,
  value,
  onChange,
  invalid,
  narrow = false,
  prefix,
}: PartProps & { narrow?: boolean; prefix?: string | undefined }) {
  const number = typeof value === "number" ? value : undefined;
  const [typed, setTyped] = useState(number === undefined ? "" : String(number));
  const told = useRef(number);
  useEffect(() => {
    if (told.current !== number) setTyped(number === undefined ? "" : String(number));
    told.current = number;
  }, [number]);
  const change = (text: string) => {
    setTyped(text);
    const plain = text.replace(/[\s,]/g, "");
    const next = plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : undefined;
    told.current = next;
    onChange(next);
  };
  return (
    <span className={narrow ? "inline-flex w-18" : "inline-flex w-32"}>
      <Input
        inputMode="decimal"
        aria-label={label}
        aria-invalid={invalid || undefined}
        value={typed}
        prefix={prefix}
        onChange={(event) => change(event.target.value)}
      />
    </span>
  );
}
