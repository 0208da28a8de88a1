import type { ChartColour } from "./series";

const stroke: Record<ChartColour, string> = {
  1: "stroke-chart-1",
  2: "stroke-chart-2",
  3: "stroke-chart-3",
  4: "stroke-chart-4",
  5: "stroke-chart-5",
  6: "stroke-chart-6",
  7: "stroke-chart-7",
  8: "stroke-chart-8",
};

const width = 72;
const height = 24;

type SparklineProps = {
  /** Read aloud: "Opened, the last 14 days". The numbers themselves stand beside it. */
  label: string;
  values: readonly number[];
  colour?: ChartColour;
  /** What the top stands for; the highest value unless given. */
  most?: number;
};

/** The shape of a number over time, from zero; small enough for a table. Costs no chart library. */
export function Sparkline({ label, values, colour = 1, most = Math.max(...values, 1) }: SparklineProps) {
  const step = width / Math.max(1, values.length - 1);
  const points = values.map((value, index) => {
    const y = height - 2 - (Math.max(0, value) / most) * (height - 4);
    return `${(index * step).toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      className="h-6 w-18 shrink-0 overflow-visible"
    >
      <polyline
        points={points.join(" ")}
        fill="none"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        className={stroke[colour]}
      />
    </svg>
  );
}
