"use client";

import { ChartSpline, Table2 } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { formatCount } from "@/server/platform/format";
import { Drawing } from "./drawing";
import { PngButton } from "./png-button";
import { dotClass, type Point, type Series } from "./series";

export type ChartData = {
  /** What is drawn: "Messages for each hour". */
  title: string;
  /** What stands on the axis: "Hour". */
  axis: string;
  series: readonly Series[];
  points: readonly Point[];
  /** How a value is written; counts by default. */
  format?: (value: number | null) => string;
  /** Pixels. */
  height?: number;
};

type ChartFrameProps = Omit<ChartData, "height"> & { actions?: ReactNode; children: ReactNode };

/** Title, legend, drawing; and the same numbers as a table, for those who cannot see it and those who want them. */
export function ChartFrame({
  title,
  axis,
  series,
  points,
  format = formatCount,
  actions,
  children,
}: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false);
  const figure = useRef<HTMLElement>(null);
  const table = (
    <table className="w-full text-sm">
      <caption className="sr-only">{title}</caption>
      <thead>
        <tr className="text-left text-faint text-xs">
          <th scope="col" className="h-8 border-b font-medium">
            {axis}
          </th>
          {series.map(({ key, label }) => (
            <th key={key} scope="col" className="border-b text-right font-medium">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.map(({ label, values }) => (
          <tr key={label}>
            <th scope="row" className="h-8 border-b text-left font-normal text-muted">
              {label}
            </th>
            {series.map(({ key }) => (
              <td key={key} className="border-b text-right">
                {format(values[key] ?? null)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <figure ref={figure} className="flex min-w-0 flex-col gap-3">
      <figcaption className="flex min-h-7 flex-wrap items-center gap-x-4 gap-y-1">
        <span className="min-w-0 flex-1 font-medium">{title}</span>
        <span className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-xs max-sm:order-last max-sm:w-full">
          {series.length > 1 &&
            series.map(({ key, label, colour }) => (
              <span key={key} className="flex items-center gap-1.5">
                <span aria-hidden className={`size-2 rounded-full ${dotClass[colour]}`} />
                {label}
              </span>
            ))}
        </span>
        {actions}
        {!asTable && <PngButton title={title} series={series} box={() => figure.current} />}
        <IconButton
          label={asTable ? "Show as a chart" : "Show as a table"}
          size="sm"
          aria-pressed={asTable}
          icon={asTable ? <ChartSpline aria-hidden /> : <Table2 aria-hidden />}
          onClick={() => setAsTable(!asTable)}
        />
      </figcaption>
      {asTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section aria-label={`${title}, as a table`} tabIndex={0} className="max-h-80 overflow-auto">
          {table}
        </section>
      ) : (
        <>
          <Drawing>{children}</Drawing>
          <div className="sr-only">{table}</div>
        </>
      )}
    </figure>
  );
}
