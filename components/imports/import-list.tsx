"use client";

import { useQuery } from "@tanstack/react-query";
import { FileInput } from "lucide-react";
import Link from "next/link";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import type { ImportLine, listImports } from "@/server/imports/list";
import type { ListImportsInput } from "@/server/imports/schemas";
import { formatBytes, formatCount, nothing } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { ImportStatusBadge } from "./import-status";

const started = (line: ImportLine): boolean => !["uploaded", "checking", "checked"].includes(line.status);

/** Before the import has begun its counts do not exist. */
const counted = (line: ImportLine, count: number) =>
  started(line) ? formatCount(count) : <span className="text-faint">{nothing}</span>;

const columnsIn = (zone: string): Column<ImportLine>[] => [
  {
    id: "file",
    header: "File",
    width: 260,
    cell: (line) => <span title={line.fileName}>{line.fileName}</span>,
  },
  {
    id: "status",
    header: "Status",
    width: 124,
    cell: (line) => <ImportStatusBadge status={line.status} />,
  },
  {
    id: "created",
    header: "Created",
    width: 96,
    align: "end",
    cell: (line) => counted(line, line.rowsCreated),
  },
  {
    id: "updated",
    header: "Updated",
    width: 96,
    align: "end",
    shown: "wide",
    cell: (line) => counted(line, line.rowsUpdated),
  },
  {
    id: "unchanged",
    header: "Unchanged",
    width: 104,
    align: "end",
    shown: "wide",
    cell: (line) => counted(line, line.rowsUnchanged),
  },
  {
    id: "rejected",
    header: "Rejected",
    width: 96,
    align: "end",
    cell: (line) => counted(line, line.rowsRejected),
  },
  {
    id: "size",
    header: "Size",
    width: 88,
    align: "end",
    shown: "wide",
    cell: (line) => formatBytes(line.fileBytes),
  },
  { id: "by", header: "By", width: 150, shown: "wide", cell: (line) => line.createdBy ?? nothing },
  {
    id: "at",
    header: "Uploaded",
    width: 130,
    shown: "wide",
    cell: (line) => <Time value={line.createdAt.toISOString()} zone={zone} />,
  },
];

type ImportListProps = {
  input: ListImportsInput;
  initial: Awaited<ReturnType<typeof listImports>>;
  zone: string;
};

/** The imports of the workspace, newest first. */
export function ImportList({ input, initial, zone }: ImportListProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.imports.list.queryOptions(input, { initialData: initial }));
  useLive(["imports"], trpc.imports.list.queryFilter());
  const { rows, previous, next } = query.data;
  return (
    <DataTable
      id="imports"
      label="Imports"
      columns={columnsIn(zone)}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => `/customers/imports/${row.id}`}
      paging={{ previous, next }}
      empty={
        <EmptyState
          icon={FileInput}
          title="No imports yet"
          action={
            <Button variant="primary" asChild>
              <Link href="/customers/imports/new">
                <FileInput aria-hidden />
                Import a file
              </Link>
            </Button>
          }
        >
          Bring your customers in from a spreadsheet. An import can be undone.
        </EmptyState>
      }
    />
  );
}
