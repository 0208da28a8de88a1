"use client";

import { useQuery } from "@tanstack/react-query";
import { ShieldOff } from "lucide-react";
import { useMemo, useState } from "react";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { SearchInput } from "@/components/ui/search-input";
import { Time } from "@/components/ui/time";
import { useUrl } from "@/components/ui/use-url";
import type { SuppressionLine } from "@/server/consent/list-suppressions";
import type { ListSuppressionsInput } from "@/server/consent/schemas";
import {
  contactChannelLabels,
  contactChannels,
  suppressionReasonLabels,
  suppressionReasons,
} from "@/server/consent/status";
import { formatCount } from "@/server/platform/format";
import type { KeysetPage } from "@/server/platform/keyset";
import { useTRPC } from "@/server/trpc/react";
import { RemoveDialog } from "./remove-dialog";

type SuppressionListProps = {
  input: ListSuppressionsInput;
  initial: KeysetPage<SuppressionLine> & { total: number };
  zone: string;
  mayEdit: boolean;
};

const periods = [
  { value: "1", label: "Last 24 hours" },
  { value: "7", label: "Last 7 days" },
  { value: "30", label: "Last 30 days" },
];

/** Addresses that must not be contacted: found by a whole address, removed one by one or together, with a reason. */
export function SuppressionList({ input, initial, zone, mayEdit }: SuppressionListProps) {
  const trpc = useTRPC();
  const { params } = useUrl();
  const query = useQuery(trpc.consent.suppressions.queryOptions(input, { initialData: initial }));
  useLive(["suppressions"], trpc.consent.suppressions.queryFilter());
  const [removing, setRemoving] = useState<{ lines: SuppressionLine[]; clear: () => void } | null>(null);
  const { rows, previous, next, total } = query.data;
  const columns = useMemo(
    () => columnsFor(zone, mayEdit ? (line) => setRemoving({ lines: [line], clear: () => {} }) : null),
    [zone, mayEdit],
  );
  const narrowed = ["q", "channel", "reason", "days"].some((name) => params.has(name));
  return (
    <>
      <DataTable
        id="suppressions"
        label="Suppression list"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        stale={query.isPlaceholderData}
        paging={{ previous, next }}
        summary={`${formatCount(rows.length)} of ${formatCount(total)} ${total === 1 ? "entry" : "entries"}`}
        bulkActions={
          mayEdit
            ? (ids, clear) => (
                <Button
                  size="sm"
                  onClick={() => setRemoving({ lines: rows.filter(({ id }) => ids.includes(id)), clear })}
                >
                  Remove {formatCount(ids.length)} from the list
                </Button>
              )
            : undefined
        }
        toolbar={
          <FilterBar
            search={<SearchInput label="A whole address or number" />}
            filters={[
              {
                name: "channel",
                label: "Channel",
                options: contactChannels.map((value) => ({ value, label: contactChannelLabels[value] })),
              },
              {
                name: "reason",
                label: "Reason",
                options: suppressionReasons.map((value) => ({
                  value,
                  label: suppressionReasonLabels[value].label,
                })),
              },
              { name: "days", label: "Added", options: periods },
            ]}
          />
        }
        empty={
          <EmptyState icon={ShieldOff} title={narrowed ? "Not on the list" : "Nobody is on the list"}>
            {narrowed
              ? "The list keeps no addresses, so only a whole one is found. Check its spelling, or take away a filter."
              : "Bounces, complaints and opt-outs come here by themselves. You can add addresses, or bring a file."}
          </EmptyState>
        }
      />
      {removing && <RemoveDialog {...removing} onClose={() => setRemoving(null)} />}
    </>
  );
}

const stopsLabels = { promotion: "Promotion", everything: "Everything" } as const;

/** Written by programs ("by hand", "list_unsubscribe") and by people: it begins like every other value of the table. */
const originLabel = (origin: string): string => {
  const words = origin.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const columnsFor = (
  zone: string,
  remove: ((line: SuppressionLine) => void) | null,
): readonly Column<SuppressionLine>[] => [
  {
    id: "hint",
    header: "Address",
    width: 190,
    cell: (line) => <span title="The list keeps a hint and a keyed hash, no address">{line.hint}</span>,
  },
  { id: "channel", header: "Channel", width: 96, cell: (line) => contactChannelLabels[line.channel] },
  {
    id: "reason",
    header: "Reason",
    width: 132,
    cell: (line) => suppressionReasonLabels[line.reason].label,
  },
  {
    id: "stops",
    header: "Stops",
    width: 100,
    shown: "wide",
    cell: (line) => stopsLabels[suppressionReasonLabels[line.reason].stops],
  },
  {
    id: "origin",
    header: "Origin",
    width: 180,
    shown: "wide",
    cell: (line) => (
      <span title={line.origin}>
        {originLabel(line.origin)}
        {line.addedBy && ` · ${line.addedBy}`}
      </span>
    ),
  },
  {
    id: "at",
    header: "Added",
    width: 116,
    align: "end",
    cell: (line) => <Time value={line.at} zone={zone} />,
  },
  ...(remove
    ? [
        {
          id: "act",
          header: "",
          width: 92,
          align: "end",
          cell: (line: SuppressionLine) => (
            <Button size="sm" variant="ghost" aria-label={`Remove ${line.hint}`} onClick={() => remove(line)}>
              Remove
            </Button>
          ),
        } as const,
      ]
    : []),
];
