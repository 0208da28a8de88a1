import { FunnelChart } from "@/components/charts/funnel-chart";
import { Card } from "@/components/ui/card";
import { KeyFigure, KeyFigures } from "@/components/ui/key-figure";
import type { CampaignAnalytics } from "@/server/analytics/campaign";
import type { RateName } from "@/server/analytics/status";
import { formatCount } from "@/server/platform/format";
import { rateFigure } from "./words";

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

/** How well it did, each figure with its definition on hover and its change against the workspace's usual. */
export function CampaignFigures({ counts, usual, measures }: CampaignAnalytics) {
  return (
    <KeyFigures columns={4}>
      {shown.map((name) =>
        name === "conversion" && !measures ? (
          <KeyFigure
            key={name}
            label="Conversion rate"
            value={null}
            basis="This campaign measures no event of customers."
          />
        ) : (
          <KeyFigure key={name} {...rateFigure(name, counts, usual)} />
        ),
      )}
    </KeyFigures>
  );
}

/** From the audience to the conversion, each step with what it is measured against. */
export function CampaignFunnel({ counts, measures }: Pick<CampaignAnalytics, "counts" | "measures">) {
  const { targeted, sent, delivered, opened, clicked, converted, skipped, failed } = counts;
  const base = { label: "delivered", value: delivered };
  return (
    <Card>
      <FunnelChart
        title="From the audience to the goal"
        steps={[
          { label: "Targeted", value: targeted },
          { label: "Sent", value: sent },
          { label: "Delivered", value: delivered },
          { label: "Opened", value: opened, of: base },
          { label: "Clicked", value: clicked, of: base },
          ...(measures ? [{ label: "Converted", value: converted, of: base }] : []),
        ]}
      />
      <p className="mt-3 text-muted text-sm tabular-nums">
        {formatCount(skipped)} skipped and {formatCount(failed)} failed of {formatCount(targeted)} targeted.
      </p>
    </Card>
  );
}
