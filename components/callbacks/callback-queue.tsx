"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { LayoutList, PhoneCall, Rows3 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { useLive } from "@/components/shell/live";
import { DataTable } from "@/components/ui/data-table/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useShortcuts } from "@/components/ui/shortcuts";
import { useUrl } from "@/components/ui/use-url";
import type { CallbackLine } from "@/server/callbacks/lines";
import type { CallbackPage } from "@/server/callbacks/list";
import type { ListCallbacksInput } from "@/server/callbacks/schemas";
import { useTRPC } from "@/server/trpc/react";
import { BulkActs } from "./bulk-acts";
import { CallbackCards } from "./callback-cards";
import { callbackColumns, callerName } from "./callback-columns";
import { type BulkAct, ChangeMany } from "./change-many";
import { filterNames, QueueFilters } from "./queue-filters";
import { SavedViews } from "./saved-views";

type CallbackQueueProps = {
  input: ListCallbacksInput;
  initial: CallbackPage;
  zone: string;
  /** Whether the person gives requests to others. */
  lead: boolean;
};

/** On a phone a request has its own page; beside a table it opens next to it. */
const hrefOf = (line: CallbackLine) => `/callbacks/${line.id}`;
const words = { previous: "More urgent", next: "Less urgent" };
const overdueWords = { previous: "Back", next: "More" };

/** The queue in the order in which it is called, live; filters, place and view stand in the address. */
export function CallbackQueue({ input, initial, zone, lead }: CallbackQueueProps) {
  const trpc = useTRPC();
  const url = useUrl();
  const router = useRouter();
  const query = useQuery(
    trpc.callbacks.list.queryOptions(input, {
      initialData: initial,
      placeholderData: keepPreviousData,
      // Clocks run out by themselves: what has become overdue is found without anybody's act.
      refetchInterval: 60_000,
    }),
  );
  useLive(["callbacks"], trpc.callbacks.list.queryFilter());
  useShortcuts([
    {
      keys: "n",
      label: "Next callback",
      group: "Callbacks",
      run: () => router.push("/callbacks/work?next=1"),
    },
  ]);
  const [changing, setChanging] = useState<{
    act: BulkAct;
    requests: ReadonlyMap<string, string>;
    clear: () => void;
  } | null>(null);
  const columns = useMemo(() => callbackColumns(zone), [zone]);
  const { rows, previous, next } = query.data;
  const cards = url.params.get("view") === "cards";
  const narrowed = [...filterNames, "q"].some((name) => url.params.has(name));
  const paging = {
    previous,
    next,
    words: input.tab === "closed" ? undefined : input.tab === "overdue" ? overdueWords : words,
  };
  const toolbar = (
    <div className="flex items-start justify-between gap-3">
      <QueueFilters lead={lead} />
      <div className="flex shrink-0 items-center gap-2">
        <SavedViews />
        <SegmentedControl
          label="View"
          className="max-md:hidden"
          iconsOnly
          value={cards ? "cards" : "table"}
          options={[
            { value: "table", label: "Table", icon: Rows3 },
            { value: "cards", label: "Cards", icon: LayoutList },
          ]}
          onValueChange={(view) => url.set({ view: view === "cards" ? "cards" : null }, { replace: true })}
        />
      </div>
    </div>
  );
  const asCards = <CallbackCards rows={rows} zone={zone} hrefOf={hrefOf} keys={cards} />;
  if (cards && rows.length > 0)
    return (
      <div className="flex flex-col gap-3">
        {toolbar}
        {asCards}
        <Pagination {...paging} />
      </div>
    );
  return (
    <>
      <DataTable
        id="callbacks"
        label="Callback requests"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowHref={(row) => url.openHref(row.id)}
        currentId={url.params.get("open") ?? undefined}
        stale={query.isPlaceholderData}
        paging={paging}
        toolbar={toolbar}
        phone={asCards}
        bulkActions={
          lead && input.tab !== "closed"
            ? (ids, clear) => (
                <BulkActs
                  onAct={(act) => {
                    const ticked = rows.filter(({ id }) => ids.includes(id));
                    const requests = new Map(ticked.map((row) => [row.id, callerName(row)]));
                    setChanging({ act, requests, clear });
                  }}
                />
              )
            : undefined
        }
        empty={<NothingHere input={input} narrowed={narrowed} />}
      />
      {/* Not inside of the bar, which goes with the last ticked row: what became of each is still to be read. */}
      {changing && (
        <ChangeMany
          act={changing.act}
          requests={changing.requests}
          onClose={() => setChanging(null)}
          onDone={() => {
            changing.clear();
            setChanging(null);
          }}
        />
      )}
    </>
  );
}

function NothingHere({ input, narrowed }: { input: ListCallbacksInput; narrowed: boolean }) {
  const title = narrowed
    ? "No such request"
    : input.tab === "overdue"
      ? "Nothing is overdue"
      : input.tab === "closed"
        ? "Nothing was closed yet"
        : "Nobody waits for a call";
  return (
    <EmptyState icon={PhoneCall} title={title}>
      {narrowed
        ? "Take away a filter, or search for other words."
        : "Requests come from replies, forms, campaign links and the API. “Add request” writes one down by hand."}
    </EmptyState>
  );
}
