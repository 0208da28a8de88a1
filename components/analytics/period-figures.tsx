import { KeyFigure, KeyFigures } from "@/components/ui/key-figure";
import { type Counts, noCounts, roiOf, sumShares } from "@/server/analytics/status";
import type { WorkspacePeriod } from "@/server/analytics/workspace";
import { formatCount, formatMoney, formatPercent } from "@/server/platform/format";
import { rateFigure } from "./words";

const against = "the period before";

/** Change of an amount in per cent; nothing where there was nothing before. */
function change(now: number, before: number, better: "more" | "less") {
  if (before === 0 || now === before) return {};
  const up = now > before;
  const part = Math.abs(now - before) / before;
  const text = part > 9.99 ? `${formatCount(now / before)} times` : formatPercent(part, 0);
  return { change: { text, against, up, good: up === (better === "more") } };
}

function rate(name: Parameters<typeof rateFigure>[0], now: Counts, before: Counts) {
  const figure = rateFigure(name, now, before);
  return "change" in figure && figure.change ? { ...figure, change: { ...figure.change, against } } : figure;
}

/** The whole workspace in the period, against as many days before. */
export function PeriodFigures({ shares, before, currency }: WorkspacePeriod) {
  const [sum] = sumShares(shares, () => ({ key: "all", label: "" }));
  const now = sum ?? { ...noCounts, key: "all", label: "", fixedCost: "0", kept: "0" };
  const cost = String(BigInt(now.cost) + BigInt(now.fixedCost));
  const roi = roiOf(now);
  return (
    <KeyFigures columns={4}>
      <KeyFigure
        label="Sent"
        value={formatCount(now.sent)}
        basis="Accepted by the provider, on every channel."
        {...change(now.sent, before.sent, "more")}
      />
      <KeyFigure {...rate("delivery", now, before)} />
      <KeyFigure {...rate("open", now, before)} />
      <KeyFigure {...rate("click", now, before)} />
      <KeyFigure {...rate("conversion", now, before)} />
      <KeyFigure
        label="Revenue"
        value={formatMoney(now.revenue, currency, 0)}
        basis={`From ${formatCount(now.conversions)} conversions that happened in the period, each credited to the last message before it.`}
        {...change(Number(now.revenue), Number(before.revenue), "more")}
      />
      <KeyFigure
        label="Cost"
        value={formatMoney(cost, currency, 0)}
        basis={`${formatMoney(now.cost, currency)} for messages, tax included, and ${formatMoney(now.fixedCost, currency)} fixed cost of campaigns launched in the period.`}
      />
      <KeyFigure
        label="ROI"
        value={roi === null ? null : formatPercent(roi, 0)}
        basis="(Revenue × margin − cost) ÷ cost. Campaigns without a margin count all of their revenue."
      />
    </KeyFigures>
  );
}
