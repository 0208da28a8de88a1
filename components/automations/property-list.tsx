"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { PropertyCondition } from "@/server/automations/schemas";
import { knownProperties } from "@/server/events/schemas";
import { useTRPC } from "@/server/trpc/react";

type PropertyListProps = {
  /** The event's. */
  name: string;
  properties: readonly PropertyCondition[];
  at: string;
  errors: Record<string, string | undefined>;
  onChange: (properties: PropertyCondition[]) => void;
};

const operators = [
  { value: "is", label: "is" },
  { value: "is_not", label: "is not" },
  { value: "at_least", label: "is at least" },
  { value: "at_most", label: "is at most" },
] as const;

/** What the event must carry: every line must hold. */
export function PropertyList({ name, properties, at, errors, onChange }: PropertyListProps) {
  const trpc = useTRPC();
  const list = useId();
  // Closed to advisors, who type.
  const { data } = useQuery(trpc.segments.eventProperties.queryOptions({ name }, { retry: false }));
  const known = [
    ...new Set([...Object.keys(knownProperties(name)), ...(data ?? []).map(({ property }) => property)]),
  ];
  return (
    <div className="flex flex-col gap-2 sm:col-span-2">
      {properties.map((property, place) => {
        const set = (patch: Partial<PropertyCondition>) =>
          onChange(properties.with(place, { ...property, ...patch }));
        const error = errors[`${at}.${place}.key`] ?? errors[`${at}.${place}.value`];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name but their place
          <div key={place} className="flex flex-col gap-1">
            <div className="flex items-center gap-2">
              <Input
                aria-label="Property"
                value={property.key}
                list={list}
                placeholder="property"
                onChange={(event) => set({ key: event.target.value })}
              />
              <Select
                label="Comparison"
                className="w-32 shrink-0"
                value={property.op}
                options={operators}
                onValueChange={(op) => set({ op })}
              />
              <Input
                aria-label="Value"
                value={property.value}
                placeholder="value"
                onChange={(event) => set({ value: event.target.value })}
              />
              <IconButton
                size="sm"
                label="Remove this condition"
                icon={<X aria-hidden />}
                onClick={() => onChange(properties.toSpliced(place, 1))}
              />
            </div>
            {error && <p className="text-danger text-sm">{error}</p>}
          </div>
        );
      })}
      <datalist id={list}>
        {known.map((key) => (
          <option key={key} value={key} />
        ))}
      </datalist>
      <Button
        size="sm"
        variant="ghost"
        icon={<Plus aria-hidden />}
        className="-ml-2 self-start"
        onClick={() => onChange([...properties, { key: known[0] ?? "", op: "is", value: "" }])}
      >
        The event’s properties
      </Button>
    </div>
  );
}
