"use client";

import { useQuery } from "@tanstack/react-query";
import { ListFilter, Plus } from "lucide-react";
import Link from "next/link";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchInput } from "@/components/ui/search-input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { ShowAll } from "@/components/ui/show-all";
import { useUrl } from "@/components/ui/use-url";
import { formatCount } from "@/server/platform/format";
import type { SegmentPage } from "@/server/segments/list";
import type { ListSegmentsInput } from "@/server/segments/schemas";
import { alone, useTRPC } from "@/server/trpc/react";
import { segmentColumns } from "./segment-columns";

type SegmentListProps = { input: ListSegmentsInput; initial: SegmentPage; zone: string; mayEdit: boolean };

/** The list of segments, with how many customers each holds now. */
export function SegmentList({ input, initial, zone, mayEdit }: SegmentListProps) {
  const trpc = useTRPC();
  const url = useUrl();
  const query = useQuery(trpc.segments.list.queryOptions(input, { initialData: initial }));
  useLive(["segments"], trpc.segments.list.queryFilter());
  const { rows, previous, next, total } = query.data;
  const ids = rows.map(({ id }) => id);
  const counts = useQuery(
    trpc.segments.counts.queryOptions(
      { ids },
      // Customers change all the time; counting each segment after each change would be all that the database does.
      { enabled: ids.length > 0, staleTime: 30_000, refetchInterval: 60_000, trpc: alone },
    ),
  );
  useLive(["segments"], trpc.segments.counts.queryFilter());
  return (
    <DataTable
      id="segments"
      label="Segments"
      columns={segmentColumns({ zone, counts: counts.data, mayEdit })}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => `/segments/${row.id}`}
      paging={{ previous, next }}
      summary={`${formatCount(rows.length)} of ${formatCount(total)} ${total === 1 ? "segment" : "segments"}`}
      toolbar={
        <div className="flex flex-wrap items-center gap-2">
          <SearchInput label="Segment name" />
          <SegmentedControl
            label="Which segments"
            value={input.archived ? "archived" : "used"}
            options={[
              { value: "used", label: "In use" },
              { value: "archived", label: "Archived" },
            ]}
            onValueChange={(which) => url.set({ archived: which === "archived" ? "yes" : null })}
          />
        </div>
      }
      empty={<NoSegments narrowed={Boolean(input.search || input.archived)} mayEdit={mayEdit} />}
    />
  );
}

function NoSegments({ narrowed, mayEdit }: { narrowed: boolean; mayEdit: boolean }) {
  if (narrowed)
    return (
      <EmptyState icon={ListFilter} title="No segment matches" action={<ShowAll noun="segments" />}>
        Try another word, or look among the others.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={ListFilter}
      title="No segments yet"
      action={
        mayEdit && (
          <Button variant="primary" asChild>
            <Link href="/segments/new">
              <Plus aria-hidden />
              Create a segment
            </Link>
          </Button>
        )
      }
    >
      A segment says whom you mean: by tier, policies, payments, events, campaigns and consent. It is always
      up to date.
    </EmptyState>
  );
}
