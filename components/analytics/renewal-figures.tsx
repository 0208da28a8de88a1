import { KeyFigure, KeyFigures } from "@/components/ui/key-figure";
import type { RenewalRow } from "@/server/analytics/renewals";
import { collected } from "@/server/analytics/status";
import { formatCount, formatMoney, formatPercent } from "@/server/platform/format";

/** What became of the premiums of one month. */
export function RenewalFigures({ row, currency }: { row: RenewalRow; currency: string }) {
  const of = `of ${formatCount(row.due)} premiums, ${formatMoney(row.dueAmount, currency)} due`;
  const figure = (label: string, count: number, amount: string) => ({
    label,
    value: formatMoney(amount, currency, 0),
    unit: `${formatCount(count)} ${count === 1 ? "premium" : "premiums"}`,
    basis: `${formatMoney(amount, currency)} in ${formatCount(count)} ${of}`,
  });
  const share = collected(row);
  return (
    <KeyFigures columns={3}>
      <KeyFigure {...figure("Due", row.due, row.dueAmount)} />
      <KeyFigure
        label="Collected"
        value={share === null ? null : formatPercent(share)}
        basis={`Paid before due or in grace ÷ due, in money ${of}`}
      />
      <KeyFigure {...figure("Paid before due", row.before, row.beforeAmount)} />
      <KeyFigure {...figure("Paid in grace", row.grace, row.graceAmount)} />
      <KeyFigure {...figure("Unpaid, in time", row.open, row.openAmount)} />
      <KeyFigure {...figure("Unpaid past grace", row.lapsed, row.lapsedAmount)} />
    </KeyFigures>
  );
}
