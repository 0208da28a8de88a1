import Link from "next/link";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import type { Compared } from "@/server/analytics/compare";
import { moneyOf, type RateName, rateOf, rates } from "@/server/analytics/status";
import { formatCount, formatDate, formatMoney, formatPercent, nothing } from "@/server/platform/format";
import { basisOf } from "./words";

const shown: readonly RateName[] = [
  "delivery",
  "open",
  "click",
  "clickToOpen",
  "response",
  "conversion",
  "bounce",
  "optOut",
];

/** Up to four campaigns side by side; the best rate of a line is set in bold. */
export function CompareTable({ compared }: { compared: readonly Compared[] }) {
  if (compared.length < 2)
    return (
      <EmptyState title="Choose two to four campaigns">
        Tick them in the list of campaigns and choose “Compare”.
      </EmptyState>
    );
  const money = ({ analytics: { counts, economics, currency } }: Compared) => ({
    ...moneyOf(economics, counts),
    write: (micros: string | null) => (micros === null ? nothing : formatMoney(micros, currency, 0)),
  });
  return (
    <section
      aria-label="Campaigns side by side"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-line bg-surface"
    >
      <table className="w-full text-sm">
        <caption className="sr-only">Campaigns side by side</caption>
        <thead>
          <tr className="border-line border-b align-bottom">
            <th
              scope="col"
              className="sticky left-0 min-w-32 bg-surface px-4 py-3 text-left font-medium text-faint text-xs"
            >
              Figure
            </th>
            {compared.map(({ id, name, launchedAt, analytics }) => (
              <th key={id} scope="col" className="min-w-28 px-4 py-3 text-right font-medium md:min-w-36">
                <Link href={`/campaigns/${id}?tab=analytics`} className="hover:text-accent-ink">
                  {name}
                </Link>
                <span className="block font-normal text-faint text-xs">
                  {launchedAt ? formatDate(launchedAt.toISOString(), analytics.zone) : "Not launched"}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Line label="Sent" cells={compared.map(({ analytics: { counts } }) => formatCount(counts.sent))} />
          {shown.map((name) => (
            <RateLine key={name} name={name} compared={compared} />
          ))}
          <Line
            label="Conversions"
            cells={compared.map(({ analytics: { counts } }) => formatCount(counts.conversions))}
          />
          <Line
            label="Revenue"
            cells={compared.map((each) => money(each).write(each.analytics.counts.revenue))}
          />
          <Line label="Cost" cells={compared.map((each) => money(each).write(money(each).cost))} />
          <Line label="ROI" cells={compared.map((each) => formatPercent(money(each).roi, 0))} />
          <Line
            label="Cost per conversion"
            cells={compared.map((each) => money(each).write(money(each).cpa))}
          />
        </tbody>
      </table>
    </section>
  );
}

function Line({ label, cells }: { label: string; cells: ReactNode[] }) {
  return (
    <tr className="border-line border-b last:border-b-0">
      <th scope="row" className="sticky left-0 bg-surface px-4 py-2 text-left font-normal text-muted">
        {label}
      </th>
      {cells.map((cell, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
        <td key={nth} className="whitespace-nowrap px-4 text-right tabular-nums">
          {cell}
        </td>
      ))}
    </tr>
  );
}

function RateLine({ name, compared }: { name: RateName; compared: readonly Compared[] }) {
  const values = compared.map(({ analytics }) => rateOf(name, analytics.counts));
  const known = values.filter((value) => value !== null);
  const best = rates[name].better === "more" ? Math.max(...known) : Math.min(...known);
  return (
    <Line
      label={rates[name].label}
      cells={compared.map(({ id, analytics }, nth) => {
        const value = values[nth] ?? null;
        return (
          <span
            key={id}
            title={basisOf(name, analytics.counts)}
            className={known.length > 1 && value === best ? "font-medium" : undefined}
          >
            {formatPercent(value, 2)}
          </span>
        );
      })}
    />
  );
}
