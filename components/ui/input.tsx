"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { useFieldProps } from "./field-context";
import { useListening } from "./use-listening";

type InputProps = Omit<ComponentProps<"input">, "prefix"> & {
  /** An icon or a unit inside, at the start. */
  prefix?: ReactNode;
  /** A unit or a small button inside, at the end. */
  suffix?: ReactNode;
};

/** One line of text, a number or a date. 16 px on phones, or iOS zooms the page. */
export function Input({ prefix, suffix, className, readOnly, ...rest }: InputProps) {
  const listening = useListening();
  const input = (
    <input
      {...useFieldProps()}
      className={cn(
        "control-border h-control w-full min-w-0 rounded-md px-2.5 text-base pointer-coarse:text-lg",
        Boolean(prefix) && "pl-8",
        Boolean(suffix) && "pr-12",
        className,
      )}
      readOnly={readOnly || (rest.value !== undefined && !listening)}
      {...rest}
    />
  );
  if (!prefix && !suffix) return input;
  return (
    <span className="relative flex w-full items-center">
      {prefix && (
        <span className="pointer-events-none absolute left-2.5 text-faint [&_svg]:size-4">{prefix}</span>
      )}
      {input}
      {suffix && (
        <span className="absolute right-1.5 flex items-center text-faint text-sm [&_svg]:size-4">
          {suffix}
        </span>
      )}
    </span>
  );
}
