import { BarChart } from "@/components/charts/bar-chart";
import { Card } from "@/components/ui/card";
import type { Persistency } from "@/server/analytics/persistency";
import { ratio } from "@/server/analytics/status";
import { formatCount, formatMoney, formatPercent } from "@/server/platform/format";

/** How many policies are still paid for when so many months are over. */
export function PersistencyCard({ kept, currency }: { kept: readonly Persistency[]; currency: string }) {
  if (kept.every(({ began }) => began === 0)) return null;
  return (
    <Card>
      <BarChart
        title="Persistency by month"
        axis="Month"
        series={[
          { key: "policies", label: "Policies", colour: 1 },
          { key: "premium", label: "Annual premium", colour: 3 },
        ]}
        points={kept.map((each) => ({
          label: `${each.month}th`,
          values: {
            policies: ratio(each.kept, each.began),
            premium: ratio(Number(each.keptPremium), Number(each.beganPremium)),
          },
        }))}
        format={(value) => formatPercent(value)}
        height={200}
      />
      <p className="mt-2 text-muted text-sm">
        In force or in grace ÷ began, for the policies that began in the twelve months which are that old now.
        Single premiums and matured policies are left out.
      </p>
      <ul className="mt-2 flex flex-wrap gap-x-6 gap-y-1 text-sm tabular-nums">
        {kept.map((each) => (
          <li
            key={each.month}
            title={`${formatMoney(each.keptPremium, currency, 0)} of ${formatMoney(each.beganPremium, currency, 0)} a year`}
          >
            <span className="text-muted">{each.month}th:</span> {formatCount(each.kept)} of{" "}
            {formatCount(each.began)}
          </li>
        ))}
      </ul>
    </Card>
  );
}
