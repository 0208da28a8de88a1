"use client";

import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { Steps } from "@/components/ui/steps";
import { useUrl } from "@/components/ui/use-url";
import type { AttributeDefinition } from "@/server/attributes/schemas";
import type { ImportDetail } from "@/server/imports/get";
import { formatBytes } from "@/server/platform/format";
import { CheckResult } from "./check-result";
import { ImportProgress } from "./import-progress";
import { ImportResult } from "./import-result";
import { ImportStatusBadge } from "./import-status";
import { MappingForm } from "./mapping-form";
import { useImport } from "./use-import";

const labels = ["File", "Columns", "Check", "Import"] as const;

/** Which of the four steps the import stands at; a checked one may go back to its columns. */
function stepOf(row: ImportDetail, wantsColumns: boolean): number {
  if (row.startedAt) return 3;
  if (row.status === "uploaded" || wantsColumns) return 1;
  return 2;
}

/** One import from its columns to its result, live. */
export function ImportScreen({
  initial,
  attributes,
  zone,
}: {
  initial: ImportDetail;
  attributes: AttributeDefinition[];
  zone: string;
}) {
  const live = useImport(initial);
  const { row } = live;
  const url = useUrl();
  const wantsColumns = url.params.get("step") === "columns" && ["checked", "failed"].includes(row.status);
  const at = stepOf(row, wantsColumns);
  const path = `/customers/imports/${row.id}`;
  return (
    <>
      <PageHeader
        back={{ href: "/customers/imports", label: "Imports" }}
        title={row.fileName}
        status={<ImportStatusBadge status={row.status} />}
        description={[
          formatBytes(row.fileBytes),
          row.workbook ? `Sheet “${row.workbook.sheet}”` : row.encoding.toUpperCase(),
          `${row.headers.length} columns`,
        ].join(" · ")}
      />
      <PageBody width="content">
        {at < 3 && (
          <Steps
            label="Import"
            steps={labels.map((label, step) => ({
              label,
              state: step < at ? "done" : step === at ? "current" : "ahead",
              href: step === 1 && at === 2 && row.status !== "checking" ? `${path}?step=columns` : undefined,
            }))}
          />
        )}
        {at === 1 && (
          <MappingForm
            key={`${row.options.skipRows} ${row.headers.join("\n")}`}
            live={live}
            attributes={attributes}
            onChecking={() => url.set({ step: null })}
          />
        )}
        {at === 2 && row.status !== "checking" && <CheckResult live={live} />}
        {["checking", "importing", "undoing"].includes(row.status) && <ImportProgress live={live} />}
        {at === 3 && <ImportResult live={live} zone={zone} />}
      </PageBody>
    </>
  );
}
