"use client";

import { Download } from "lucide-react";
import Link from "next/link";
import { Card } from "@/components/ui/card";
import { DropdownMenu } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { useUrl } from "@/components/ui/use-url";
import {
  roiOf,
  type ShareKind,
  type Sum,
  shareKinds,
  shareLabels,
  sumShares,
} from "@/server/analytics/status";
import type { CampaignShare } from "@/server/analytics/workspace";
import { goalLabels, typeLabels } from "@/server/campaigns/status";
import { channelLabels } from "@/server/channels/status";
import { formatPercent } from "@/server/platform/format";
import { RateTable } from "./rate-table";
import { ExportItems } from "./take-away";

const choices = shareKinds.map((value) => ({ value, label: shareLabels[value] }));
const orders = [
  { value: "sent", label: "Most sent" },
  { value: "revenue", label: "Most revenue" },
  { value: "roi", label: "Best ROI" },
  { value: "click", label: "Best click-through" },
] as const;
type Order = (typeof orders)[number]["value"];

const partOf: Record<ShareKind, (share: CampaignShare) => { key: string; label: string }> = {
  campaign: ({ campaignId, name }) => ({ key: campaignId, label: name }),
  channel: ({ channel }) => ({ key: channel, label: channelLabels[channel] }),
  type: ({ type }) => ({ key: type, label: typeLabels[type].label }),
  goal: ({ goal }) => ({ key: goal, label: goalLabels[goal].label }),
  template: ({ template }) => ({ key: template, label: template || "Written anew" }),
  owner: ({ ownerId, ownerName }) => ({ key: ownerId, label: ownerName || "Nobody any more" }),
};

const rankBy: Record<Order, (sum: Sum) => number> = {
  sent: ({ sent }) => sent,
  revenue: ({ revenue }) => Number(revenue),
  roi: (sum) => roiOf(sum) ?? Number.NEGATIVE_INFINITY,
  click: ({ clicked, delivered }) => (delivered === 0 ? -1 : clicked / delivered),
};

/** Campaigns ranked, or summed by channel, type, goal, template or owner. Choice and order stand in the address. */
export function SharesCard({ shares, currency }: { shares: readonly CampaignShare[]; currency: string }) {
  const url = useUrl();
  const by = shareKinds.find((each) => each === url.params.get("by")) ?? "campaign";
  const order = orders.find(({ value }) => value === url.params.get("order"))?.value ?? "sent";
  const sums = sumShares(shares, partOf[by]).toSorted(
    (one, other) => rankBy[order](other) - rankBy[order](one),
  );
  const byKey = new Map(sums.map((sum) => [sum.key, sum]));
  return (
    <Card
      title="Campaigns ranked"
      description="What happened in the period, whenever they were launched."
      actions={
        <>
          <DropdownMenu
            align="end"
            trigger={<IconButton label="Download" size="sm" icon={<Download aria-hidden />} />}
          >
            <ExportItems
              label="Campaigns of the period"
              wanted={{ table: "campaigns", days: url.params.get("days") ?? "30" }}
            />
          </DropdownMenu>
          <Select
            label="Order"
            className="w-44 max-sm:hidden"
            value={order}
            options={orders}
            onValueChange={(value) => url.set({ order: value }, { replace: true })}
          />
          <Select
            label="Sum by"
            className="w-32"
            value={by}
            options={choices}
            onValueChange={(value) => url.set({ by: value }, { replace: true })}
          />
        </>
      }
      flush
    >
      <RateTable
        caption={`By ${shareLabels[by].toLowerCase()}`}
        header={shareLabels[by]}
        first="sent"
        lines={sums.map((sum) => ({
          ...sum,
          label:
            by === "campaign" ? (
              <Link href={`/campaigns/${sum.key}?tab=analytics`} className="hover:text-accent-ink">
                {sum.label}
              </Link>
            ) : (
              sum.label
            ),
        }))}
        shown={["open", "click", "conversion"]}
        currency={currency}
        more={{
          head: "ROI",
          cell: ({ key }) => {
            const sum = byKey.get(key);
            return formatPercent(sum ? roiOf(sum) : null, 0);
          },
        }}
      />
    </Card>
  );
}
