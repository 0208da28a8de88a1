"use client";

import { NumbersDialog } from "@/components/ui/numbers-dialog";
import { toast } from "@/components/ui/toaster";
import { economicsInput } from "@/server/analytics/schemas";
import type { Economics } from "@/server/analytics/status";
import { moneyText } from "@/server/platform/money";
import { useTRPCClient } from "@/server/trpc/react";

type EconomicsDialogProps = { campaignId: string; economics: Economics; currency: string };

/** Sets the fixed cost and the margin of a campaign. */
export function EconomicsDialog({ campaignId, economics, currency }: EconomicsDialogProps) {
  const client = useTRPCClient();
  const { fixedCost, margin } = economics;
  return (
    <NumbersDialog
      opens="Costs and margin"
      title="Costs and margin"
      description="Both change the figures only, never what is sent."
      fields={[
        {
          name: "fixedCost",
          label: `Fixed cost in ${currency}`,
          help: "Agency, design, the list: whatever it cost beside the messages.",
        },
        {
          name: "margin",
          label: "Margin in %",
          help: "The share of the revenue that stays. Empty: all of it counts, and figures say “on revenue”.",
        },
      ]}
      schema={economicsInput.omit({ campaignId: true })}
      initial={{
        fixedCost: fixedCost === "0" ? "" : moneyText(fixedCost),
        margin: margin === null ? "" : String(Math.round(margin * 10_000) / 100),
      }}
      submit={async (_, typed) => {
        await client.analytics.changeEconomics.mutate({ campaignId, ...typed });
        toast.success("Costs and margin changed", { description: "ROI and break-even follow them." });
      }}
    />
  );
}
