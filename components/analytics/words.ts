import { type Counts, type RateName, rateOf, rates } from "@/server/analytics/status";
import { formatCount, formatCounted, formatPercent } from "@/server/platform/format";

/** "1,212 people opened of 4,812 delivered". */
export function basisOf(name: RateName, counts: Counts): string {
  const { part, whole, did, of, means } = rates[name];
  return `${formatCounted(counts[part], did)} of ${formatCount(counts[whole])} ${of}. ${means}`;
}

/** A rate as a key figure: written, with its definition and denominator on hover; "–" where there is nothing to divide by. */
export function rateFigure(name: RateName, counts: Counts, usual: Counts | null = null) {
  const rate = rateOf(name, counts);
  return {
    label: rates[name].label,
    value: rate === null ? null : formatPercent(rate, rate < 0.01 ? 2 : 1),
    basis: basisOf(name, counts),
    ...changeOf(name, rate, usual),
  };
}

/** Less than a tenth of a point is no change that anybody could see. */
const LEAST_CHANGE = 0.0005;

/** Against the workspace's usual, in percentage points. */
function changeOf(name: RateName, rate: number | null, usual: Counts | null) {
  const before = usual && rateOf(name, usual);
  if (rate === null || before === null || Math.abs(rate - before) < LEAST_CHANGE) return {};
  const up = rate > before;
  const points = formatCount(Math.abs(rate - before) * 100, 1);
  return {
    change: {
      text: `${points} ${points === "1" ? "point" : "points"}`,
      against: "the usual",
      up,
      good: up === (rates[name].better === "more"),
    },
  };
}

const monthNames = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** A local time `2026-11-26 14:00` as an axis shows it: "26 Nov, 14:00", "26 Nov 2026" for a day, "Nov 2026" for a month `2026-11`. */
export function placeLabel(at: string, unit: "hour" | "day" | "month"): string {
  const [, year = "", month = "1", day = "", time = ""] =
    /^(\d+)-(\d+)(?:-(\d+))?(?: (\d+:\d+))?/.exec(at) ?? [];
  const name = monthNames[Number(month) - 1];
  if (unit === "month") return `${name} ${year}`;
  return unit === "day" ? `${Number(day)} ${name} ${year}` : `${Number(day)} ${name}, ${time}`;
}

const points = (fraction: number) => formatCount(Math.abs(fraction) * 100, 2);

/** A difference of rates: "+1.24 points". */
export const signedPoints = (fraction: number): string =>
  `${fraction < 0 ? "−" : "+"}${points(fraction)} points`;

/** An interval of a difference: "−0.31 to +2.80 points". */
export const pointsBetween = ([low, high]: readonly [number, number]): string =>
  `${low < 0 ? "−" : "+"}${points(low)} to ${signedPoints(high)}`;
