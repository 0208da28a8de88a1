"use client";

import { useQuery } from "@tanstack/react-query";
import { IndianRupee } from "lucide-react";
import { useLive } from "@/components/shell/live";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import { PageBody } from "@/components/ui/page-body";
import { SplitView } from "@/components/ui/side-panel";
import { useUrl } from "@/components/ui/use-url";
import type { Prices } from "@/server/channels/prices/list-prices";
import { channelLabels, providers } from "@/server/channels/status";
import { formatDate, formatMoney, nothing } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { PricePanel } from "./price-panel";
import { categoryLabel, countryLabel, kindsOf, type PriceKind } from "./price-words";

type PriceListProps = { initial: Prices; mayEdit: boolean };

/** What each kind of message costs now, and what is planned; the history opens beside it. */
export function PriceList({ initial, mayEdit }: PriceListProps) {
  const trpc = useTRPC();
  const { params, openHref } = useUrl();
  const { data } = useQuery(trpc.channels.prices.queryOptions(undefined, { initialData: initial }));
  useLive(["channels"], trpc.channels.prices.queryFilter());
  const { today } = data;
  const kinds = kindsOf(data.prices);
  const open = kinds.find(({ key }) => key === params.get("open"));
  return (
    <SplitView panel={open && <PricePanel key={open.key} kind={open} mayEdit={mayEdit} today={today} />}>
      <PageBody>
        <DataTable
          id="prices"
          label="Prices"
          columns={columns}
          rows={kinds}
          rowId={({ key }) => key}
          rowHref={({ key }) => openHref(key)}
          currentId={open?.key}
          summary={`${kinds.length} kinds of message`}
          empty={
            <EmptyState icon={IndianRupee} title="No prices yet">
              Campaigns count their cost with what stands here.
            </EmptyState>
          }
        />
      </PageBody>
    </SplitView>
  );
}

const day = (date: string): string => formatDate(`${date}T00:00:00Z`, "UTC");

const columns: readonly Column<PriceKind>[] = [
  {
    id: "what",
    header: "Message",
    width: 220,
    cell: ({ category }) => categoryLabel(category),
  },
  {
    id: "channel",
    header: "Channel",
    width: 100,
    shown: "wide",
    cell: ({ channel }) => channelLabels[channel],
  },
  { id: "provider", header: "Provider", width: 190, cell: ({ provider }) => providers[provider].label },
  { id: "country", header: "To", width: 110, shown: "wide", cell: ({ country }) => countryLabel(country) },
  {
    id: "net",
    header: "Net",
    width: 96,
    align: "end",
    cell: ({ now }) => (now ? formatMoney(now.netMicros, now.currency, 4) : nothing),
  },
  {
    id: "gross",
    header: "With tax",
    width: 96,
    align: "end",
    shown: "wide",
    cell: ({ now }) => (now ? formatMoney(now.grossMicros, now.currency, 4) : nothing),
  },
  {
    id: "since",
    header: "Since",
    width: 110,
    align: "end",
    shown: "wide",
    cell: ({ now }) => (now ? day(now.validFrom) : nothing),
  },
  {
    id: "next",
    header: "Planned",
    width: 170,
    align: "end",
    shown: "wide",
    cell: ({ next }) =>
      next ? `${formatMoney(next.netMicros, next.currency, 4)} from ${day(next.validFrom)}` : nothing,
  },
];
