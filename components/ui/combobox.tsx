"use client";

import { Check, ChevronDown } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactElement, useState } from "react";
import { cn } from "./cn";
import { useFieldProps } from "./field-context";
import { Popover } from "./popover";
import type { Option } from "./select";
import { Spinner } from "./spinner";

// The list with its search comes when somebody opens it.
const OptionList = dynamic(() => import("./option-list").then((part) => part.OptionList), {
  loading: () => <Spinner className="m-3 text-faint" />,
});

type ComboboxProps = {
  options: readonly Option[];
  value: string | null;
  onValueChange: (value: string | null) => void;
  placeholder?: string;
  /** In the search line: "Find a template". */
  searchLabel?: string;
  /** Offers "None". */
  clearable?: boolean;
  disabled?: boolean;
  /** Needed where no `Field` names it. */
  label?: string;
  onBlur?: () => void;
};

/** One of many, found by typing. */
export function Combobox({
  options,
  value,
  onValueChange,
  placeholder = "Choose",
  searchLabel = "Find",
  clearable = false,
  disabled,
  label,
  onBlur,
}: ComboboxProps): ReactElement {
  const [open, setOpen] = useState(false);
  const chosen = options.find((option) => option.value === value);
  const choose = (next: string | null) => {
    setOpen(false);
    onValueChange(next);
  };
  return (
    <Popover
      label={searchLabel}
      open={open}
      onOpenChange={setOpen}
      className="w-(--radix-popover-trigger-width) min-w-60 p-0"
      trigger={
        <button
          type="button"
          role="combobox"
          aria-expanded={open}
          aria-label={label}
          disabled={disabled}
          onBlur={onBlur}
          {...useFieldProps()}
          className={cn(
            "control-border flex h-control w-full min-w-0 items-center justify-between gap-2 rounded-md px-2.5 text-left text-base",
            !chosen && "text-faint",
          )}
        >
          <span className="truncate">{chosen?.label ?? placeholder}</span>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-faint" />
        </button>
      }
    >
      <OptionList
        label={searchLabel}
        options={clearable && chosen ? [{ value: "", label: "None" }, ...options] : options}
        onChoose={(next) => choose(next || null)}
        mark={(option) => option.value === value && <Check aria-label="Chosen" className="text-accent-ink" />}
      />
    </Popover>
  );
}
