"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { limits } from "@/server/campaigns/schemas";
import { tags } from "@/server/templates/schemas";

type FallbackFieldsProps = {
  /** Tags of the message, and those of them that have nothing to fall back on. */
  used: readonly string[];
  required: readonly string[];
  fallbacks: Record<string, string>;
  onChange: (fallbacks: Record<string, string>) => void;
};

/** For each tag that may have no value: the words that take its place. Without them the customer is left out. */
export function FallbackFields({ used, required, fallbacks, onChange }: FallbackFieldsProps) {
  // A field that is being emptied stays where it is.
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const shown = tags.filter(
    ({ name }) =>
      used.includes(name) && (required.includes(name) || fallbacks[name] !== undefined || touched.has(name)),
  );
  if (shown.length === 0) return null;
  const change = (name: string, text: string) => {
    setTouched((before) => new Set(before).add(name));
    const { [name]: _, ...others } = fallbacks;
    onChange(text.trim() === "" ? others : { ...others, [name]: text });
  };
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 font-medium text-sm">When a customer has no value</legend>
      <p className="text-muted text-sm">
        Write what to say instead. Without it the customer is left out: nobody gets “Dear ,”.
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        {shown.map(({ name, label, example }) => (
          <Field key={name} label={label} help={`Instead of “${example}”`}>
            <Input
              value={fallbacks[name] ?? ""}
              maxLength={limits.fallback}
              placeholder="Leave these customers out"
              onChange={(event) => change(name, event.target.value)}
            />
          </Field>
        ))}
      </div>
    </fieldset>
  );
}
