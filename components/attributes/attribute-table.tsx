"use client";

import { Tags } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import { attributeTypeLabels } from "@/server/attributes/schemas";
import type { AttributeUse, AttributeUser } from "@/server/attributes/usage";
import { formatCount, nothing } from "@/server/platform/format";
import { AttributeMenu } from "./attribute-menu";
import { FirstAttribute } from "./new-attribute";

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
    id: "usedBy",
    header: "Used by",
    width: 200,
    shown: "wide",
    cell: ({ usedBy }) => <UsedBy usedBy={usedBy} />,
  },
  {
    id: "acts",
    header: "",
    align: "end",
    width: 64,
    cell: (attribute) => <AttributeMenu attribute={attribute} />,
  },
];

const kinds = {
  segment: ["segment", "segments"],
  campaign: ["campaign", "campaigns"],
  template: ["template", "templates"],
} as const satisfies Record<AttributeUser["kind"], readonly [string, string]>;

/** How many of what; their names on hover and read aloud. */
function UsedBy({ usedBy }: Pick<AttributeUse, "usedBy">) {
  if (usedBy.length === 0) return nothing;
  const counts = Object.entries(kinds).flatMap(([kind, [one, more]]) => {
    const count = usedBy.filter((user) => user.kind === kind).length;
    return count > 0 ? [`${formatCount(count)} ${count === 1 ? one : more}`] : [];
  });
  const names = usedBy.map(({ name }) => name).join(", ");
  return (
    <span title={names}>
      {counts.join(", ")}
      <span className="sr-only">: {names}</span>
    </span>
  );
}

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
        <EmptyState icon={Tags} title="No attributes yet" action={<FirstAttribute />}>
          Add what your business knows of a customer: occupation, branch, date of joining.
        </EmptyState>
      }
    />
  );
}
