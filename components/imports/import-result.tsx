"use client";

import { Undo2 } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { ImportDetail } from "@/server/imports/get";
import { formatCount } from "@/server/platform/format";
import { Differences } from "./differences";
import { ImportCounts } from "./import-counts";
import { RecordCountsTable } from "./record-counts";
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
      <RecordCountsTable records={row.records} future={false} />
      <Differences row={row} />
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
              description={undoWords(row)}
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
      {row.options.consent.kind === "none" && row.rowsCreated > 0 && (
        <span className="block">
          It carried no consent: whoever is new in it gets no promotion, and without a policy no service
          message either. Once you hold their consent,{" "}
          <Link href="/customers/imports/new" className="text-accent-ink underline">
            import the file again
          </Link>{" "}
          with it.
        </span>
      )}
    </Notice>
  ) : null;
}

function UndoReport({ undone }: { undone: NonNullable<ImportDetail["undone"]> }) {
  return (
    <Notice title="The import was undone">
      {formatCount(undone.removed)} customers were removed, {formatCount(undone.restored)} got their old
      values.
      <Kept kept={undone.kept} what="" />
      {undone.records && (
        <span className="block">
          {formatCount(undone.records.removed)} policies and payments were removed,{" "}
          {formatCount(undone.records.restored)} got their old values.
          <Kept kept={undone.records.kept} what="policies and payments " />
        </span>
      )}
    </Notice>
  );
}

function Kept({ kept, what }: { kept: Record<string, number>; what: string }) {
  return Object.entries(kept).map(([reason, count]) => (
    <span key={reason} className="block">
      Kept: {formatCount(count)} {what}({reason.charAt(0).toLowerCase() + reason.slice(1)})
    </span>
  ));
}

/** What an undo will do, with the part that it cannot take back. */
function undoWords(row: ImportDetail): string {
  const { customers, policies, payments } = row.records;
  if (!customers || !policies || !payments)
    return `Up to ${formatCount(row.rowsCreated)} created customers are removed and up to ${formatCount(row.rowsUpdated)} updated ones get their old values. What was changed since, or has messages or policies, is kept and counted.`;
  return `Up to ${formatCount(customers.created)} customers, ${formatCount(policies.created)} policies and ${formatCount(payments.created)} payments that it made are removed; ${formatCount(payments.closed)} payments that it closed are due again, and changed ones get their old values. What was changed since is kept and counted. The day that payments are known of stays, and messages that went out meanwhile cannot be taken back.`;
}
