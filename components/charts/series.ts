/** Place in the palette of `app/tokens.css`. The same series keeps its colour on every screen. */
export type ChartColour = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export type Series = { key: string; label: string; colour: ChartColour };

/** One place on the axis; null leaves a gap, 0 is zero. */
export type Point = { label: string; values: Readonly<Record<string, number | null>> };

/** The name under which Tremor finds the colour: it builds `fill-chart-1` and the like from it. */
export function colourName(colour: ChartColour): string {
  return `chart-${colour}`;
}

/** Written out, so that Tailwind sees the classes. */
export const dotClass: Record<ChartColour, string> = {
  1: "bg-chart-1",
  2: "bg-chart-2",
  3: "bg-chart-3",
  4: "bg-chart-4",
  5: "bg-chart-5",
  6: "bg-chart-6",
  7: "bg-chart-7",
  8: "bg-chart-8",
};

/** Rows as Tremor takes them: the words of a series are its keys. */
export function toRows(points: readonly Point[], series: readonly Series[]) {
  return points.map(({ label, values }) => {
    const row: Record<string, string | number | null> = { label };
    for (const { key, label: word } of series) row[word] = values[key] ?? null;
    return row;
  });
}
