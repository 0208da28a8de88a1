import type { ReactNode } from "react";
import { type Counts, type RateName, rateOf, rates } from "@/server/analytics/status";
import { formatCount, formatMoney, formatPercent } from "@/server/platform/format";
import { basisOf } from "./words";

export type Line = Counts & { key: string; label: ReactNode };

type RateTableProps = {
  /** What it lists, for screen readers. */
  caption: string;
  /** What a line is: "City". */
  header: string;
  lines: readonly Line[];
  /** Beside the counts: rates with a bar from zero, the longest being the highest rate. */
  shown: readonly RateName[];
  currency: string;
  /** What every line begins with: whom it was meant for, or what went out in a period. */
  first?: "targeted" | "sent";
  /** More figures of each line, at the end. */
  more?: { head: string; cell: (line: Line) => ReactNode };
};

/** Counts and rates side by side, each with its basis on hover; bars begin at zero and share one scale a column. */
export function RateTable({
  caption,
  header,
  lines,
  shown,
  currency,
  first = "targeted",
  more,
}: RateTableProps) {
  const highest = (name: RateName) => Math.max(...lines.map((line) => rateOf(name, line) ?? 0), 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label={caption} tabIndex={0} className="overflow-x-auto">
      <table className="w-full min-w-180 text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-line border-b text-faint text-xs">
            <Head first>{header}</Head>
            <Head>{first === "targeted" ? "Targeted" : "Sent"}</Head>
            <Head>Delivered</Head>
            {shown.map((name) => (
              <Head key={name}>{rates[name].label}</Head>
            ))}
            <Head>Revenue</Head>
            <Head>Cost</Head>
            {more && <Head>{more.head}</Head>}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key} className="border-line border-b last:border-b-0">
              <th scope="row" className="max-w-56 truncate px-4 py-2 text-left font-normal">
                {line.label}
              </th>
              <Cell>{formatCount(line[first])}</Cell>
              <Cell>{formatCount(line.delivered)}</Cell>
              {shown.map((name) => (
                <RateCell key={name} name={name} counts={line} highest={highest(name)} />
              ))}
              <Cell>{formatMoney(line.revenue, currency, 0)}</Cell>
              <Cell>{formatMoney(line.cost, currency, 2)}</Cell>
              {more && <Cell>{more.cell(line)}</Cell>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Head({ first = false, children }: { first?: boolean; children: ReactNode }) {
  return (
    <th scope="col" className={`h-8 px-4 font-medium ${first ? "text-left" : "text-right"}`}>
      {children}
    </th>
  );
}

const Cell = ({ children }: { children: ReactNode }) => (
  <td className="whitespace-nowrap px-4 text-right tabular-nums">{children}</td>
);

function RateCell({ name, counts, highest }: { name: RateName; counts: Counts; highest: number }) {
  const rate = rateOf(name, counts);
  return (
    <td className="whitespace-nowrap px-4 text-right tabular-nums" title={basisOf(name, counts)}>
      <span className="flex items-center justify-end gap-2">
        <span aria-hidden className="h-1.5 w-14 shrink-0 overflow-hidden rounded-full bg-subtle">
          <span
            className="block h-full rounded-full bg-chart-1"
            style={{ width: `${rate && highest > 0 ? (rate / highest) * 100 : 0}%` }}
          />
        </span>
        <span className="w-12">{formatPercent(rate)}</span>
      </span>
    </td>
  );
}
