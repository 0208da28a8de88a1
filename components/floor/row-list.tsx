"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { LinkTabs } from "@/components/ui/link-tabs";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import type { FloorAgent } from "@/server/floor/board";
import { type FloorSet, floorSetLabels, floorSets } from "@/server/floor/status";
import { useTRPC } from "@/server/trpc/react";
import { FloorLine } from "./floor-line";

type RowListProps = {
  set: FloorSet;
  count: number;
  zone: string;
  agents: readonly FloorAgent[];
};

const empty: Record<FloorSet, string> = {
  waiting: "Nobody waits.",
  due_soon: "Nothing is due in the next 15 minutes.",
  breached: "Nothing is overdue.",
  in_hand: "Nobody works on a request now.",
  later: "Nothing is promised for later.",
};

/** The requests behind a number, the first due first; each can be given to somebody else or made more urgent. */
export function RowList({ set, count, zone, agents }: RowListProps) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.floor.rows.infiniteQueryOptions({ set }, { getNextPageParam: (page) => page.next, staleTime: 0 }),
  );
  useLive(["callbacks"], trpc.floor.rows.infiniteQueryFilter());
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Card flush>
      <div className="border-line border-b px-4 pt-1">
        <LinkTabs
          label="Which requests"
          tabs={floorSets.map((each) => ({ label: floorSetLabels[each], href: `?show=${each}` }))}
        />
      </div>
      {query.isPending && (
        <p role="status" aria-label="Loading" className="p-4">
          <Spinner className="text-faint" />
        </p>
      )}
      {query.error && (
        <Notice tone="danger" className="m-4">
          {query.error.message}
        </Notice>
      )}
      {query.data && rows.length === 0 && <p className="px-4 py-6 text-muted">{empty[set]}</p>}
      <ul aria-label={`${floorSetLabels[set]}, ${count}`} className="divide-y divide-line">
        {rows.map((row) => (
          <FloorLine key={row.id} row={row} zone={zone} agents={agents} />
        ))}
      </ul>
      {query.hasNextPage && (
        <div className="border-line border-t p-3">
          <Button size="sm" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </Card>
  );
}
