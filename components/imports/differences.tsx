import { Download } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { RecordDifference } from "@/server/imports/differences";
import type { ImportDetail } from "@/server/imports/get";
import { formatDate, formatMoney, nothing } from "@/server/platform/format";

const acts = {
  created: { label: "New", tone: "information" },
  updated: { label: "Changed", tone: "neutral" },
  closed: { label: "Now paid", tone: "good" },
} as const;
const kinds = { customer: "Customer", policy: "Policy", payment: "Payment" } as const;

/** The first things that the import made or changed, field by field, and the file with all of them. */
export function Differences({ row }: { row: ImportDetail }) {
  if (row.differences.length === 0) return null;
  return (
    <Card
      title="Differences"
      description="The first of them, changes before what is new. The file holds every field."
      flush
      actions={
        <Button size="sm" asChild>
          <a href={`/api/imports/${row.id}/changes`} download>
            <Download aria-hidden />
            All differences
          </a>
        </Button>
      }
    >
      <ul className="divide-y divide-line border-line border-t text-sm">
        {row.differences.map((difference) => (
          <li
            key={difference.id}
            className="grid gap-x-4 gap-y-0.5 px-4 py-2 sm:grid-cols-[6rem_minmax(0,14rem)_minmax(0,1fr)]"
          >
            <span>
              <Badge tone={acts[difference.action].tone}>{acts[difference.action].label}</Badge>
            </span>
            <span className="min-w-0">
              <Link
                href={`/customers/${difference.customerId}?tab=policies`}
                className="block truncate hover:text-accent-ink"
              >
                {kinds[difference.kind]} {difference.title}
              </Link>
              <span className="block truncate text-muted text-xs">{difference.customerName}</span>
            </span>
            <span className="min-w-0 break-words text-muted">{wordsOf(difference)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const labels: Record<string, string> = {
  customer_id: "holder",
  policy_type: "kind",
  product_name: "product",
  premium_micros: "premium",
  sum_assured_micros: "sum assured",
  amount_micros: "amount",
  renewal_date: "due date",
  paid_on: "paid on",
};
const inside = new Set(["policy_id", "currency", "policy_number"]);

function wordsOf({ action, before, after }: RecordDifference): string {
  const fields = Object.entries(after ?? {}).filter(([field]) => !inside.has(field));
  if (action === "created")
    return fields
      .filter(
        ([field, value]) =>
          value !== null &&
          ["due_date", "premium_micros", "amount_micros", "product_name", "renewal_date"].includes(field),
      )
      .map(([field, value]) => `${wordOf(field)} ${textOf(field, value)}`)
      .join(" · ");
  return fields
    .map(([field, value]) => `${wordOf(field)} ${textOf(field, before?.[field])} → ${textOf(field, value)}`)
    .join(" · ");
}

const wordOf = (field: string): string => labels[field] ?? field.replaceAll("_", " ");

function textOf(field: string, value: unknown): string {
  if (value === null || value === undefined) return nothing;
  if (field === "customer_id") return "another customer";
  if (field.endsWith("_micros")) return formatMoney(String(value));
  if (/_date$|^paid_on$/.test(field)) return formatDate(String(value), "UTC");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value).replaceAll("_", " ");
}
