"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { PropertyType } from "@/server/events/schemas";

/** A property as it is typed; `fixed` ones belong to the event's name. */
export type PropertyDraft = { key: string; type: PropertyType; value: string; fixed: boolean };

const types: readonly { value: PropertyType; label: string }[] = [
  { value: "text", label: "Text" },
  { value: "number", label: "Number" },
  { value: "boolean", label: "Yes or no" },
  { value: "date", label: "Date" },
];

const yesNo = [
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
] as const;

type PropertyFieldsProps = {
  properties: readonly PropertyDraft[];
  onChange: (properties: PropertyDraft[]) => void;
};

/** The properties of an event, each with its type and its value; an empty value is left out. */
export function PropertyFields({ properties, onChange }: PropertyFieldsProps) {
  const set = (at: number, part: Partial<PropertyDraft>) =>
    onChange(properties.map((each, index) => (index === at ? { ...each, ...part } : each)));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-sm">
        Properties <span className="font-normal text-faint">(optional)</span>
      </legend>
      {properties.map((property, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id, and none is ever moved
        <div key={index} className="flex items-center gap-1.5">
          <Input
            aria-label={`Name of property ${index + 1}`}
            placeholder="name"
            value={property.key}
            readOnly={property.fixed}
            onChange={(event) =>
              set(index, { key: event.target.value.toLowerCase().replaceAll(/\s+/g, "_") })
            }
            className="w-36"
          />
          <Select
            label={`Type of property ${index + 1}`}
            options={types}
            value={property.type}
            disabled={property.fixed}
            onValueChange={(type) => set(index, { type, value: "" })}
            className="w-28 shrink-0"
          />
          <Value property={property} index={index} onChange={(value) => set(index, { value })} />
          {!property.fixed && (
            <IconButton
              label="Remove this property"
              size="sm"
              icon={<X aria-hidden />}
              className="text-faint"
              onClick={() => onChange(properties.filter((_, at) => at !== index))}
            />
          )}
        </div>
      ))}
      <Button
        size="sm"
        variant="ghost"
        icon={<Plus aria-hidden />}
        className="w-fit"
        onClick={() => onChange([...properties, { key: "", type: "text", value: "", fixed: false }])}
      >
        Add a property
      </Button>
    </fieldset>
  );
}

type ValueProps = { property: PropertyDraft; index: number; onChange: (value: string) => void };

function Value({ property, index, onChange }: ValueProps) {
  const label = property.key ? `Value of ${property.key}` : `Value of property ${index + 1}`;
  if (property.type === "boolean")
    return (
      <Select
        label={label}
        options={yesNo}
        value={property.value as "true"}
        onValueChange={onChange}
        className="flex-1"
      />
    );
  return (
    <Input
      aria-label={label}
      type={property.type === "date" ? "date" : "text"}
      inputMode={property.type === "number" ? "decimal" : undefined}
      value={property.value}
      onChange={(event) => onChange(event.target.value)}
      className="flex-1"
    />
  );
}
