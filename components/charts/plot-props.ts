import type { ChartData } from "./chart-frame";
import type { ChartColour, Point } from "./series";
import { colourName } from "./series";

/** What every plot over an axis hands to Tremor. */
export function plotProps({ series, format, points }: Pick<ChartData, "series" | "format" | "points">) {
  const longest = points.reduce((most, { values }) => {
    const words = series.map(({ key }) => (format ? format(values[key] ?? null) : "00,000").length);
    return Math.max(most, ...words);
  }, 2);
  return {
    index: "label",
    categories: series.map(({ label }) => label),
    colors: series.map(({ colour }) => colourName(colour)),
    showLegend: false,
    showAnimation: false,
    yAxisWidth: Math.min(88, 20 + longest * 6),
    noDataText: "Nothing to draw yet",
  };
}

export type Slice = { label: string; value: number; colour: ChartColour };

/** Slices as one series, for the frame's table. */
export function slicesAsPoints(slices: readonly Slice[]): Point[] {
  return slices.map(({ label, value }) => ({ label, values: { value } }));
}
