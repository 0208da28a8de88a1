import { FunnelChart } from "@/components/charts/funnel-chart";
import { Card } from "@/components/ui/card";
import { KeyFigure, KeyFigures } from "@/components/ui/key-figure";
import type { CampaignDetail } from "@/server/campaigns/get";
import type { RunFigures } from "@/server/deliveries";
import { formatCount, formatCounted, formatMoney, formatPercent } from "@/server/platform/format";

/** A rate as `metrics.md` defines it: written, with its denominator on hover; "–" where there is nothing to divide by. */
function rate(label: string, part: [number, string], whole: [number, string]) {
  const [[count, did], [base, of]] = [part, whole];
  return {
    label,
    value: base > 0 ? formatPercent(count / base) : null,
    basis: `${formatCounted(count, did)} of ${formatCount(base)} ${of}`,
  };
}

type RunKeyFiguresProps = { figures: RunFigures; measures: CampaignDetail["conversionEvent"] };

/** How well a campaign does, in the figures that everybody asks for. `measures` is the event that means its goal. */
export function RunKeyFigures({ figures, measures }: RunKeyFiguresProps) {
  const { targeted, sent, delivered, opened, clicked, bounced, unsubscribed } = figures;
  const { converted, conversions, revenue, currency } = figures;
  // Without an event, and nothing told by another system, there is nothing that could have been counted.
  const counts = measures !== null || conversions > 0;
  const deliveredBase: [number, string] = [delivered, "delivered"];
  return (
    <KeyFigures columns={4}>
      <KeyFigure
        label="Sent"
        value={targeted > 0 ? formatCount(sent) : null}
        unit={`of ${formatCount(targeted)}`}
        basis={`${formatCount(sent)} accepted of ${formatCount(targeted)} targeted, those left out included`}
      />
      <KeyFigure {...rate("Delivery rate", [delivered, "delivered"], [sent, "sent"])} />
      <KeyFigure {...rate("Open rate", [opened, "customers opened"], deliveredBase)} />
      <KeyFigure {...rate("Click-through rate", [clicked, "customers clicked"], deliveredBase)} />
      <KeyFigure
        label="Converted"
        value={counts && delivered > 0 ? formatCount(converted) : null}
        unit={delivered > 0 ? formatPercent(converted / delivered, 2) : undefined}
        basis={
          counts
            ? `${formatCounted(converted, "customers converted")} of ${formatCount(delivered)} delivered`
            : "This campaign measures no event of customers."
        }
      />
      <KeyFigure
        label="Revenue"
        value={counts ? formatMoney(revenue, currency, 0) : null}
        basis={`${formatMoney(revenue, currency)} from ${formatCount(conversions)} ${conversions === 1 ? "conversion" : "conversions"}, each credited to the last message before it`}
      />
      <KeyFigure {...rate("Bounce rate", [bounced, "bounced"], [sent, "sent"])} />
      <KeyFigure {...rate("Opt-out rate", [unsubscribed, "unsubscribed"], deliveredBase)} />
    </KeyFigures>
  );
}

/** From the audience to the click, each step with what it is measured against. */
export function RunFunnel({ figures }: { figures: RunFigures }) {
  const { targeted, sent, delivered, opened, clicked } = figures;
  const base = { label: "delivered", value: delivered };
  return (
    <Card>
      <FunnelChart
        title="From the audience to the click"
        steps={[
          { label: "Targeted", value: targeted },
          { label: "Sent", value: sent },
          { label: "Delivered", value: delivered },
          { label: "Opened", value: opened, of: base },
          { label: "Clicked", value: clicked, of: base },
        ]}
      />
    </Card>
  );
}
