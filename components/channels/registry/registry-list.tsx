"use client";

import { useQuery } from "@tanstack/react-query";
import { FileInput } from "lucide-react";
import { useLive } from "@/components/shell/live";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import type { Filter } from "@/components/ui/filter-bar";
import { StatusBadge } from "@/components/ui/status-badge";
import type { RegistryPage } from "@/server/channels/registry/list-page";
import type { RegistryLine } from "@/server/channels/registry/list-registry";
import type { RegistryPageInput } from "@/server/channels/schemas";
import { useTRPC } from "@/server/trpc/react";
import { ChannelList } from "../channel-list";
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
  const query = useQuery(trpc.channels.registryPage.queryOptions(input, { initialData: initial }));
  useLive(["channels"], trpc.channels.registryPage.queryFilter());
  return (
    <ChannelList
      id="dlt-registry"
      label="Registered texts"
      columns={columns}
      page={query.data}
      stale={query.isPlaceholderData}
      icon={FileInput}
      words={["text", "texts"]}
      filters={filters}
      searchLabel="Name, header, id or words"
      panelOf={(line) => <RegistryPanel key={line.id} line={line} mayEdit={mayEdit} />}
      none={
        <EmptyState icon={FileInput} title="No texts imported yet" action={mayEdit && <ImportRegistry />}>
          SMS to Indian numbers must match a text that your company registered with the operators. Export the
          content templates of your DLT portal as CSV and bring the file here.
        </EmptyState>
      }
    />
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
