"use client";

import { useQuery } from "@tanstack/react-query";
import { Workflow } from "lucide-react";
import { useMemo } from "react";
import { DataTable } from "@/components/ui/data-table/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Notice } from "@/components/ui/notice";
import { SearchInput } from "@/components/ui/search-input";
import { Select } from "@/components/ui/select";
import { useUrl } from "@/components/ui/use-url";
import type { KeysetPage } from "@/server/platform/keyset";
import { useTRPC } from "@/server/trpc/react";
import type { WorkflowOverview } from "@/server/workflows/get-overview";
import type { RunLine } from "@/server/workflows/list-runs";
import type { RunListQuery } from "@/server/workflows/schemas";
import { runPeriodKeys, runPeriods } from "@/server/workflows/status";
import { runColumns } from "./run-columns";
import { runFilters } from "./run-filters";

/** Runs live in the engine, which moves no topics of ours: they are read again while somebody looks. */
const LIST_MS = 2_000;
const COUNTS_MS = 10_000;

const periods = [
  { value: "any", label: "Any time" },
  ...runPeriodKeys.map((key) => ({ value: key, label: runPeriods[key] })),
];

type Embedded = Extract<WorkflowOverview, { engine: "embedded" }>;
type RunTableProps = { input: RunListQuery; initial: KeysetPage<RunLine>; overview: Embedded; zone: string };

/** The workspace's runs, newest first; filters, place and the open run stand in the address. */
export function RunTable({ input, initial, overview, zone }: RunTableProps) {
  const trpc = useTRPC();
  const url = useUrl();
  const list = useQuery(
    trpc.workflows.list.queryOptions(input, { initialData: initial, refetchInterval: LIST_MS }),
  );
  const counted = useQuery(
    trpc.workflows.overview.queryOptions(undefined, { initialData: overview, refetchInterval: COUNTS_MS }),
  );
  const functions = counted.data.engine === "embedded" ? counted.data.functions : overview.functions;
  const columns = useMemo(() => runColumns(overview.functions, zone), [overview.functions, zone]);
  const narrowed = ["function", "state", "hours", "q"].some((key) => url.params.has(key));
  const { rows, previous, next } = list.data;
  return (
    <>
      {list.isError && (
        <Notice tone="attention" title="The list stands still">
          {list.error.message}
        </Notice>
      )}
      <DataTable
        id="workflow-runs"
        label="Workflow runs"
        columns={columns}
        rows={rows}
        rowId={(run) => run.id}
        rowHref={(run) => url.openHref(run.id)}
        currentId={url.params.get("open") ?? undefined}
        stale={url.pending}
        toolbar={
          <div className="flex flex-wrap items-center gap-2">
            <Select
              label="Period"
              className="w-36"
              options={periods}
              value={input.hours ?? "any"}
              onValueChange={(hours) => url.set({ hours: hours === "any" ? null : hours, open: null })}
            />
            <FilterBar
              search={<SearchInput label="Campaign, customer, import or id" className="sm:w-72" />}
              filters={runFilters(functions)}
            />
          </div>
        }
        paging={{ previous, next }}
        empty={
          <EmptyState icon={Workflow} title={narrowed ? "No such run" : "Nothing has run yet"}>
            {narrowed
              ? "Remove a filter, choose a longer period, or search for a whole id."
              : "Launching a campaign or importing customers starts a run here."}
          </EmptyState>
        }
      />
    </>
  );
}
