import type { ReactNode } from "react";
import { formatCount, formatDuration, formatPercent } from "@/server/platform/format";
import { cn } from "./cn";
import { type Tone, toneLooks } from "./tone";

type ProgressProps = {
  /** What is going on: "Sending", "Reading customers.csv". */
  label: string;
  done: number;
  /** Null while it is not known. */
  total: number | null;
  /** "messages", "rows": stands behind the count. */
  unit: string;
  /** Seconds until the end, when somebody can tell. */
  remaining?: number | null;
  tone?: Tone;
  /** The way out: a small "Cancel" button. */
  action?: ReactNode;
};

/** Long work: bar, count, estimate, and the way out. It goes on when the page is left. */
export function Progress({ label, done, total, unit, remaining, tone = "accent", action }: ProgressProps) {
  const fraction = total && total > 0 ? Math.min(1, done / total) : null;
  const counted = `${formatCount(done)}${total === null ? "" : ` of ${formatCount(total)}`} ${unit}`;
  return (
    <div className="flex w-full min-w-0 flex-col gap-1.5">
      <div className="flex items-end justify-between gap-3 text-sm">
        <span className="min-w-0 truncate font-medium">{label}</span>
        <span className="flex shrink-0 items-center gap-3 text-muted tabular-nums">
          {fraction !== null && formatPercent(fraction, 0)}
          {action}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total ?? undefined}
        aria-valuenow={fraction === null ? undefined : done}
        aria-valuetext={counted}
        className="h-1.5 overflow-hidden rounded-full bg-pressed"
      >
        <div
          style={{ width: fraction === null ? "30%" : `${fraction * 100}%` }}
          className={cn(
            "h-full rounded-full transition-[width] duration-500",
            toneLooks[tone].solid,
            fraction === null && "animate-sweep",
          )}
        />
      </div>
      <div className="flex justify-between gap-3 text-faint text-xs tabular-nums">
        <span>{counted}</span>
        {remaining !== null && remaining !== undefined && <span>about {formatDuration(remaining)} left</span>}
      </div>
    </div>
  );
}
