"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DescriptionList } from "@/components/ui/description-list";
import { IconButton } from "@/components/ui/icon-button";
import { SidePanel } from "@/components/ui/side-panel";
import { StatusBadge } from "@/components/ui/status-badge";
import { toast } from "@/components/ui/toaster";
import type { PriceLine } from "@/server/channels/prices/list-prices";
import { channelLabels, providers } from "@/server/channels/status";
import { formatDate, formatMoney, formatPercent } from "@/server/platform/format";
import { useTRPCClient } from "@/server/trpc/react";
import { PriceDialog } from "./price-dialog";
import { categoryLabel, countryLabel, type PriceKind } from "./price-words";

const looks = {
  now: { label: "Valid now", tone: "good" },
  future: { label: "Planned", tone: "information" },
  past: { label: "Past", tone: "neutral" },
} as const;

const day = (date: string): string => formatDate(`${date}T00:00:00Z`, "UTC");

type PricePanelProps = { kind: PriceKind; mayEdit: boolean; today: string };

/** The prices of one kind of message, from the one that is planned back to the first. */
export function PricePanel({ kind, mayEdit, today }: PricePanelProps) {
  const [changing, setChanging] = useState(false);
  return (
    <SidePanel
      title={categoryLabel(kind.category)}
      footer={
        mayEdit && (
          <Button variant="primary" onClick={() => setChanging(true)}>
            Set a new price
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-5">
        <DescriptionList
          items={[
            { term: "Channel", value: channelLabels[kind.channel] },
            { term: "Provider", value: providers[kind.provider].label },
            { term: "To", value: countryLabel(kind.country) },
          ]}
        />
        <ol className="border-line border-t text-sm">
          {kind.rows.map((row) => (
            <PriceRow key={row.id} row={row} mayEdit={mayEdit} />
          ))}
        </ol>
        <p className="text-faint text-xs">
          A message costs what was valid on the day it went. A new price is a new row, and changes nothing of
          what was counted before.
        </p>
      </div>
      {changing && <PriceDialog kind={kind} today={today} onClose={() => setChanging(false)} />}
    </SidePanel>
  );
}

function PriceRow({ row, mayEdit }: { row: PriceLine; mayEdit: boolean }) {
  const client = useTRPCClient();
  return (
    <li className="flex items-center gap-3 border-line border-b py-2.5">
      <span className="min-w-0 flex-1">
        <span className="block font-medium tabular-nums">
          {formatMoney(row.netMicros, row.currency, 4)}
          <span className="font-normal text-muted">
            {" "}
            · {formatMoney(row.grossMicros, row.currency, 4)} with {formatPercent(row.taxRate)} tax
          </span>
        </span>
        <span className="text-muted">from {day(row.validFrom)}</span>
      </span>
      <StatusBadge {...looks[row.when]} />
      {mayEdit && row.when === "future" && (
        <ConfirmDialog
          title="Take this planned price back?"
          description={`${formatMoney(row.netMicros, row.currency, 4)} would have been valid from ${day(row.validFrom)}. The present price stays.`}
          confirmLabel="Take it back"
          cancelLabel="Keep it"
          trigger={
            <IconButton
              label="Take the planned price back"
              tooltip={false}
              size="sm"
              icon={<Trash2 aria-hidden />}
            />
          }
          onConfirm={async () => {
            await client.channels.removePrice.mutate({ priceId: row.id });
            toast.success("The planned price was taken back");
          }}
        />
      )}
    </li>
  );
}
