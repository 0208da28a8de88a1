import { ArrowDownRight, ArrowUpRight } from "lucide-react";
import { cn } from "@/components/ui/cn";

/** How a score moved in seven days: an arrow with the points, in words where there is room. Nothing for no change in a table. */
export function ScoreChange({ change, words = false }: { change: number; words?: boolean }) {
  if (change === 0) return words ? <span className="text-faint text-sm">As seven days ago</span> : null;
  const up = change > 0;
  const Arrow = up ? ArrowUpRight : ArrowDownRight;
  const points = Math.abs(change);
  return (
    <span
      title={words ? undefined : `${up ? "Up" : "Down"} ${points} in seven days`}
      className={cn(
        "inline-flex items-center gap-0.5 tabular-nums",
        words ? "text-sm" : "text-xs",
        up ? "text-good-ink" : "text-muted",
      )}
    >
      <Arrow aria-hidden className="size-3.5" />
      <span className="sr-only">{up ? "Up" : "Down"}</span>
      {points}
      {words && " in seven days"}
      {!words && <span className="sr-only">in seven days</span>}
    </span>
  );
}
