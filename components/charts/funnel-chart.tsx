import { cn } from "@/components/ui/cn";
import { formatCount, formatPercent } from "@/server/platform/format";
import { type ChartColour, dotClass } from "./series";

type FunnelStep = {
  label: string;
  value: number;
  /** What the rate is measured against; the step before unless told: `{ label: "delivered", value: 4812 }`. */
  of?: { label: string; value: number };
};

type FunnelChartProps = { title: string; steps: readonly FunnelStep[]; colour?: ChartColour };

/** How many went on from step to step. Bars start at zero and are measured against the first step. */
export function FunnelChart({ title, steps, colour = 1 }: FunnelChartProps) {
  const most = Math.max(...steps.map(({ value }) => value), 0);
  return (
    <figure className="min-w-0">
      <figcaption className="mb-3 font-medium">{title}</figcaption>
      <ol className="flex flex-col gap-3">
        {steps.map(({ label, value, of }, index) => {
          const before = steps[index - 1];
          const base = of ?? (before && { label: before.label.toLowerCase(), value: before.value });
          return (
            <li key={label} className="grid grid-cols-[6.5rem_minmax(0,1fr)_7rem] items-center gap-3 text-sm">
              <span className="truncate text-muted">{label}</span>
              <span className="h-6 overflow-hidden rounded-sm bg-subtle">
                <span
                  style={{ width: `${most > 0 ? (value / most) * 100 : 0}%` }}
                  className={cn("block h-full rounded-sm transition-[width] duration-500", dotClass[colour])}
                />
              </span>
              <span className="text-right">
                <span className="block font-medium tabular-nums">{formatCount(value)}</span>
                {base && (
                  <span className="block truncate text-faint text-xs tabular-nums">
                    {formatPercent(base.value > 0 ? value / base.value : null)} of {base.label}
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </figure>
  );
}
