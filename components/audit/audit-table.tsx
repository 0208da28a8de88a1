"use client";

import { ScrollText } from "lucide-react";
import { useMemo } from "react";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Select } from "@/components/ui/select";
import { Time } from "@/components/ui/time";
import { useUrl } from "@/components/ui/use-url";
import type { AuditFilters, AuditLine } from "@/server/audit/list";
import { actionLabel, auditPeriodKeys, auditPeriods, fieldChanges } from "@/server/audit/schemas";
import type { KeysetPage } from "@/server/platform/keyset";
import { actorWords, changeWords, subjectWords } from "./words";

type AuditTableProps = {
  page: KeysetPage<AuditLine>;
  filters: AuditFilters;
  zone: string;
  currentId?: string;
};

const periods = [
  { value: "any", label: "Any time" },
  ...auditPeriodKeys.map((key) => ({ value: key, label: auditPeriods[key] })),
];

/** The log, newest first, filtered by who, what, to what and when; a row opens what changed beside it. */
export function AuditTable({ page, filters, zone, currentId }: AuditTableProps) {
  const url = useUrl();
  const columns = useMemo(() => columnsFor(zone), [zone]);
  const narrowed = ["who", "action", "subject", "days", "id"].some((key) => url.params.has(key));
  return (
    <DataTable
      id="audit"
      label="Audit log"
      columns={columns}
      rows={page.rows}
      rowId={(line) => line.id}
      rowHref={(line) => url.openHref(line.id)}
      currentId={currentId}
      stale={url.pending}
      toolbar={
        <div className="flex flex-wrap items-center gap-2">
          <Select
            label="Period"
            className="w-36"
            options={periods}
            value={url.params.get("days") ?? "any"}
            onValueChange={(days) => url.set({ days: days === "any" ? null : days, open: null })}
          />
          <FilterBar
            filters={[
              {
                name: "who",
                label: "Who",
                options: [
                  { value: "system", label: "Ringback itself" },
                  ...filters.people.map(({ id, name }) => ({ value: id, label: name })),
                ],
              },
              {
                name: "action",
                label: "Action",
                options: filters.actions.map((value) => ({ value, label: actionLabel(value) })),
              },
              {
                name: "subject",
                label: "Subject",
                options: filters.subjectTypes.map((value) => ({ value, label: actionLabel(value) })),
              },
            ]}
          />
        </div>
      }
      paging={{ previous: page.previous, next: page.next }}
      empty={
        <EmptyState icon={ScrollText} title={narrowed ? "No such entry" : "Nothing happened yet"}>
          {narrowed ? "Remove a filter, or choose a longer period." : "Every change is written down here."}
        </EmptyState>
      }
    />
  );
}

const columnsFor = (zone: string): readonly Column<AuditLine>[] => [
  { id: "action", header: "Action", width: 176, cell: (line) => actionLabel(line.action) },
  { id: "who", header: "Who", width: 120, cell: actorWords },
  { id: "subject", header: "Subject", shown: "wide", width: 200, cell: subjectWords },
  {
    id: "change",
    header: "Change",
    shown: "wide",
    width: 280,
    cell: (line) => fieldChanges(line.before, line.after, line.names).map(changeWords).join("; ") || "–",
  },
  {
    id: "at",
    header: "When",
    align: "end",
    width: 116,
    cell: (line) => <Time value={line.at.toISOString()} zone={zone} />,
  },
];
