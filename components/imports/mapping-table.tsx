"use client";

import { Select } from "@/components/ui/select";
import { attributeOf, importFieldNames, importFields } from "@/server/imports/schemas";

type Mapping = Record<string, string>;
type MappingTableProps = {
  headers: string[];
  sample: string[][];
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
};

const LEAVE_OUT = "leave_out";

/** One row for each column of the file: its name, its first values, and the field that it fills. */
export function MappingTable({ headers, sample, mapping, onChange }: MappingTableProps) {
  const set = (header: string, target: string) => {
    const { [header]: _old, ...others } = mapping;
    onChange(target === LEAVE_OUT ? others : { ...others, [header]: target });
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
          <Select
            label={`What “${header}” holds`}
            options={optionsFor(header, at, mapping[header])}
            value={mapping[header] ?? LEAVE_OUT}
            onValueChange={(target) => set(header, target)}
          />
        </li>
      ))}
    </ul>
  );
}

function optionsFor(header: string, at: number, current: string | undefined) {
  const attributes = new Set([attributeOf(header, at)]);
  if (current?.startsWith("attribute:")) attributes.add(current);
  return [
    { value: LEAVE_OUT, label: "Leave out" },
    ...importFieldNames.map((value) => ({
      value,
      label: importFields[value].label,
      description: importFields[value].hint || undefined,
    })),
    ...[...attributes].map((value) => ({ value, label: `Attribute “${value.slice(10)}”` })),
  ];
}
