"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { propertyTypes } from "@/server/segments/status";
import { useTRPC } from "@/server/trpc/react";
import { CountField } from "./count-field";
import { firstOperator } from "./new-conditions";
import { AddPart, type Of, Part, type RowProps, Word } from "./row-parts";
import { TestFields } from "./test-fields";
import { WhenField } from "./when-field";

/** "Did [inquiry] in the last [30] days with product is [term]". */
export function EventRow({ kit, condition, onChange, wrong }: RowProps<Of<"event">>) {
  const trpc = useTRPC();
  const { name, where } = condition;
  const known = useQuery(trpc.segments.eventProperties.queryOptions({ name }, { enabled: name !== "" }));
  const list = useId();
  const set = (place: number, test: (typeof where)[number]) =>
    onChange({ ...condition, where: where.with(place, test) });
  const start = known.data?.[0];
  return (
    <>
      <CountField
        of="event"
        count={condition.count}
        onChange={(count) => onChange({ ...condition, count })}
        invalid={wrong.has("count")}
      />
      <Input
        aria-label="Event"
        aria-invalid={wrong.has("name") || undefined}
        value={name}
        placeholder="event"
        list={list}
        onChange={(event) => onChange({ ...condition, name: event.target.value })}
        className="w-44"
      />
      <datalist id={list}>
        {kit.catalogue.events.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <WhenField
        when={condition.when}
        onChange={(when) => onChange({ ...condition, when })}
        invalid={wrong.has("when")}
      />
      {where.map((test, place) => {
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: tests have no name but their place
          <Part key={place} onRemove={() => onChange({ ...condition, where: where.toSpliced(place, 1) })}>
            <Word>{place === 0 ? "with" : "and"}</Word>
            <PropertyName
              value={test.property}
              known={known.data?.map((each) => each.property) ?? []}
              invalid={wrong.has(`where.${place}`) && test.property === ""}
              onChange={(next) => {
                const type = known.data?.find((each) => each.property === next)?.type ?? test.type;
                const same = type === test.type;
                set(place, {
                  property: next,
                  type,
                  op: same ? test.op : firstOperator(type),
                  value: same ? test.value : undefined,
                });
              }}
            />
            <Select
              label="What the property holds"
              options={propertyTypes.map((value) => ({ value, label: typeWords[value] }))}
              value={test.type}
              onValueChange={(type) =>
                set(place, { property: test.property, type, op: firstOperator(type), value: undefined })
              }
              className="w-auto"
            />
            <TestFields
              kit={kit}
              field={{ label: test.property || "Property", type: test.type, column: "" }}
              suggestions={known.data?.find(({ property }) => property === test.property)?.examples}
              test={test}
              onChange={(next) => set(place, { property: test.property, type: test.type, ...next })}
              invalid={wrong.has(`where.${place}`)}
            />
          </Part>
        );
      })}
      <AddPart
        onAdd={() => {
          const type = start?.type ?? "text";
          const test = { property: start?.property ?? "", type, op: firstOperator(type) };
          onChange({ ...condition, where: [...where, test] });
        }}
      >
        {where.length === 0 ? "with …" : "and …"}
      </AddPart>
    </>
  );
}

const typeWords = {
  text: "as text",
  number: "as a number",
  boolean: "as yes or no",
  date: "as a date",
} as const;

type PropertyNameProps = {
  value: string;
  known: readonly string[];
  invalid: boolean;
  onChange: (name: string) => void;
};

function PropertyName({ value, known, invalid, onChange }: PropertyNameProps) {
  const list = useId();
  return (
    <>
      <Input
        aria-label="Property of the event"
        aria-invalid={invalid || undefined}
        value={value}
        placeholder="property"
        list={list}
        onChange={(event) => onChange(event.target.value)}
        className="w-36"
      />
      <datalist id={list}>
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
