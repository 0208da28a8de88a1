import { Card } from "@/components/ui/card";
import { KeyFigure, KeyFigures } from "@/components/ui/key-figure";
import type { CampaignAnalytics } from "@/server/analytics/campaign";
import { moneyOf } from "@/server/analytics/status";
import { formatCount, formatMoney, formatPercent } from "@/server/platform/format";
import { EconomicsDialog } from "./economics-dialog";

type MoneyCardProps = { campaignId: string; analytics: CampaignAnalytics; mayEdit: boolean };

/** What it cost, what came of it, and where it pays for itself. */
export function MoneyCard({ campaignId, analytics, mayEdit }: MoneyCardProps) {
  const { counts, economics, currency } = analytics;
  const { cost, roi, roas, cpa, breakEven } = moneyOf(economics, counts);
  const money = (micros: string | null, digits: 0 | 2 = 0) =>
    micros === null ? null : formatMoney(micros, currency, digits);
  const share =
    economics.margin === null
      ? "on revenue: no margin is set, so all of it counts"
      : `with a margin of ${formatPercent(economics.margin)}`;
  const written = `${formatMoney(counts.revenue, currency)} revenue, ${formatMoney(cost, currency)} cost`;
  return (
    <Card
      title="Money"
      description={
        economics.margin === null
          ? "On revenue: no margin is set."
          : `With a margin of ${formatPercent(economics.margin)}.`
      }
      flush
      actions={
        mayEdit && <EconomicsDialog campaignId={campaignId} economics={economics} currency={currency} />
      }
    >
      <KeyFigures bare columns={3}>
        <KeyFigure
          label="Revenue"
          value={money(counts.revenue)}
          basis={`From ${formatCount(counts.conversions)} conversions, each credited to the last message before it.`}
        />
        <KeyFigure
          label="Cost"
          value={money(cost, 2)}
          basis={`${formatMoney(economics.messageCost, currency)} for messages, tax included, and ${formatMoney(economics.fixedCost, currency)} fixed.`}
        />
        <KeyFigure
          label={economics.margin === null ? "ROI on revenue" : "ROI"}
          value={roi === null ? null : formatPercent(roi, 0)}
          basis={`(Revenue × margin − cost) ÷ cost, ${share}. ${written}.`}
        />
        <KeyFigure
          label="ROAS"
          value={roas === null ? null : `${formatCount(roas, 2)} ×`}
          basis={`Revenue ÷ cost. ${written}.`}
        />
        <KeyFigure
          label="Cost per conversion"
          value={money(cpa, 2)}
          basis={`Cost ÷ conversions. ${formatMoney(cost, currency)} for ${formatCount(counts.conversions)}.`}
        />
        <KeyFigure
          label="Break-even"
          value={money(breakEven, 2)}
          basis={`The revenue at which ROI is 0, ${share}.`}
        />
      </KeyFigures>
    </Card>
  );
}
