"use client";

import { Check, ListFilter, X } from "lucide-react";
import dynamic from "next/dynamic";
import { Button } from "./button";
import { cn } from "./cn";
import type { Filter } from "./filter-bar";
import { Popover } from "./popover";
import { Spinner } from "./spinner";

const OptionList = dynamic(() => import("./option-list").then((part) => part.OptionList), {
  loading: () => <Spinner className="m-3 text-faint" />,
});

type FilterChipProps = {
  filter: Filter;
  values: readonly string[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onChange: (values: readonly string[]) => void;
};

/** One filter of a `FilterBar`: its name, what is chosen, and the way to choose. */
export function FilterChip({ filter, values, open, onOpenChange, onChange }: FilterChipProps) {
  const { label, options, prefix = "", loading = false } = filter;
  const known = new Set(options.map(({ value }) => value));
  // What stands in an address is shown before its options are read.
  const others = values.filter((value) => !known.has(value));
  const offered = [
    ...options,
    ...others.map((value) => ({ value, label: value.slice(prefix.length) || value })),
  ];
  const words = offered.filter(({ value }) => values.includes(value)).map((option) => option.label);
  const toggle = (value: string) =>
    onChange(values.includes(value) ? values.filter((each) => each !== value) : [...values, value]);
  return (
    <span className="flex max-w-full">
      <Popover
        label={label}
        open={open}
        onOpenChange={onOpenChange}
        className="w-60 p-0"
        trigger={
          <Button
            size="sm"
            icon={values.length === 0 && <ListFilter aria-hidden className="text-faint" />}
            className={cn(
              "h-control min-w-0 font-normal",
              values.length > 0
                ? "rounded-r-none border-accent-ink/40 bg-accent-soft text-accent-ink"
                : "border-dashed text-muted shadow-none",
            )}
          >
            {label}
            {words.length > 0 && (
              <span className="max-w-48 truncate font-medium">
                {words.length > 2 ? `${words.length} chosen` : words.join(", ")}
              </span>
            )}
          </Button>
        }
      >
        {loading ? (
          <Spinner className="m-3 text-faint" />
        ) : (
          <OptionList
            label={label}
            options={offered}
            onChoose={toggle}
            mark={({ value }) =>
              values.includes(value) && <Check aria-label="Chosen" className="text-accent-ink" />
            }
          />
        )}
      </Popover>
      {values.length > 0 && (
        <Button
          size="sm"
          aria-label={`Remove the filter ${label}`}
          className="-ml-px h-control rounded-l-none border-accent-ink/40 bg-accent-soft px-1.5 text-accent-ink"
          onClick={() => onChange([])}
        >
          <X aria-hidden />
        </Button>
      )}
    </span>
  );
}
