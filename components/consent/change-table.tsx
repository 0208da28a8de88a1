"use client";

import { useQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import Link from "next/link";
import { useMemo } from "react";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { ShowAll } from "@/components/ui/show-all";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { useUrl } from "@/components/ui/use-url";
import type { ConsentEntry } from "@/server/consent/list-changes";
import type { ListChangesInput } from "@/server/consent/schemas";
import {
  contactChannelLabels,
  contactChannels,
  purposeLabels,
  purposes,
  sourceLabel,
} from "@/server/consent/status";
import type { KeysetPage } from "@/server/platform/keyset";
import { useTRPC } from "@/server/trpc/react";
import { aboutWords, actionLooks, byWords, proofWords } from "./words";

type ChangeTableProps = {
  input: ListChangesInput;
  initial: KeysetPage<ConsentEntry> & { sources: string[] };
  zone: string;
  mayEdit: boolean;
};

const periods = [
  { value: "1", label: "Last 24 hours" },
  { value: "7", label: "Last 7 days" },
  { value: "30", label: "Last 30 days" },
];

/** The ledger, newest first, live. Every row leads to its customer. */
export function ChangeTable({ input, initial, zone, mayEdit }: ChangeTableProps) {
  const trpc = useTRPC();
  const { params } = useUrl();
  const query = useQuery(trpc.consent.changes.queryOptions(input, { initialData: initial }));
  useLive(["consent"], trpc.consent.changes.queryFilter());
  const columns = useMemo(() => columnsFor(zone), [zone]);
  const { rows, previous, next, sources } = query.data;
  const narrowed = ["channel", "purpose", "action", "source", "days"].some((name) => params.has(name));
  return (
    <DataTable
      id="consent-changes"
      label="Changes of consent"
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      stale={query.isPlaceholderData}
      paging={{ previous, next }}
      toolbar={
        <FilterBar
          filters={[
            {
              name: "channel",
              label: "Channel",
              options: contactChannels.map((value) => ({ value, label: contactChannelLabels[value] })),
            },
            {
              name: "purpose",
              label: "Purpose",
              options: purposes.map((value) => ({ value, label: purposeLabels[value] })),
            },
            {
              name: "action",
              label: "What",
              options: [
                { value: "granted", label: "Allowed" },
                { value: "withdrawn", label: "Withdrawn" },
              ],
            },
            {
              name: "source",
              label: "Source",
              options: sources.map((value) => ({ value, label: sourceLabel(value) })),
            },
            { name: "days", label: "When", options: periods },
          ]}
        />
      }
      empty={
        narrowed ? (
          <EmptyState icon={ScrollText} title="No such change" action={<ShowAll noun="changes" />}>
            No entry matches these filters.
          </EmptyState>
        ) : (
          <EmptyState
            icon={ScrollText}
            title="No consent on record yet"
            action={
              mayEdit && (
                <Button variant="primary" asChild>
                  <Link href="/customers/consent/files">Upload a file of consents</Link>
                </Button>
              )
            }
          >
            An import asks what its people agreed to, a file can say it of many customers, and on the page of
            one customer it is under Consent.
          </EmptyState>
        )
      }
    />
  );
}

const columnsFor = (zone: string): readonly Column<ConsentEntry>[] => [
  {
    id: "customer",
    header: "Customer",
    width: 180,
    cell: (entry) =>
      entry.customerName === null ? (
        <span className="text-muted">Erased</span>
      ) : (
        <Link className="hover:underline" href={`/customers/${entry.customerId}`}>
          {entry.customerName || "Without a name"}
        </Link>
      ),
  },
  {
    id: "action",
    header: "What",
    width: 108,
    cell: (entry) => <StatusBadge {...actionLooks[entry.action]} />,
  },
  { id: "about", header: "About", width: 190, cell: aboutWords },
  { id: "proof", header: "Source", width: 220, shown: "wide", cell: proofWords },
  { id: "by", header: "By", width: 140, shown: "wide", cell: byWords },
  {
    id: "words",
    header: "Words shown",
    width: 280,
    shown: "chosen",
    cell: (entry) => entry.textShown ?? "–",
  },
  {
    id: "at",
    header: "When",
    width: 116,
    align: "end",
    cell: (entry) => <Time value={entry.at} zone={zone} />,
  },
];
