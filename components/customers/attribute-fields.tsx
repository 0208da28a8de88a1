"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { AttributeDefinition } from "@/server/attributes/schemas";

type AttributeFieldsProps = {
  definitions: readonly AttributeDefinition[];
  /** Key → text, as `attributeText` writes it. */
  values: Record<string, string>;
  onChange: (values: Record<string, string>) => void;
};

const NONE = "–";

/** A field for each custom attribute, by its type. */
export function AttributeFields({ definitions, values, onChange }: AttributeFieldsProps) {
  return definitions.map((definition) => {
    const { key, label, description } = definition;
    const value = values[key] ?? "";
    const set = (text: string) => onChange({ ...values, [key]: text });
    return (
      <Field key={key} label={label} optional help={description || undefined}>
        {definition.type === "choice" || definition.type === "boolean" ? (
          <Select
            options={choicesOf(definition, value).map((each) => ({ value: each, label: labelOf(each) }))}
            value={value === "" ? NONE : value}
            onValueChange={(next) => set(next === NONE ? "" : next)}
          />
        ) : (
          <Input
            type={definition.type === "date" ? "date" : "text"}
            inputMode={definition.type === "number" ? "decimal" : undefined}
            value={value}
            onChange={(event) => set(event.target.value)}
          />
        )}
      </Field>
    );
  });
}

/** What can be chosen; a value that came in before and is no option is still shown. */
function choicesOf({ type, options }: AttributeDefinition, value: string): string[] {
  const known = type === "boolean" ? ["yes", "no"] : options;
  return [NONE, ...known, ...(value !== "" && !known.includes(value) ? [value] : [])];
}

const labelOf = (choice: string): string =>
  choice === NONE ? "Not known" : choice.charAt(0).toUpperCase() + choice.slice(1);
