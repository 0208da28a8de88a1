"use client";

import { useQuery } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import { useMemo } from "react";
import { useLive } from "@/components/shell/live";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import type { ConsentFileLine } from "@/server/consent/files/get";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { fileKindWords, fileStatusLooks } from "./file-words";

/** Files of consents and suppressions that were brought, the latest first. */
export function FileList({ initial, zone }: { initial: ConsentFileLine[]; zone: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.consent.files.queryOptions(undefined, { initialData: initial }));
  useLive(["consent-files"], trpc.consent.files.queryFilter());
  const columns = useMemo(() => columnsFor(zone), [zone]);
  return (
    <DataTable
      id="consent-files"
      label="Files"
      columns={columns}
      rows={data}
      rowId={(row) => row.id}
      rowHref={(row) => `/customers/consent/files/${row.id}`}
      empty={
        <EmptyState icon={FileText} title="No file was brought yet">
          What you bring is checked first: you see what would change, and which lines are refused and why.
        </EmptyState>
      }
    />
  );
}

const columnsFor = (zone: string): readonly Column<ConsentFileLine>[] => [
  { id: "name", header: "File", width: 260, cell: (file) => file.fileName },
  { id: "kind", header: "Holds", width: 120, shown: "wide", cell: (file) => fileKindWords[file.kind].title },
  {
    id: "status",
    header: "State",
    width: 120,
    cell: (file) => <StatusBadge {...fileStatusLooks[file.status]} />,
  },
  {
    id: "rows",
    header: "Rows",
    width: 90,
    align: "end",
    shown: "wide",
    cell: (file) => formatCount(file.rowsRead),
  },
  {
    id: "refused",
    header: "Refused",
    width: 90,
    align: "end",
    shown: "wide",
    cell: (file) => formatCount(file.rowsRefused),
  },
  { id: "by", header: "By", width: 160, shown: "wide", cell: (file) => file.byName ?? "–" },
  {
    id: "at",
    header: "Brought",
    width: 120,
    align: "end",
    cell: (file) => <Time value={file.at} zone={zone} />,
  },
];
