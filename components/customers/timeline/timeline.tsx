"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { type Filter, FilterBar } from "@/components/ui/filter-bar";
import { groupBy } from "@/components/ui/group-by";
import {
  type TimelinePage,
  timelineChannelLabels,
  timelineChannels,
  type timelineFiltersOf,
  timelineKindNames,
  timelineKinds,
} from "@/server/customers/content";
import type { CustomerDetail } from "@/server/customers/get";
import { formatDate } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import type { Reader } from "./entry";
import { Entry } from "./entry";
import { NoteComposer } from "./note-composer";

const filters: Filter[] = [
  {
    name: "kind",
    label: "Kind",
    options: timelineKindNames.map((value) => ({ value, label: timelineKinds[value] })),
  },
  {
    name: "channel",
    label: "Channel",
    options: timelineChannels.map((value) => ({ value, label: timelineChannelLabels[value] })),
  },
];

type TimelineProps = {
  customer: CustomerDetail;
  filters: ReturnType<typeof timelineFiltersOf>;
  initial: TimelinePage;
  reader: Reader;
};

/** Everything that happened with a customer, newest first; what is shown of it stands in the address. */
export function Timeline({ customer, filters: chosen, initial, reader }: TimelineProps) {
  const trpc = useTRPC();
  const input = { customerId: customer.id, ...chosen };
  const query = useInfiniteQuery(
    trpc.customers.timeline.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.next,
      initialCursor: null,
      initialData: { pages: [initial], pageParams: [null] },
    }),
  );
  useLive(
    [`customer:${customer.id}`, "customers", "deliveries"],
    trpc.customers.timeline.infiniteQueryFilter({ customerId: customer.id }),
  );
  const entries = query.data.pages.flatMap((page) => page.entries);
  const narrowed = chosen.kind.length + chosen.channel.length > 0;
  const days = groupBy(entries, (entry) => formatDate(entry.at, reader.zone));
  return (
    <section aria-label="Timeline" className="flex min-w-0 flex-col gap-4">
      <NoteComposer customerId={customer.id} />
      <FilterBar filters={filters} />
      {entries.length === 0 && (
        <div className="rounded-md border border-line">
          <EmptyState icon={History} title={narrowed ? "Nothing of this kind" : "Nothing has happened yet"}>
            {narrowed
              ? "Take away a filter to see the rest."
              : "Messages, replies, events, consents and notes appear here as they happen."}
          </EmptyState>
        </div>
      )}
      {[...days].map(([day, list]) => (
        <section key={day} aria-label={day}>
          <h3 className="mb-2 text-faint text-xs">{day}</h3>
          <ol className="flex flex-col">
            {list.map((entry) => (
              <Entry key={entry.id} entry={entry} customer={customer} reader={reader} />
            ))}
          </ol>
        </section>
      ))}
      {query.hasNextPage && (
        <Button
          className="self-center"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show older
        </Button>
      )}
    </section>
  );
}
