"use client";

import { ChevronDown } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { cn } from "./cn";
import { useFieldProps } from "./field-context";
import { Popover } from "./popover";
import type { Option } from "./select";
import { Spinner } from "./spinner";

// The list with its search comes when somebody opens it.
const ManyOptions = dynamic(() => import("./many-options").then((part) => part.ManyOptions), {
  loading: () => <Spinner className="m-3 text-faint" />,
});

type MultiComboboxProps = {
  options: readonly Option[];
  values: readonly string[];
  onValuesChange: (values: string[]) => void;
  placeholder?: string;
  /** In the search line: "Find a city". */
  searchLabel?: string;
  /** What is typed can be taken, too, where the list does not have it. */
  allowOther?: boolean;
  /** Needed where no `Field` names it. */
  label?: string;
  invalid?: boolean;
  className?: string;
};

/** Several of many, found by typing. */
export function MultiCombobox({
  options,
  values,
  onValuesChange,
  placeholder = "Choose",
  searchLabel = "Find",
  allowOther = false,
  label,
  invalid,
  className,
}: MultiComboboxProps) {
  const [open, setOpen] = useState(false);
  const labels = new Map(options.map((option) => [option.value, option.label]));
  const words = values.map((value) => labels.get(value) ?? value);
  return (
    <Popover
      label={searchLabel}
      open={open}
      onOpenChange={setOpen}
      className="w-72 max-w-[calc(100vw-2rem)] p-0"
      trigger={
        <button
          type="button"
          role="combobox"
          aria-expanded={open}
          aria-label={label && (words.length > 0 ? `${label}: ${words.join(", ")}` : label)}
          aria-invalid={invalid || undefined}
          {...useFieldProps()}
          className={cn(
            "control-border flex h-control w-full min-w-0 items-center justify-between gap-2 rounded-md px-2.5 text-left text-base",
            words.length === 0 && "text-faint",
            className,
          )}
        >
          <span className="truncate">{words.length > 0 ? words.join(", ") : placeholder}</span>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-faint" />
        </button>
      }
    >
      <ManyOptions
        label={searchLabel}
        options={options}
        values={values}
        onValuesChange={onValuesChange}
        allowOther={allowOther}
      />
    </Popover>
  );
}
