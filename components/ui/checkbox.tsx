"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { useFieldProps } from "./field-context";

type CheckboxProps = ComponentProps<typeof Primitive.Root> & {
  /** Beside the box. Without it give `aria-label`. */
  label?: ReactNode;
  description?: ReactNode;
};

/** Yes or no, saved with the form; `checked="indeterminate"` for "some of them". */
export function Checkbox({ label, description, className, ...rest }: CheckboxProps) {
  const box = (
    <Primitive.Root
      {...useFieldProps()}
      className={cn(
        "group flex size-4 shrink-0 items-center justify-center rounded-sm border border-control bg-surface transition-colors",
        "data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent",
        "disabled:opacity-50",
        className,
      )}
      {...rest}
    >
      <Primitive.Indicator className="text-on-accent">
        <Minus aria-hidden strokeWidth={3} className="hidden size-3 group-data-[state=indeterminate]:block" />
        <Check aria-hidden strokeWidth={3} className="size-3 group-data-[state=indeterminate]:hidden" />
      </Primitive.Indicator>
    </Primitive.Root>
  );
  if (!label) return box;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the Radix checkbox inside is the control
    <label className="flex items-start gap-2 pointer-coarse:py-2">
      <span className="flex h-5 items-center">{box}</span>
      <span className="min-w-0">
        {label}
        {description && <span className="block text-faint text-xs">{description}</span>}
      </span>
    </label>
  );
}
