import type { RenewalRow } from "@/server/analytics/renewals";
import { collected, type RenewalDimension, renewalLabels } from "@/server/analytics/status";
import { formatCount, formatMoney, formatPercent } from "@/server/platform/format";

const reminderWords: Record<string, string> = {
  reminded: "Reminded",
  held_out: "Held out",
  neither: "Neither",
};

const heads = ["Due", "Premium", "Before due", "In grace", "Unpaid, in time", "Past grace", "Collected"];

type RenewalTableProps = { rows: readonly RenewalRow[]; by: RenewalDimension; currency: string };

/** The premiums of a month by product, branch, advisor, or whether a campaign reminded their customers. */
export function RenewalTable({ rows, by, currency }: RenewalTableProps) {
  const cell = "whitespace-nowrap px-4 text-right tabular-nums";
  const name = (key: string) => (by === "reminded" ? (reminderWords[key] ?? key) : key || "Not known");
  const money = (amount: string) => formatMoney(amount, currency, 0);
  if (rows.length === 0) return <p className="px-4 pb-4 text-muted">Nothing falls due in this month.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label="Premiums of the month" tabIndex={0} className="overflow-x-auto">
      <table className="w-full min-w-180 text-sm">
        <caption className="sr-only">Premiums of the month by {renewalLabels[by].toLowerCase()}</caption>
        <thead>
          <tr className="border-line border-b text-faint text-xs">
            <th scope="col" className="h-8 px-4 text-left font-medium">
              {renewalLabels[by]}
            </th>
            {heads.map((head) => (
              <th key={head} scope="col" className="px-4 text-right font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className="border-line border-b last:border-b-0">
              <th scope="row" className="max-w-56 truncate px-4 py-2 text-left font-normal">
                {name(row.key)}
              </th>
              <td className={cell}>{formatCount(row.due)}</td>
              <td className={cell}>{money(row.dueAmount)}</td>
              <td className={cell}>{money(row.beforeAmount)}</td>
              <td className={cell}>{money(row.graceAmount)}</td>
              <td className={cell}>{money(row.openAmount)}</td>
              <td className={cell}>{money(row.lapsedAmount)}</td>
              <td className={cell}>{formatPercent(collected(row))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
