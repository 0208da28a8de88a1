"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { formatCount, formatDate } from "@/server/platform/format";
import { consentWords } from "./consent-words";
import { ImportCounts } from "./import-counts";
import { RecordCountsTable } from "./record-counts";
import { RejectedRows } from "./rejected-rows";
import type { LiveImport } from "./use-import";

/** What the import would do, before it does it. */
export function CheckResult({ live }: { live: LiveImport }) {
  const { row, run } = live;
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const start = async () => {
    setPending(true);
    setProblem(null);
    await run().catch((error: Error) => setProblem(error.message));
    setPending(false);
  };
  const columns = (
    <Button asChild>
      <Link href={`/customers/imports/${row.id}?step=columns`}>Change the columns</Link>
    </Button>
  );
  if (row.status === "failed" || !row.checked)
    return (
      <>
        <Notice tone="danger" title="The file could not be checked">
          {row.failure} Nothing was written.
        </Notice>
        <FormActions>
          {columns}
          <Button variant="primary" asChild>
            <Link href="/customers/imports/new">Upload another file</Link>
          </Button>
        </FormActions>
      </>
    );
  const { consent } = row.options;
  const good = row.checked.created + row.checked.updated + row.checked.unchanged;
  return (
    <>
      {problem && <Notice tone="danger">{problem}</Notice>}
      <ImportCounts counts={row.checked} future />
      {row.checked.records && <RecordCountsTable records={row.checked.records} future />}
      {row.olderThanKnown && (
        <Notice tone="attention" title="This file is older than what is known">
          Its payments are of {formatDate(row.options.paymentsAsOf, "UTC")}, and a newer file was imported
          already. Import it only when it is another insurer’s: due dates that it names go back to its day.
        </Notice>
      )}
      {consent.kind === "none" ? (
        <Notice
          title="No consent comes with this file"
          action={
            <Button size="sm" asChild>
              <Link href={`/customers/imports/${row.id}?step=columns#consent`}>Say what they agreed to</Link>
            </Button>
          }
        >
          Nobody gets promotion because of it. Whoever has a policy gets service messages all the same.
        </Notice>
      ) : (
        <p className="text-muted text-sm">
          Consent is recorded for {consentWords(consent.grants)}, dated {formatDate(consent.date, "UTC")}.
        </p>
      )}
      <RejectedRows row={row} />
      <FormActions>
        {columns}
        <Button variant="primary" loading={pending} disabled={good === 0} onClick={() => void start()}>
          {good === 0 ? "Nothing to import" : `Import ${formatCount(good)} rows`}
        </Button>
      </FormActions>
    </>
  );
}
