"use client";

import { Undo2 } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { ImportDetail } from "@/server/imports/get";
import { formatCount } from "@/server/platform/format";
import { ImportCounts } from "./import-counts";
import { RejectedRows } from "./rejected-rows";
import type { LiveImport } from "./use-import";

/** What the import did so far or in the end, and the way back. */
export function ImportResult({ live, zone }: { live: LiveImport; zone: string }) {
  const { row, undo } = live;
  const over = ["completed", "cancelled", "failed"].includes(row.status);
  return (
    <>
      <Verdict row={row} />
      <ImportCounts
        future={false}
        counts={{
          total: row.rowsRead,
          created: row.rowsCreated,
          updated: row.rowsUpdated,
          unchanged: row.rowsUnchanged,
          rejected: row.rowsRejected,
        }}
      />
      {row.undone && row.status === "undone" && <UndoReport undone={row.undone} />}
      <RejectedRows row={row} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span className="text-muted text-sm">
          {row.finishedAt && (
            <>
              Ended <Time value={row.finishedAt.toISOString()} zone={zone} />
            </>
          )}
        </span>
        <span className="flex gap-2">
          {over && row.rowsRead > 0 && (
            <ConfirmDialog
              title={`Undo the import of ${row.fileName}?`}
              description={`Up to ${formatCount(row.rowsCreated)} created customers are removed and up to ${formatCount(row.rowsUpdated)} updated ones get their old values. What was changed since, or has messages or policies, is kept and counted.`}
              confirmLabel="Undo the import"
              cancelLabel="Keep it"
              onConfirm={undo}
              trigger={
                <Button>
                  <Undo2 aria-hidden />
                  Undo
                </Button>
              }
            />
          )}
          <Button variant="primary" asChild>
            <Link href="/customers">See the customers</Link>
          </Button>
        </span>
      </div>
    </>
  );
}

function Verdict({ row }: { row: ImportDetail }) {
  const left = (row.rowsTotal ?? row.rowsRead) - row.rowsRead;
  if (row.status === "failed")
    return (
      <Notice tone="danger" title="The import stopped">
        {row.failure}
      </Notice>
    );
  if (row.status === "cancelled")
    return (
      <Notice tone="attention" title="The import was cancelled">
        {formatCount(left)} rows were not read. What is written stays until you undo it.
      </Notice>
    );
  return row.status === "completed" ? (
    <Notice tone="good" title="The import is complete">
      All {formatCount(row.rowsRead)} rows were read. The same file again would change nothing.
    </Notice>
  ) : null;
}

function UndoReport({ undone }: { undone: NonNullable<ImportDetail["undone"]> }) {
  return (
    <Notice title="The import was undone">
      {formatCount(undone.removed)} customers were removed, {formatCount(undone.restored)} got their old
      values.
      {Object.entries(undone.kept).map(([reason, count]) => (
        <span key={reason} className="block">
          Kept: {formatCount(count)} ({reason.charAt(0).toLowerCase() + reason.slice(1)})
        </span>
      ))}
    </Notice>
  );
}
