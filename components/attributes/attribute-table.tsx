"use client";

import { Tags } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import { attributeTypeLabels } from "@/server/attributes/schemas";
import type { AttributeUse } from "@/server/attributes/usage";
import { formatCount, nothing } from "@/server/platform/format";
import { AttributeMenu } from "./attribute-menu";
import { NewAttribute } from "./new-attribute";

const columns: readonly Column<AttributeUse>[] = [
  {
    id: "label",
    header: "Attribute",
    width: 200,
    cell: ({ label, archived }) => (
      <span className="flex items-center gap-2">
        <span className={archived ? "truncate text-muted" : "truncate"}>{label}</span>
        {archived && <Badge>Archived</Badge>}
      </span>
    ),
  },
  {
    id: "key",
    header: "Key",
    width: 160,
    shown: "wide",
    cell: ({ key }) => <code className="font-mono text-xs">{key}</code>,
  },
  { id: "type", header: "Type", width: 96, cell: ({ type }) => attributeTypeLabels[type] },
  {
    id: "options",
    header: "Options",
    width: 220,
    shown: "wide",
    cell: ({ options }) =>
      options.length > 0 ? <span title={options.join(", ")}>{options.join(", ")}</span> : nothing,
  },
  {
    id: "customers",
    header: "Customers",
    width: 92,
    align: "end",
    shown: "wide",
    cell: ({ customers }) => formatCount(customers),
  },
  {
    id: "segments",
    header: "Segments",
    width: 92,
    align: "end",
    shown: "wide",
    cell: ({ segments }) => formatCount(segments),
  },
  {
    id: "acts",
    header: "",
    align: "end",
    width: 64,
    cell: (attribute) => <AttributeMenu attribute={attribute} />,
  },
];

/** Every attribute with its type and how much it is used. */
export function AttributeTable({ attributes }: { attributes: readonly AttributeUse[] }) {
  return (
    <DataTable
      id="attributes"
      label="Attributes"
      columns={columns}
      rows={attributes}
      rowId={({ id }) => id}
      summary={attributes.length === 1 ? "1 attribute" : `${formatCount(attributes.length)} attributes`}
      empty={
        <EmptyState icon={Tags} title="No attributes yet" action={<NewAttribute />}>
          Add what your business knows of a customer: occupation, branch, date of joining.
        </EmptyState>
      }
    />
  );
}
