"use client";

import { NumbersDialog } from "@/components/ui/numbers-dialog";
import { toast } from "@/components/ui/toaster";
import { limitsInput } from "@/server/campaigns/schemas";
import type { RunConditions } from "@/server/deliveries";
import { moneyText } from "@/server/platform/money";
import { useTRPCClient } from "@/server/trpc/react";

type LimitsDialogProps = { campaignId: string; conditions: RunConditions };

/** Changes pace and budget of a campaign that is under way. */
export function LimitsDialog({ campaignId, conditions }: LimitsDialogProps) {
  const client = useTRPCClient();
  const { ratePerSecond, budget, currency } = conditions;
  const initial = { ratePerSecond: String(ratePerSecond ?? ""), budget: moneyText(budget) };
  return (
    <NumbersDialog
      opens="Change"
      title="Pace and budget"
      description="Both count at once, for what has not gone yet."
      fields={[
        {
          name: "ratePerSecond",
          label: "Messages a second",
          help: "Empty: as fast as the channel's account allows.",
        },
        {
          name: "budget",
          label: `Budget in ${currency}`,
          help: "Empty: no limit. Sending stops before a message would pass it.",
        },
      ]}
      schema={limitsInput.omit({ id: true })}
      initial={initial}
      submit={async (_, typed) => {
        await client.campaigns.changeLimits.mutate({ id: campaignId, ...typed });
        toast.success("Pace and budget changed", { description: "The next messages keep to them." });
      }}
    />
  );
}
