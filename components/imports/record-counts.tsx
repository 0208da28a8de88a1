import { Card } from "@/components/ui/card";
import type { KindCounts, RecordCounts, RecordKind } from "@/db/schema/imports";
import { formatCount } from "@/server/platform/format";

const kinds: readonly { kind: RecordKind; label: string }[] = [
  { kind: "customers", label: "Customers" },
  { kind: "policies", label: "Policies" },
  { kind: "payments", label: "Premium payments" },
];

const columns: readonly { key: keyof KindCounts; label: string }[] = [
  { key: "created", label: "New" },
  { key: "updated", label: "Changed" },
  { key: "closed", label: "Now paid" },
  { key: "unchanged", label: "Unchanged" },
];

/** What the rows of a file of policies come to: customers, policies and payments. */
export function RecordCountsTable({ records, future }: { records: RecordCounts; future: boolean }) {
  const shown = kinds.filter(({ kind }) => records[kind]);
  if (shown.length === 0) return null;
  return (
    <Card title={future ? "What the rows will come to" : "What the rows came to"} flush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section aria-label="Counts by kind of record" tabIndex={0} className="overflow-x-auto">
        <table className="w-full border-line border-t text-sm tabular-nums">
          <thead>
            <tr className="text-muted">
              <th scope="col" className="px-4 py-2 text-left font-normal">
                <span className="sr-only">Kind</span>
              </th>
              {columns.map(({ key, label }) => (
                <th key={key} scope="col" className="px-4 py-2 text-right font-normal">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line border-line border-t">
            {shown.map(({ kind, label }) => (
              <tr key={kind}>
                <th scope="row" className="px-4 py-2 text-left font-medium">
                  {label}
                </th>
                {columns.map(({ key }) => (
                  <td key={key} className="px-4 py-2 text-right">
                    {key === "closed" && kind !== "payments" ? (
                      <span className="text-faint">–</span>
                    ) : (
                      formatCount(records[kind]?.[key] ?? 0)
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}
