"use client";

import { CircleAlert } from "lucide-react";
import { type ReactNode, useId, useMemo } from "react";
import { cn } from "./cn";
import { FieldContext } from "./field-context";

type FieldProps = {
  label: string;
  /** Below the control: what it is for, or the form it takes. */
  help?: ReactNode;
  /** In plain words what to change; takes the place of the help. */
  error?: string | null;
  /** Most fields are needed, so only the others are marked. */
  optional?: boolean;
  /** Beside the label, right: a link or a count. */
  aside?: ReactNode;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  className?: string;
  children: ReactNode;
};

/** Label above, help or error below, wired to the one control inside. */
export function Field({
  label,
  help,
  error,
  optional = false,
  aside,
  hideLabel,
  className,
  children,
}: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = Boolean(error ?? help);
  const value = useMemo(
    () => ({ id, describedBy: hasNote ? noteId : undefined, invalid: Boolean(error), required: !optional }),
    [id, noteId, hasNote, error, optional],
  );
  return (
    <FieldContext value={value}>
      <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
        <div className={cn("flex items-baseline justify-between gap-2", hideLabel && "sr-only")}>
          <label htmlFor={id} className="font-medium text-sm">
            {label}
            {optional && <span className="font-normal text-faint"> (optional)</span>}
          </label>
          {aside && <span className="text-faint text-xs">{aside}</span>}
        </div>
        {children}
        <p
          id={noteId}
          aria-live="polite"
          className={cn("text-xs empty:hidden", error ? "flex gap-1.5 text-danger" : "text-faint")}
        >
          {error && <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />}
          {error ?? help}
        </p>
      </div>
    </FieldContext>
  );
}
