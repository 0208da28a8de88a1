"use client";

import { Select } from "@/components/ui/select";
import { type Field, paymentFields, policyFields } from "@/server/segments/status";
import { CountField } from "./count-field";
import { firstOperator, usualValue } from "./new-conditions";
import { AddPart, type Of, Part, type RowProps, Word } from "./row-parts";
import { TestFields } from "./test-fields";

/** "Has a policy whose renewal date is in the next [30] days": all parts speak of the same policy or payment. */
export function RecordRow({ kit, condition, onChange, wrong }: RowProps<Of<"policy"> | Of<"payment">>) {
  const { on, where } = condition;
  const fields: Readonly<Record<string, Field>> = on === "policy" ? policyFields : paymentFields;
  const options = Object.entries(fields).map(([value, { label }]) => ({ value, label }));
  const set = (place: number, test: (typeof where)[number]) =>
    onChange({ ...condition, where: where.with(place, test) });
  const begin = (field: string) => {
    const type = fields[field]?.type ?? "text";
    const op = firstOperator(type);
    return { field, op, value: usualValue(type, op) };
  };
  return (
    <>
      <CountField
        of={on}
        count={condition.count}
        onChange={(count) => onChange({ ...condition, count })}
        invalid={wrong.has("count")}
      />
      {where.map((test, place) => {
        const field = fields[test.field];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: tests have no name but their place
          <Part key={place} onRemove={() => onChange({ ...condition, where: where.toSpliced(place, 1) })}>
            <Word>{place === 0 ? "whose" : "and"}</Word>
            <Select
              label="What of it"
              options={options}
              value={test.field}
              onValueChange={(name) => set(place, begin(name))}
              className="w-auto"
            />
            {field && (
              <TestFields
                kit={kit}
                field={field}
                test={test}
                onChange={(next) => set(place, { field: test.field, ...next })}
                invalid={wrong.has(`where.${place}`)}
              />
            )}
          </Part>
        );
      })}
      <AddPart onAdd={() => onChange({ ...condition, where: [...where, begin("status")] })}>
        {where.length === 0 ? "whose …" : "and …"}
      </AddPart>
    </>
  );
}
