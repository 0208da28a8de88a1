"use client";

import { RadioGroup as Primitive } from "radix-ui";
import { cn } from "./cn";
import { useFieldProps } from "./field-context";
import type { Option } from "./select";

type RadioGroupProps<Value extends string> = {
  options: readonly Option<Value>[];
  value?: Value;
  defaultValue?: Value;
  onValueChange?: (value: Value) => void;
  name?: string;
  /** Needed where no `Field` names it. */
  label?: string;
  /** Cards with a border, for choices that deserve a sentence each. */
  cards?: boolean;
  className?: string;
};

/** One of two to four, all of them visible. */
export function RadioGroup<Value extends string>({
  options,
  onValueChange,
  label,
  cards = false,
  className,
  ...rest
}: RadioGroupProps<Value>) {
  return (
    <Primitive.Root
      {...useFieldProps()}
      aria-label={label}
      onValueChange={(value) => {
        const option = options.find((candidate) => candidate.value === value);
        if (option) onValueChange?.(option.value);
      }}
      className={cn("flex flex-col gap-2", className)}
      {...rest}
    >
      {options.map((option) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the Radix radio inside is the control
        <label
          key={option.value}
          className={cn(
            "flex items-start gap-2 has-[:disabled]:opacity-50 pointer-coarse:py-1.5",
            cards &&
              "rounded-md border border-line-strong px-3 py-2.5 transition-colors hover:border-control has-[[data-state=checked]]:border-accent-ink has-[[data-state=checked]]:bg-accent-soft",
          )}
        >
          <span className="flex h-5 items-center">
            <Primitive.Item
              value={option.value}
              disabled={option.disabled}
              className="flex size-4 items-center justify-center rounded-full border border-control bg-surface transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent"
            >
              <Primitive.Indicator className="size-1.5 rounded-full bg-on-accent" />
            </Primitive.Item>
          </span>
          <span className="min-w-0">
            <span className={cn(cards && "font-medium")}>{option.label}</span>
            {option.description && <span className="block text-muted text-sm">{option.description}</span>}
          </span>
        </label>
      ))}
    </Primitive.Root>
  );
}
