"use client";

import { useQuery } from "@tanstack/react-query";
import { FileInput } from "lucide-react";
import { useLive } from "@/components/shell/live";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import { type Filter, FilterBar } from "@/components/ui/filter-bar";
import { PageBody } from "@/components/ui/page-body";
import { SearchInput } from "@/components/ui/search-input";
import { SplitView } from "@/components/ui/side-panel";
import { StatusBadge } from "@/components/ui/status-badge";
import { useUrl } from "@/components/ui/use-url";
import type { RegistryPage } from "@/server/channels/registry/list-page";
import type { RegistryLine } from "@/server/channels/registry/list-registry";
import type { RegistryPageInput } from "@/server/channels/schemas";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { ChannelParts } from "../channel-parts";
import { ImportRegistry } from "./import-registry";
import { RegistryPanel } from "./registry-panel";
import { dltCategoryLabels, dltStatusLooks } from "./registry-words";

const filters: Filter[] = [
  {
    name: "category",
    label: "Type",
    options: Object.entries(dltCategoryLabels).map(([value, label]) => ({ value, label })),
  },
  {
    name: "status",
    label: "State",
    options: Object.entries(dltStatusLooks).map(([value, { label }]) => ({ value, label })),
  },
];

type RegistryListProps = { input: RegistryPageInput; initial: RegistryPage; mayEdit: boolean };

/** The registered texts, found by words or id; the whole text opens beside the list. */
export function RegistryList({ input, initial, mayEdit }: RegistryListProps) {
  const trpc = useTRPC();
  const { params, href } = useUrl();
  const query = useQuery(trpc.channels.registryPage.queryOptions(input, { initialData: initial }));
  useLive(["channels"], trpc.channels.registryPage.queryFilter());
  const { rows, previous, next, total, known } = query.data;
  const open = rows.find(({ id }) => id === params.get("open"));
  return (
    <SplitView
      panel={
        open && <RegistryPanel key={open.id} line={open} mayEdit={mayEdit} closeHref={href({ open: null })} />
      }
    >
      <PageBody>
        <ChannelParts current="/settings/channels/registry" />
        <DataTable
          id="dlt-registry"
          label="Registered texts"
          columns={columns}
          rows={rows}
          rowId={({ id }) => id}
          rowHref={({ id }) => href({ open: id })}
          currentId={open?.id}
          stale={query.isPlaceholderData}
          paging={{ previous, next, words: { previous: "Back", next: "On" } }}
          summary={`${formatCount(rows.length)} of ${formatCount(total)} ${total === 1 ? "text" : "texts"}`}
          toolbar={
            known > 0 && (
              <FilterBar filters={filters} search={<SearchInput label="Name, header, id or words" />} />
            )
          }
          empty={
            known > 0 ? (
              <EmptyState icon={FileInput} title="No text matches">
                Try other words, or take a filter away.
              </EmptyState>
            ) : (
              <EmptyState
                icon={FileInput}
                title="No texts imported yet"
                action={mayEdit && <ImportRegistry />}
              >
                SMS to Indian numbers must match a text that your company registered with the operators.
                Export the content templates of your DLT portal as CSV and bring the file here.
              </EmptyState>
            )
          }
        />
      </PageBody>
    </SplitView>
  );
}

const columns: readonly Column<RegistryLine>[] = [
  { id: "name", header: "Text", width: 220, cell: ({ name }) => name },
  {
    id: "text",
    header: "Words",
    width: 320,
    shown: "wide",
    cell: ({ text }) => <span title={text}>{text}</span>,
  },
  {
    id: "header",
    header: "Header",
    width: 92,
    cell: ({ header }) => <span className="font-mono text-xs">{header}</span>,
  },
  {
    id: "category",
    header: "Type",
    width: 130,
    shown: "wide",
    cell: ({ category }) => dltCategoryLabels[category],
  },
  { id: "language", header: "Language", width: 88, shown: "wide", cell: ({ language }) => language },
  {
    id: "status",
    header: "State",
    width: 110,
    cell: ({ status }) => <StatusBadge {...dltStatusLooks[status]} />,
  },
];
