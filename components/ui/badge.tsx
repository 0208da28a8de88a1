import type { ReactNode } from "react";
import { cn } from "./cn";
import { type Tone, toneLooks } from "./tone";

type BadgeProps = { tone?: Tone; className?: string; children: ReactNode };

/** A label for a kind or a count. For a state that changes use `StatusBadge`. */
export function Badge({ tone = "neutral", className, children }: BadgeProps) {
  const look = toneLooks[tone];
  return (
    <span
      className={cn(
        "inline-flex h-5 max-w-full items-center gap-1 truncate align-middle rounded-sm px-1.5 font-medium text-xs tabular-nums",
        look.soft,
        look.text,
        className,
      )}
    >
      {children}
    </span>
  );
}
