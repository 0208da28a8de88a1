import { ArrowDownRight, ArrowUpRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { nothing } from "@/server/platform/format";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";

type KeyFigureProps = {
  label: string;
  /** Already written (`formatCount`, `formatPercent`); null shows "–". */
  value: string | null;
  /** Small, behind the value: "min", "of 4,812". */
  unit?: string;
  /** What it was counted from, on hover: "1,212 opened of 4,812 delivered". */
  basis?: string;
  /** The change, and against what: `{ text: "4.1 points", against: "the last run", good: true, up: true }`. */
  change?: { text: string; against: string; up: boolean; good: boolean };
  /** The rows behind the number. */
  href?: string;
  /** A `Sparkline`. */
  chart?: ReactNode;
};

/** One number that matters. Several stand in `KeyFigures`. */
export function KeyFigure({ label, value, unit, basis, change, href, chart }: KeyFigureProps) {
  const Arrow = change?.up ? ArrowUpRight : ArrowDownRight;
  const figure = (
    // A gap and not a margin: a unit that finds no room stands under its figure, flush with it.
    <span
      className={cn(
        "inline-flex flex-wrap items-baseline gap-x-1 font-medium text-2xl tabular-nums",
        value === null && "text-faint",
      )}
    >
      {value ?? nothing}
      {unit && value !== null && (
        <span className="whitespace-nowrap font-normal text-faint text-sm tracking-normal">{unit}</span>
      )}
    </span>
  );
  return (
    <div className="relative -mr-px -mb-px flex min-w-0 flex-col gap-0.5 border-line border-r border-b px-4 py-3">
      <dt className="truncate text-muted text-sm">{label}</dt>
      <dd className="flex min-w-0 flex-col gap-0.5">
        <span className="flex items-end justify-between gap-3">
          {basis ? (
            <Tooltip content={basis}>
              {href ? (
                // The whole tile is the way to the rows: the digits alone are too small for a thumb.
                <Link href={href} className="rounded-sm after:absolute after:inset-0 hover:text-accent-ink">
                  {figure}
                </Link>
              ) : (
                // biome-ignore lint/a11y/noNoninteractiveTabindex: the tip must also open for the keyboard
                <span tabIndex={0} className="rounded-sm">
                  {figure}
                  <span className="sr-only">{basis}</span>
                </span>
              )}
            </Tooltip>
          ) : (
            figure
          )}
          {chart}
        </span>
        {change && (
          <span className="flex flex-wrap items-center gap-x-1 text-faint text-xs">
            <span
              className={cn(
                "flex items-center gap-0.5 whitespace-nowrap font-medium",
                change.good ? "text-good" : "text-danger",
              )}
            >
              <Arrow aria-label={change.up ? "up" : "down"} className="size-3.5" />
              {change.text}
            </span>
            against {change.against}
          </span>
        )}
      </dd>
    </div>
  );
}

const wide = { 3: "lg:grid-cols-3", 4: "lg:grid-cols-4", 5: "lg:grid-cols-5" } as const;

type KeyFiguresProps = {
  /** On wide screens, so that no figure stands alone in the last row; as many as fit when left out. */
  columns?: keyof typeof wide;
  /** Inside a flush card: without a box of its own. */
  bare?: boolean;
  children: ReactNode;
};

/** Key figures side by side, parted by hairlines. */
export function KeyFigures({ columns, bare = false, children }: KeyFiguresProps) {
  return (
    <dl
      className={cn(
        "grid grid-cols-[repeat(auto-fit,minmax(8.75rem,1fr))] overflow-hidden border-line bg-surface",
        // Two side by side on a phone; an odd last one takes the whole row and leaves no hole.
        "max-sm:grid-cols-2 max-sm:[&>:last-child:nth-child(odd)]:col-span-2",
        bare ? "border-t" : "rounded-md border",
        columns && wide[columns],
      )}
    >
      {children}
    </dl>
  );
}
