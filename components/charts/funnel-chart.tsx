"use client";

import { useRef } from "react";
import { cn } from "@/components/ui/cn";
import { formatCount, formatPercent } from "@/server/platform/format";
import { funnelDrawing } from "./funnel-drawing";
import { PngButton } from "./png-button";
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
  const figure = useRef<HTMLElement>(null);
  const most = Math.max(...steps.map(({ value }) => value), 0);
  const rateOf = ({ value, of }: FunnelStep, nth: number): string => {
    const before = steps[nth - 1];
    const base = of ?? (before && { label: before.label.toLowerCase(), value: before.value });
    return base ? `${formatPercent(base.value > 0 ? value / base.value : null)} of ${base.label}` : "";
  };
  return (
    <figure ref={figure} className="min-w-0">
      <figcaption className="mb-3 flex items-center justify-between gap-2 font-medium">
        {title}
        <PngButton
          title={title}
          series={[{ label: title, colour }]}
          box={() => figure.current}
          draw={(look) =>
            funnelDrawing(
              steps.map((step, nth) => ({
                label: step.label,
                value: step.value,
                text: formatCount(step.value),
                below: rateOf(step, nth),
              })),
              look,
            )
          }
        />
      </figcaption>
      <ol className="flex flex-col gap-3">
        {steps.map((step, nth) => {
          const { label, value } = step;
          const rate = rateOf(step, nth);
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
                {rate && <span className="block truncate text-faint text-xs tabular-nums">{rate}</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </figure>
  );
}
