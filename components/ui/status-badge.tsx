import type { LucideIcon } from "lucide-react";
import { cn } from "./cn";
import { type Tone, toneLooks } from "./tone";

type StatusBadgeProps = {
  tone: Tone;
  label: string;
  /** The state's own icon; each tone has one to fall back on. */
  icon?: LucideIcon;
  /** For a state that is moving right now: the icon breathes. */
  live?: boolean;
  className?: string;
};

/** A state: colour, icon and word together, so that none of them is needed alone. */
export function StatusBadge({ tone, label, icon, live = false, className }: StatusBadgeProps) {
  const look = toneLooks[tone];
  const Icon = icon ?? look.icon;
  return (
    <span
      className={cn(
        "inline-flex h-5 items-center gap-1 whitespace-nowrap align-middle rounded-sm pr-1.5 pl-1 font-medium text-xs",
        look.soft,
        look.text,
        className,
      )}
    >
      <Icon aria-hidden className={cn("size-3.5 shrink-0", live && "animate-pulse")} />
      {label}
    </span>
  );
}
