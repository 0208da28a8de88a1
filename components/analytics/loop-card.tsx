import { FunnelChart } from "@/components/charts/funnel-chart";
import { Card } from "@/components/ui/card";
import { addCounts, noCounts } from "@/server/analytics/status";
import type { WorkspacePeriod } from "@/server/analytics/workspace";
import { formatCount, formatMoney } from "@/server/platform/format";

/** The whole loop on one chart: what was said to customers, what they did, whom we rang back, what came of it. */
export function LoopCard({ shares, callbacks, currency }: WorkspacePeriod) {
  const all = shares.reduce(addCounts, noCounts);
  const { sent, delivered, opened, clicked, replied, converted, revenue } = all;
  const base = { label: "delivered", value: delivered };
  const asked = { label: "callbacks", value: callbacks.requested };
  return (
    <Card>
      <FunnelChart
        title="The whole loop"
        steps={[
          { label: "Sent", value: sent },
          { label: "Delivered", value: delivered },
          { label: "Opened", value: opened, of: base },
          { label: "Clicked", value: clicked, of: base },
          { label: "Replied", value: replied, of: base },
          { label: "Callbacks", value: callbacks.requested, of: base },
          { label: "Talked to", value: callbacks.talked, of: asked },
          { label: "Converted", value: converted, of: base },
        ]}
      />
      <p className="mt-3 text-muted text-sm tabular-nums">
        {formatMoney(revenue, currency, 0)} credited to messages. {formatCount(callbacks.open)}{" "}
        {callbacks.open === 1 ? "callback" : "callbacks"} open, {formatCount(callbacks.converted)} ended in
        business worth {formatMoney(callbacks.value, currency, 0)}, as their agents wrote down.
      </p>
    </Card>
  );
}
