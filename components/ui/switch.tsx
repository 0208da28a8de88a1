"use client";

import { Switch as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { useFieldProps } from "./field-context";

type SwitchProps = ComponentProps<typeof Primitive.Root> & {
  /** Beside it. Without it give `aria-label`, or stand in a `Field`. */
  label?: ReactNode;
  description?: ReactNode;
};

/** On or off, in force at once. What is saved with a form is a `Checkbox`. */
export function Switch({ label, description, className, ...rest }: SwitchProps) {
  const control = (
    <Primitive.Root
      {...useFieldProps()}
      className={cn(
        "inline-flex h-4.5 w-8 shrink-0 items-center rounded-full bg-control p-0.5 transition-colors data-[state=checked]:bg-accent disabled:opacity-50",
        className,
      )}
      {...rest}
    >
      <Primitive.Thumb className="block size-3.5 rounded-full bg-white shadow-xs transition-transform data-[state=checked]:translate-x-3.5" />
    </Primitive.Root>
  );
  if (!label) return control;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the Radix switch inside is the control
    <label className="flex items-start justify-between gap-4 pointer-coarse:py-2">
      <span className="min-w-0">
        {label}
        {description && <span className="block text-muted text-sm">{description}</span>}
      </span>
      <span className="flex h-5 items-center">{control}</span>
    </label>
  );
}
