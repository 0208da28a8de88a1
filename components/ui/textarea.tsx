"use client";

import type { ComponentProps } from "react";
import { cn } from "./cn";
import { useFieldProps } from "./field-context";
import { useListening } from "./use-listening";

/** Several lines of text; grows with what is typed where the browser can. */
export function Textarea({ className, rows = 4, readOnly, ...rest }: ComponentProps<"textarea">) {
  const listening = useListening();
  return (
    <textarea
      {...useFieldProps()}
      rows={rows}
      className={cn(
        "control-border field-sizing-content min-h-20 w-full rounded-md px-2.5 py-1.5 text-base pointer-coarse:text-lg",
        className,
      )}
      readOnly={readOnly || (rest.value !== undefined && !listening)}
      {...rest}
    />
  );
}
