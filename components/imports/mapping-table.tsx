"use client";

import { Combobox } from "@/components/ui/combobox";
import type { AttributeDefinition } from "@/server/attributes/schemas";
import { attributeOf, fieldGroups, importFieldNames, importFields } from "@/server/imports/schemas";

type Mapping = Record<string, string>;
type MappingTableProps = {
  headers: string[];
  sample: string[][];
  mapping: Mapping;
  attributes: AttributeDefinition[];
  onChange: (mapping: Mapping) => void;
};

const LEAVE_OUT = "leave_out";

/** One row for each column of the file: its name, its first values, and the field that it fills. */
export function MappingTable({ headers, sample, mapping, attributes, onChange }: MappingTableProps) {
  const set = (header: string, target: string | null) => {
    const { [header]: _old, ...others } = mapping;
    onChange(target === null || target === LEAVE_OUT ? others : { ...others, [header]: target });
  };
  return (
    <ul className="divide-y divide-line border-line border-t">
      {headers.map((header, at) => (
        <li
          key={header}
          className="grid items-center gap-x-4 gap-y-1 px-4 py-2 text-sm sm:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_15rem]"
        >
          <span className="truncate font-medium" title={header}>
            {header}
          </span>
          <span className="truncate text-muted">
            {sample
              .map((row) => row[at] ?? "")
              .filter((value) => value.trim() !== "")
              .slice(0, 3)
              .join(" · ") || "empty in the first rows"}
          </span>
          <Combobox
            label={`What “${header}” holds`}
            searchLabel="Find a field"
            options={optionsFor(attributes, { own: attributeOf(header, at), current: mapping[header] })}
            value={mapping[header] ?? LEAVE_OUT}
            onValueChange={(target) => set(header, target)}
          />
        </li>
      ))}
    </ul>
  );
}

const attributeLabel = (target: string, definitions: AttributeDefinition[]): string => {
  const key = target.slice("attribute:".length);
  const defined = definitions.find((definition) => definition.key === key);
  return defined ? `Attribute “${defined.label}”` : `New attribute “${key}”`;
};

function optionsFor(
  definitions: AttributeDefinition[],
  column: { own: string; current: string | undefined },
) {
  const attributes = new Set(
    definitions.filter(({ archived }) => !archived).map(({ key }) => `attribute:${key}`),
  );
  attributes.add(column.own);
  if (column.current?.startsWith("attribute:")) attributes.add(column.current);
  return [
    { value: LEAVE_OUT, label: "Leave out" },
    ...importFieldNames.map((value) => {
      const { label, hint, group } = importFields[value];
      return { value, label, description: [fieldGroups[group], hint].filter(Boolean).join(" · ") };
    }),
    ...[...attributes].map((value) => ({ value, label: attributeLabel(value, definitions) })),
  ];
}
