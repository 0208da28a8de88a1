import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { ImportDetail } from "@/server/imports/get";
import { formatCount } from "@/server/platform/format";

/** Why rows were not taken, with the first few, and the file to mend them in. */
export function RejectedRows({ row }: { row: ImportDetail }) {
  if (row.reasons.length === 0) return null;
  return (
    <Card
      title="Rejected rows"
      description="Mend them in the error file and upload it: the rest of the file is known already."
      flush
      actions={
        <Button size="sm" asChild>
          <a href={`/api/imports/${row.id}/rejected`} download>
            <Download aria-hidden />
            Error file
          </a>
        </Button>
      }
    >
      <ul className="divide-y divide-line border-line border-t text-sm">
        {row.reasons.map(({ reason, count }) => (
          <li key={reason} className="flex justify-between gap-4 px-4 py-2">
            <span className="min-w-0 break-words">{reason}</span>
            <span className="shrink-0 text-muted tabular-nums">
              {formatCount(count)} {count === 1 ? "row" : "rows"}
            </span>
          </li>
        ))}
      </ul>
      <details className="border-line border-t px-4 py-2 text-sm">
        <summary className="cursor-pointer text-muted">The first of them</summary>
        <ul className="flex flex-col gap-2 py-2">
          {row.examples.map((example) => (
            <li key={example.rowNumber} className="min-w-0">
              <p className="text-muted text-xs">
                Row {formatCount(example.rowNumber)}: {example.reason}
              </p>
              <p className="truncate font-mono text-xs">{example.cells.join(" · ")}</p>
            </li>
          ))}
        </ul>
      </details>
    </Card>
  );
}
