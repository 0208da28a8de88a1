"use client";

import { useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import Link from "next/link";
import { useMemo } from "react";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { SearchInput } from "@/components/ui/search-input";
import { Time } from "@/components/ui/time";
import { useUrl } from "@/components/ui/use-url";
import type { EventLine } from "@/server/events/list";
import type { ListEventsInput } from "@/server/events/schemas";
import { eventSourceLabels, eventSources } from "@/server/events/status";
import type { KeysetPage } from "@/server/platform/keyset";
import { useTRPC } from "@/server/trpc/react";
import { eventLabel, propertyWords } from "./words";

type EventTableProps = {
  input: ListEventsInput;
  initial: KeysetPage<EventLine>;
  names: readonly string[];
  zone: string;
};

const periods = [
  { value: "1", label: "Last 24 hours" },
  { value: "7", label: "Last 7 days" },
  { value: "30", label: "Last 30 days" },
];

/** Everything that happened to customers, newest first, live. */
export function EventTable({ input, initial, names, zone }: EventTableProps) {
  const trpc = useTRPC();
  const { params, set } = useUrl();
  const query = useQuery(trpc.events.list.queryOptions(input, { initialData: initial }));
  useLive(["events"], trpc.events.list.queryFilter());
  const columns = useMemo(() => columnsFor(zone), [zone]);
  const { rows, previous, next } = query.data;
  const narrowed = ["q", "name", "source", "customer", "days"].some((key) => params.has(key));
  const one = input.customer ? rows[0]?.customerName : null;
  return (
    <DataTable
      id="events"
      label="Events"
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      stale={query.isPlaceholderData}
      paging={{ previous, next, words: { previous: "Newer", next: "Older" } }}
      toolbar={
        <FilterBar
          search={<SearchInput label="Customer, or id of an event" />}
          filters={[
            {
              name: "name",
              label: "Event",
              options: names.map((value) => ({ value, label: eventLabel(value) })),
            },
            { name: "days", label: "When", options: periods },
            {
              name: "source",
              label: "Came from",
              options: eventSources.map((value) => ({ value, label: eventSourceLabels[value] })),
            },
            ...(input.customer
              ? [
                  {
                    name: "customer",
                    label: "Customer",
                    options: [{ value: input.customer, label: one || "One customer" }],
                  },
                ]
              : []),
          ]}
        />
      }
      empty={
        narrowed ? (
          <EmptyState
            icon={Activity}
            title="No such event"
            action={
              <Button onClick={() => set({ q: null, name: null, source: null, customer: null, days: null })}>
                Show all events
              </Button>
            }
          >
            Nothing that came in matches these filters.
          </EmptyState>
        ) : (
          <EmptyState icon={Activity} title="No events yet">
            Events say what happened to a customer: a payment, a visit, a complaint. Add one, or paste a
            batch.
          </EmptyState>
        )
      }
    />
  );
}

const columnsFor = (zone: string): readonly Column<EventLine>[] => [
  {
    id: "name",
    header: "Event",
    width: 128,
    cell: ({ name }) => <span title={name}>{eventLabel(name)}</span>,
  },
  {
    id: "customer",
    header: "Customer",
    width: 120,
    cell: ({ customerName, customerId }) =>
      customerName === null ? (
        <span className="text-muted">Erased</span>
      ) : (
        <Link className="hover:underline" href={`/customers/${customerId}`}>
          {customerName || "Without a name"}
        </Link>
      ),
  },
  {
    id: "properties",
    header: "With",
    width: 320,
    shown: "wide",
    cell: ({ properties }) => <Properties of={properties} />,
  },
  {
    id: "source",
    header: "Came from",
    width: 130,
    shown: "wide",
    cell: ({ source }) => eventSourceLabels[source],
  },
  {
    id: "sourceId",
    header: "Id of the sender",
    width: 160,
    shown: "chosen",
    cell: ({ sourceId }) => sourceId ?? "–",
  },
  {
    id: "received",
    header: "Arrived",
    width: 120,
    align: "end",
    shown: "chosen",
    cell: ({ receivedAt }) => <Time value={receivedAt} zone={zone} />,
  },
  {
    id: "at",
    header: "Happened",
    width: 110,
    align: "end",
    cell: ({ occurredAt }) => <Time value={occurredAt} zone={zone} />,
  },
];

function Properties({ of }: { of: EventLine["properties"] }) {
  const words = propertyWords(of);
  if (words.length === 0) return <span className="text-faint">–</span>;
  return (
    <span title={words.map(([name, value]) => `${name}: ${value}`).join("\n")}>
      {words.map(([name, value], index) => (
        <span key={name}>
          {index > 0 && <span className="text-faint"> · </span>}
          <span className="text-faint">{name}</span> {value}
        </span>
      ))}
    </span>
  );
}
