"use client";

import { useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import { useMemo } from "react";
import { useLive } from "@/components/shell/live";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import type { EventNameLine } from "@/server/events/names";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { eventHint, eventLabel, spelled } from "./words";

/** Every name under which events came in; each leads to its events. */
export function EventNames({ initial, zone }: { initial: EventNameLine[]; zone: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.events.names.queryOptions(undefined, { initialData: initial }));
  useLive(["events"], trpc.events.names.queryFilter());
  const columns = useMemo(() => columnsFor(zone), [zone]);
  return (
    <DataTable
      id="event-names"
      label="Names of events"
      columns={columns}
      rows={query.data}
      rowId={(row) => row.name}
      rowHref={({ name }) => `/customers/events?name=${encodeURIComponent(name)}`}
      stale={query.isPlaceholderData}
      empty={
        <EmptyState icon={Activity} title="No events yet">
          A name appears here with its first event. Any name can be sent.
        </EmptyState>
      }
    />
  );
}

const columnsFor = (zone: string): readonly Column<EventNameLine>[] => [
  {
    id: "label",
    header: "Event",
    width: 180,
    cell: ({ name }) => <span className="font-medium">{eventLabel(name)}</span>,
  },
  {
    id: "name",
    header: "Name",
    width: 160,
    shown: "wide",
    cell: ({ name }) => <code className="text-muted text-xs">{name}</code>,
  },
  {
    id: "hint",
    header: "What it says",
    width: 210,
    shown: "wide",
    cell: ({ name }) => eventHint(name) ?? <span className="text-faint">A name of your own</span>,
  },
  {
    id: "properties",
    header: "With",
    width: 220,
    shown: "wide",
    cell: ({ properties }) => (properties.length === 0 ? "–" : properties.map(spelled).join(", ")),
  },
  {
    id: "recent",
    header: "Last 30 days",
    width: 110,
    align: "end",
    cell: ({ recent }) => formatCount(recent),
  },
  {
    id: "last",
    header: "Last seen",
    width: 120,
    align: "end",
    cell: ({ lastAt }) => <Time value={lastAt} zone={zone} />,
  },
  {
    id: "first",
    header: "First seen",
    width: 120,
    align: "end",
    shown: "chosen",
    cell: ({ firstAt }) => <Time value={firstAt} zone={zone} />,
  },
];
