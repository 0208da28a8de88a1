import { FunnelChart } from "@/components/charts/funnel-chart";
import { Card } from "@/components/ui/card";
import { KeyFigure, KeyFigures } from "@/components/ui/key-figure";
import type { RunFigures } from "@/server/deliveries";
import { formatCount, formatPercent } from "@/server/platform/format";

/** A rate as `metrics.md` defines it: written, with its denominator on hover; "–" where there is nothing to divide by. */
function rate(label: string, part: [number, string], whole: [number, string]) {
  const [[count, did], [base, of]] = [part, whole];
  return {
    label,
    value: base > 0 ? formatPercent(count / base) : null,
    basis: `${formatCount(count)} ${did} of ${formatCount(base)} ${of}`,
  };
}

/** How well a campaign does, in the figures that everybody asks for. */
export function RunKeyFigures({ figures }: { figures: RunFigures }) {
  const { targeted, sent, delivered, opened, clicked, bounced, unsubscribed } = figures;
  const deliveredBase: [number, string] = [delivered, "delivered"];
  return (
    <KeyFigures>
      <KeyFigure
        label="Sent"
        value={targeted > 0 ? formatCount(sent) : null}
        unit={`of ${formatCount(targeted)}`}
        basis={`${formatCount(sent)} accepted of ${formatCount(targeted)} targeted, those left out included`}
      />
      <KeyFigure {...rate("Delivery rate", [delivered, "delivered"], [sent, "sent"])} />
      <KeyFigure {...rate("Open rate", [opened, "customers opened"], deliveredBase)} />
      <KeyFigure {...rate("Click-through rate", [clicked, "customers clicked"], deliveredBase)} />
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
