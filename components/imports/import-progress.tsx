"use client";

import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { toast } from "@/components/ui/toaster";
import type { ImportDetail } from "@/server/imports/get";
import type { LiveImport } from "./use-import";

/** While a file is checked its number of rows is known by how far in bytes it was read. */
function totalRows(row: ImportDetail): number | null {
  if (row.rowsTotal !== null) return row.rowsTotal;
  return row.bytesRead > 0 ? Math.round((row.rowsRead * row.fileBytes) / row.bytesRead) : null;
}

function undoProgress(row: ImportDetail) {
  const none = { removed: 0, restored: 0, kept: {} };
  return [row.undone ?? none, row.undone?.records ?? none]
    .flatMap(({ removed, restored, kept }) => [removed, restored, ...Object.values<number>(kept)])
    .reduce((sum, count) => sum + count, 0);
}

/** Customers of a file of customers; customers, policies and payments of a file of policies. */
function undoTotal(row: ImportDetail): number {
  const kinds = Object.values(row.records);
  if (kinds.length === 0) return row.rowsCreated + row.rowsUpdated;
  return kinds.reduce((sum, { created, updated, closed }) => sum + created + updated + closed, 0);
}

/** How far it is, and the way out. It goes on when the page is left. */
export function ImportProgress({ live }: { live: LiveImport }) {
  const { row, cancel } = live;
  if (row.status === "undoing")
    return (
      <Progress
        label="Taking the import back"
        done={undoProgress(row)}
        total={undoTotal(row)}
        unit="records"
        tone="attention"
      />
    );
  const stop = () =>
    cancel().catch((error: Error) => toast.error("It goes on", { description: error.message }));
  return (
    <Progress
      label={row.status === "checking" ? "Checking every row; nothing is written" : "Importing"}
      done={row.rowsRead}
      total={totalRows(row)}
      unit="rows"
      action={
        <Button size="sm" onClick={() => void stop()}>
          {row.status === "checking" ? "Cancel the check" : "Cancel the import"}
        </Button>
      }
    />
  );
}
